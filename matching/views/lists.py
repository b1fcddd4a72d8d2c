import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.forms import ListNameForm
from matching.models import SavedList
from matching.presentation.list_page import list_page
from matching.selectors import list_entries, lists_for_request, matches_for_request
from matching.services import ListNotReady, list_delete, list_rename, list_save

from .access import asking, list_or_404, match_or_404

ANSWERS_SHOWN = 8


@require_POST
def save(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    match = match_or_404(request, match_id)
    form = ListNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the list a name of at most 120 characters, then save it again.")
        return redirect(f"{reverse('matching:result', args=[match.pk])}#save")
    try:
        saved_list = list_save(match=match, name=form.cleaned_data["name"])
    except ListNotReady:
        messages.warning(request, "The answer is not ready yet. Save the list when it is.")
        return redirect("matching:result", match.pk)
    messages.success(request, "Saved. The private link below brings you back to it.")
    return redirect("matching:list", saved_list.pk)


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "lists": lists_for_request(**asking(request)),
        "answers": matches_for_request(**asking(request))[:ANSWERS_SHOWN],
    }
    return render(request, "matching/lists.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """One's own list: its programs, its name, its private link."""
    saved_list = list_or_404(request, list_id)
    form = ListNameForm(request.POST or None, initial={"name": saved_list.name})
    if request.method == "POST" and form.is_valid():
        list_rename(saved_list=saved_list, name=form.cleaned_data["name"])
        messages.success(request, "The list has its new name.")
        return redirect("matching:list", saved_list.pk)
    link = request.build_absolute_uri(
        reverse("matching:list_private", args=[saved_list.links.latest("created_at").token])
    )
    context = list_context(saved_list) | {"form": form, "private_link": link}
    return render(request, "matching/list.html", context)


@require_POST
def delete(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    list_delete(saved_list=saved_list)
    messages.success(request, f"Deleted: {saved_list.name}. Its private link no longer works.")
    return redirect("matching:lists")


def list_context(saved_list: SavedList) -> dict[str, object]:
    return {"saved_list": saved_list, "page": list_page(list(list_entries(saved_list)))}
