import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.digests.panel import digest_card, mail_panel
from matching.forms import ListNameForm
from matching.list_selectors import lists_by_use, match_latest
from matching.list_state import Edit
from matching.list_words import STATUSES
from matching.models import OutcomeReport, SavedList
from matching.presentation.list_cards import list_cards
from matching.presentation.list_desk import ListDesk
from matching.reporting.prompt import outcomes_prompt
from matching.reporting.timing import season_times
from matching.review.panel import ask_of, stands_of
from matching.review.selectors import review_of_list
from matching.selectors import matches_for_request
from matching.services import ListNotReady, list_copy, list_delete, list_rename, list_save, list_start

from .access import asking, list_or_404, match_or_404
from .current_list import choose, chosen
from .links import share_of
from .list_desk import desk_context

ANSWERS_SHOWN = 8
NAME_NEEDED = "Give the list a name of at most 120 characters, then send it again."


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
    choose(request, saved_list)
    messages.success(request, "Saved. From here on the list is yours to change; every change can be undone.")
    return redirect("matching:list", saved_list.pk)


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "lists": list_cards(lists_by_use(**asking(request), chosen=chosen(request))),
        "answers": matches_for_request(**asking(request))[:ANSWERS_SHOWN],
        "form": ListNameForm(auto_id="new_%s"),
    }
    return render(request, "matching/lists.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """One's own list to work on; sent, it gets another name."""
    saved_list = list_or_404(request, list_id)
    form = ListNameForm(request.POST or None, initial={"name": saved_list.name})
    if request.method == "POST" and form.is_valid():
        list_rename(saved_list=saved_list, name=form.cleaned_data["name"])
        messages.success(request, "The list has its new name.")
        return redirect("matching:list", saved_list.pk)
    return page(request, saved_list, form=form, status=422 if form.errors else 200)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """An empty list, which is added to from then on."""
    form, latest = ListNameForm(request.POST), match_latest(**asking(request))
    if latest is None:
        messages.info(request, "Answer a few questions first, so that a list can show your chances.")
        return redirect("matching:profile")
    if not form.is_valid():
        messages.error(request, NAME_NEEDED)
        return redirect("matching:lists")
    saved_list = list_start(match=latest, name=form.cleaned_data["name"])
    choose(request, saved_list)
    return redirect("matching:list", saved_list.pk)


@require_POST
def copy(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    copied = list_copy(saved_list=saved_list, name=f"{saved_list.name[:110]} (copy)")
    choose(request, copied)
    messages.success(request, f"This is the copy. {saved_list.name} stays as it is.")
    return redirect("matching:list", copied.pk)


@require_POST
def current(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """What is added anywhere on the site goes to this list from now on."""
    saved_list = list_or_404(request, list_id)
    choose(request, saved_list)
    messages.success(request, f"Add buttons now add to {saved_list.name}.")
    return redirect("matching:lists" if "lists" in request.POST else reverse("matching:list", args=[list_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Asked once more on a page of its own: a deleted list does not come back."""
    saved_list = list_or_404(request, list_id)
    if request.method != "POST":
        return render(request, "matching/list_delete.html", {"saved_list": saved_list})
    list_delete(saved_list=saved_list)
    messages.success(request, f"Deleted: {saved_list.name}. Its private links no longer work.")
    return redirect("matching:lists")


def page(
    request: HttpRequest,
    saved_list: SavedList,
    *,
    form: ListNameForm | None = None,
    typed: Mapping[str, Edit] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``typed`` is shown again where it could not be taken over."""
    context = desk_context(request, saved_list, typed=typed, errors=errors)
    context["share"] = share_of(request, saved_list)
    context["asks_outcomes"] = _asks_outcomes(saved_list, context["desk"])
    context["form"] = form or ListNameForm(initial={"name": saved_list.name})
    context |= _advice(request, saved_list, context["desk"])
    context["digest"], context["news_mail"] = digest_card(saved_list), mail_panel(request.user)
    return render(request, "matching/list.html", context, status=status)


def _advice(request: HttpRequest, saved_list: SavedList, desk: ListDesk) -> dict[str, Any]:
    """Where its review stands, or how to ask for one."""
    review = review_of_list(saved_list) if saved_list.owner_id is not None else None
    if review is not None:
        return {"stands": stands_of(review)}
    return {"ask": ask_of(request.user, empty=not desk.count)}


def _asks_outcomes(saved_list: SavedList, desk: ListDesk) -> bool:
    """Asks the database only where there is something to tell."""
    stands = {words for words, _ in desk.status_counts}
    statuses = [status for status, words in STATUSES.items() if words in stands]
    times = season_times(saved_list.match.run.season)
    if not outcomes_prompt(statuses, times=times, today=timezone.now().date()):
        return False
    return not OutcomeReport.objects.filter(saved_list=saved_list).exists()
