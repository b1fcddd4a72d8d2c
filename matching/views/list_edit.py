"""Changing one's list: the whole list is one form, with a button for every change."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from matching.list_forms import BulkForm, Sent, SortForm, sent_read
from matching.list_selectors import match_latest
from matching.models import SavedList
from matching.presentation.balance import repaired_words
from matching.presentation.list_desk import ListDesk
from matching.presentation.numbers import counted
from matching.selectors import MatchNotReady
from matching.services import NothingToUndo, list_edit, list_rebase, list_sort, list_undo
from matching.services.list_bulk import BulkAdded, list_add_all
from matching.services.list_writing import Written
from matching.services.repair import list_repair_apply

from .access import asking, list_or_404
from .list_desk import desk_context

ELSEWHERE = "This list had been changed in another window. Those changes are kept, and yours are added."
LOOK_FIRST = (
    "This list was changed in another window. Here it is as it stands now. Undo again if you still mean it."
)


@require_POST
def edit(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Takes over what differs from the list as it was drawn; a button does one thing more."""
    saved_list, sent = list_or_404(request, list_id), sent_read(request.POST)
    if sent.errors:
        return _refused(request, saved_list, sent)
    written = list_edit(
        saved_list=saved_list,
        version=sent.version,
        sent=sent.edits,
        move=sent.move,
        remove=sent.remove,
        though_locked=sent.though_locked,
    )
    if written.stale:
        messages.warning(request, ELSEWHERE)
    if sent.do == "sort":
        return _sorted(request, written)
    if sent.remove and not written.locked and written.words:
        messages.success(request, undo_offered(written.words))
    return changed(request, written, sent)


def _sorted(request: HttpRequest, edited: Written) -> HttpResponse:
    """After what was typed is taken over: another order, as a change of its own."""
    form = SortForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose an order from the list, then sort again.")
        return changed(request, edited)
    written = list_sort(saved_list=edited.saved_list, by=form.cleaned_data["sort"], words=form.words)
    if written.words:
        messages.success(request, undo_offered(written.words))
    else:
        messages.info(request, "The list is in that order already.")
    return changed(request, written)


@require_POST
def undo(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The last change that stands, if it is still the one that was shown."""
    saved_list = list_or_404(request, list_id)
    if request.POST.get("version") != str(saved_list.version):
        messages.warning(request, LOOK_FIRST)
        return changed(request, Written(saved_list, ""))
    try:
        written = list_undo(saved_list=saved_list)
    except NothingToUndo:
        messages.info(request, "There is nothing left to undo.")
        return changed(request, Written(saved_list, ""))
    messages.success(request, f"{written.words}.")
    return changed(request, written)


@require_POST
def rebase(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Judge the list by one's latest answers."""
    saved_list, latest = list_or_404(request, list_id), match_latest(**asking(request))
    if latest is None:
        messages.info(request, "There is no answer to judge it by. Answer the questions again.")
        return redirect("matching:list", list_id)
    written = list_rebase(saved_list=saved_list, match=latest)
    messages.success(request, "The list is judged by your latest answers now.")
    return changed(request, written)


@require_POST
def repair(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Swap programs for ones that bring more at the same price, as one change."""
    found = list_repair_apply(saved_list=list_or_404(request, list_id))
    if found.written.words:
        told = repaired_words(found.before, found.after, found.added, found.removed)
        messages.success(request, undo_offered(told.removesuffix(".")))
    else:
        ours = reverse("matching:result", args=[found.written.saved_list.match_id])
        words = (
            "No single exchange would better this list at its price. "
            'Compare it with <a href="{}">the list we recommend</a>.'
        )
        messages.info(request, format_html(words, ours))
    return changed(request, found.written)


@require_POST
def bulk(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Add all of a tier in a place."""
    saved_list = list_or_404(request, list_id)
    form = BulkForm(request.POST, specialties=saved_list.match.run.profile.get("specialties", ()))
    if not form.is_valid():
        messages.error(request, "Choose what to add, where, and of which specialty from the lists.")
        return changed(request, Written(saved_list, ""))
    asked = {name: form.cleaned_data[name] for name in ("tier", "ring", "specialty")}
    try:
        found = list_add_all(saved_list=saved_list, **asked, said=form.said)
    except MatchNotReady:
        messages.warning(
            request, "The answer behind this list cannot be read any more. Answer the questions again."
        )
        return changed(request, Written(saved_list, ""))
    messages.success(request, bulk_words(found, form.said))
    return changed(request, found.added.written)


def changed(request: HttpRequest, written: Written, sent: Sent | None = None) -> HttpResponse:
    """The list as it is now: the page again, or with scripts the part that changed."""
    saved_list = written.saved_list
    sure = next(iter(written.locked), "")  # kept as agreed with an advisor: asked once more beside it
    if not getattr(request, "htmx", False):
        place = f"row-{sent.program}" if sent and (sent.move or sure) else "desk"
        query = f"?remove={sure}" if sure else ""
        return redirect(f"{reverse('matching:list', args=[saved_list.pk])}{query}#{place}")
    context = desk_context(request, saved_list)
    context["sure"] = sure
    if sent and sent.do == "autosave" and not written.moved and not written.stale:
        context["touched"] = [pick for pick in context["desk"].picks if pick.id in written.touched]
        return render(request, "matching/_list_saved.html", context)
    if sent and sent.remove and not sure:
        context["focus"] = _neighbour(sent, context["desk"])
    return _swap(request, context)


def _neighbour(sent: Sent, desk: ListDesk) -> str:
    """Where the keyboard goes when the row it was on is gone: the row that took its place, else the last."""
    asked = list(sent.edits)
    at = asked.index(sent.remove) if sent.remove in asked else 0
    return desk.picks[min(at, desk.count - 1)].id if desk.count else ""


def _refused(request: HttpRequest, saved_list: SavedList, sent: Sent) -> HttpResponse:
    """Nothing was taken over; everything typed is shown again beside what is wrong with it."""
    from .lists import page  # noqa: PLC0415

    if not getattr(request, "htmx", False):
        return page(request, saved_list, typed=sent.edits, errors=sent.errors, status=422)
    context = desk_context(request, saved_list, typed=sent.edits, errors=sent.errors)
    return _swap(request, context, status=422)


def _swap(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The whole list, wherever the request meant to put its answer."""
    response = render(request, "matching/_list_desk_swap.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "#desk", "outerHTML", "#desk"
    return response


def undo_offered(words: str) -> SafeString:
    """Said with a button of the page's own form for undo."""
    return format_html('{}. <button class="btn--link" type="submit" form="list-undo">Undo</button>', words)


def bulk_words(found: BulkAdded, said: str) -> str:
    """How many were added, how many were there, what was left out and why."""
    added = found.added
    told = [f"{counted(len(added.added), 'program')} added of {said}."]
    there = len(added.there) + len(added.other_track)
    if there:
        told.append(f"{there} {'was' if there == 1 else 'were'} on the list already.")
    if added.no_room:
        told.append(f"{len(added.no_room)} did not fit: a list holds 300.")
    if found.closed:
        verb = "is" if found.closed == 1 else "are"
        told.append(f"{counted(found.closed, 'program')} there {verb} closed to you and left out.")
    return " ".join(told)
