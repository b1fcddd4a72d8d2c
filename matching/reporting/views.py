"""What became of the applications of one's own list."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now as now_is
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.models import SavedList
from matching.selectors import list_entries
from matching.views.access import list_or_404

from .forms import Typed, typed_read
from .held import held_of
from .page import names_asked, planned_of, tell_page, when_words
from .results import PLAN
from .selectors import report_of, report_rows
from .services import ListMoved, SeasonMoved, Told, consent_withdraw, outcomes_delete, outcomes_save
from .timing import date_words, season_times
from .together import together_now

MOVED = (
    "This list was changed in another window. What you told is still below: look it over, then save again."
)


@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """What all who let us count their reports told, where enough did."""
    return render(request, "outcomes/together.html", {"found": together_now(today=now_is().date())})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The list's statuses as a report, to be mended and sent; sent, the list follows."""
    saved_list = list_or_404(request, list_id)
    if request.method == "POST":
        return _told(request, saved_list, now_is())
    return _page(request, saved_list, now_is())


@require_POST
def withdraw(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    consent_withdraw(saved_list=list_or_404(request, list_id), now=now_is())
    messages.success(request, "Taken back. The report counts nowhere from now on, and only you read it.")
    return redirect("matching:outcomes", list_id)


@require_POST
def delete(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    outcomes_delete(saved_list=list_or_404(request, list_id))
    messages.success(request, "The report is deleted. The statuses on your list stay as they are.")
    return redirect("matching:list", list_id)


def _told(request: HttpRequest, saved_list: SavedList, now: datetime) -> HttpResponse:
    entries, report = list(list_entries(saved_list)), report_of(saved_list)
    told = report_rows(report) if report else []
    times = season_times(report.season if report else saved_list.match.run.season)
    names, planned = names_asked(entries, told), planned_of(entries)
    typed = typed_read(
        request.POST,
        names=names,
        planned=planned,
        week_begun=times.week_begun(now.date()),
        week_words=date_words(times.week),
    )
    if not typed.valid:
        return _page(request, saved_list, now, typed=typed, status=422)
    try:
        saved = outcomes_save(
            saved_list=saved_list,
            version=typed.version,
            results=typed.results(planned),
            ending=typed.ending,
            consent=typed.consent,
            now=now,
        )
    except SeasonMoved:
        return _page(request, saved_list, now, status=422)
    except ListMoved:
        messages.warning(request, MOVED)
        saved_list.refresh_from_db(fields=["version"])
        return _page(request, saved_list, now, typed=typed, status=422)
    messages.success(request, _saved_words(saved, saved_list))
    return redirect("matching:outcomes", saved_list.pk)


def _page(
    request: HttpRequest,
    saved_list: SavedList,
    now: datetime,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    entries, report = list(list_entries(saved_list)), report_of(saved_list)
    told, today = report_rows(report) if report else [], now.date()
    times = season_times(report.season if report else saved_list.match.run.season)
    early = not times.started(today) and all(entry.status == PLAN for entry in entries) and report is None
    context: dict[str, Any] = {
        "saved_list": saved_list,
        "report": report,
        "told": bool(told),
        "times": times,
        "over": times.over(today),
        "week": date_words(times.week),
        "when": when_words(times) if early else "",
        "moved_on": report is not None and report.season != saved_list.match.run.season,
        "page": None
        if early or not (entries or told)
        else tell_page(entries, told, report=report, times=times, today=today, typed=typed),
    }
    if report is not None:
        counted = sum(cell[0] for cell in report.tally.values())
        context["held"] = held_of(report.forecast, told, over=context["over"], counted_rows=counted)
    return render(request, "outcomes/report.html", context, status=status)


def _saved_words(saved: Told, saved_list: SavedList) -> str:
    if not saved.statuses:
        return "Saved. Thank you."
    link = reverse("matching:list", args=[saved_list.pk])
    words = (
        'Saved. Thank you. The statuses on <a href="{}">your list</a> follow, as one change. '
        "You can undo it there."
    )
    return format_html(words, link)
