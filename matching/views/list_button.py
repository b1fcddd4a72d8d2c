"""Adding and taking off one program from any page of the site."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from matching.list_forms import ButtonForm
from matching.models import SavedList
from matching.services import list_add, list_remove
from matching.services.list_edit import Added
from programs.models import Program

from .access import list_or_404, match_or_404
from .current_list import current, current_or_new

AGREED = 'You and your advisor agreed to keep {}. <a href="{}">Remove it on the list</a>'
NO_ANSWER = "Answer a few questions first, so that your list can show your chances. Then add the program."


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Onto the list named, else the current one; the first program begins a list."""
    form, program = _asked(request)
    match = match_or_404(request, form.cleaned_data["match"]) if form.cleaned_data["match"] else None
    saved_list = _list(request, form) or current_or_new(request, match)
    if saved_list is None:
        messages.info(request, NO_ANSWER)
        return _elsewhere(request, reverse("matching:profile"))
    added = list_add(saved_list=saved_list, programs=[program.pk])
    say = messages.success if added.added or added.there else messages.warning
    say(request, _said(added, saved_list))
    return _answer(request, form, program, saved_list, listed=bool(added.added or added.there))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    form, program = _asked(request)
    saved_list = _list(request, form) or current(request)
    if saved_list is None:
        raise Http404("No list of yours.")
    written = list_remove(saved_list=saved_list, programs=[program.pk])
    link = reverse("matching:list", args=[saved_list.pk])
    if written.locked:
        asked = f"{link}?remove={program.pk}#row-{program.pk}"
        messages.warning(request, format_html(AGREED, program.name, asked))
        return _answer(request, form, program, saved_list, listed=True)
    messages.success(
        request,
        format_html('{}. <a href="{}">{}</a>', written.words or "It was off already", link, saved_list.name),
    )
    return _answer(request, form, program, saved_list, listed=False)


def _asked(request: HttpRequest) -> tuple[ButtonForm, Program]:
    form = ButtonForm(request.POST)
    if not form.is_valid():
        raise Http404("No such program, match or list.")
    try:
        return form, Program.objects.get(pk=form.cleaned_data["program"])
    except Program.DoesNotExist:
        raise Http404("No such program.") from None


def _list(request: HttpRequest, form: ButtonForm) -> SavedList | None:
    named = form.cleaned_data["list"]
    return list_or_404(request, named) if named else None


def _said(added: Added, saved_list: SavedList) -> str:
    link = reverse("matching:list", args=[saved_list.pk])
    if added.other_track:
        words = "Another track of this program is on your list. A program is applied to once."
    elif added.no_room:
        words = "The list is full: it holds 300 programs. Remove one first."
    else:
        words = f"{added.written.words or 'It was on the list already'}."
    return format_html('{} <a href="{}">{}</a>', words, link, saved_list.name)


def _answer(
    request: HttpRequest, form: ButtonForm, program: Program, saved_list: SavedList, *, listed: bool
) -> HttpResponse:
    if getattr(request, "htmx", False):
        context = {
            "program": program.pk,
            "name": program.name,
            "listed": listed,
            "match": form.cleaned_data["match"],
            "next": form.cleaned_data["next"],
        }
        return render(request, "matching/_list_button_swap.html", context)
    return redirect(_own(form.cleaned_data["next"]) or reverse("matching:list", args=[saved_list.pk]))


def _own(address: str) -> str:
    """The address where it leads to this site, else nothing."""
    own = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if own else ""


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
