"""What a list was: its versions, going back to one, and naming one to keep it."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching.list_forms import VersionNameForm
from matching.list_selectors import versions_counted
from matching.models import ListVersion
from matching.services import list_restore, list_version_name

from .access import list_or_404
from .list_edit import undo_offered

PAGE_SIZE = 50


@never_cache
@require_safe
def versions(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    page = Paginator(versions_counted(saved_list), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(version, len(version.entries)) for version in page.object_list]
    return render(
        request, "matching/list_versions.html", {"saved_list": saved_list, "page_obj": page, "rows": rows}
    )


@require_POST
def restore(request: HttpRequest, list_id: uuid.UUID, number: int) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    try:
        written = list_restore(saved_list=saved_list, number=number)
    except ListVersion.DoesNotExist:
        raise Http404("No such version of this list.") from None
    if written.words:
        messages.success(request, undo_offered(written.words))
    else:
        messages.info(request, "The list is the same as in that version.")
    return redirect("matching:list", list_id)


@require_POST
def version_name(request: HttpRequest, list_id: uuid.UUID, number: int) -> HttpResponse:
    saved_list, form = list_or_404(request, list_id), VersionNameForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "A version’s name has at most 120 characters. Shorten it, then keep it again."
        )
        return redirect("matching:list_versions", list_id)
    try:
        version = list_version_name(saved_list=saved_list, number=number, name=form.cleaned_data["name"])
    except ListVersion.DoesNotExist:
        raise Http404("No such version of this list.") from None
    kept = (
        f"Version {number} is kept as “{version.name}”."
        if version.name
        else f"Version {number} has no name now."
    )
    messages.success(request, kept)
    return redirect("matching:list_versions", list_id)
