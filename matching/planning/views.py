"""The plan's page: read as it was reckoned last, made and reckoned anew by a button."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from matching.models import Plan, PlanStep
from matching.planning.dates import aims
from matching.planning.feed_panel import feed_panel
from matching.planning.feed_views import own_plan
from matching.planning.forms import SNOOZES, AimForm
from matching.planning.page import Done, plan_page
from matching.planning.selectors import key_of, plan_for_request, plan_read, plan_stale, rows_by_key, told
from matching.planning.services import AimUnknown, PlanImpossible, plan_aim, plan_refresh, plan_start
from matching.planning.step_view import Trouble
from matching.selectors import matches_for_request
from matching.views.access import asking, match_or_404, owning

VISITOR_DAYS = settings.SESSION_COOKIE_AGE // (24 * 60 * 60)


@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The asker's plan; without one, the way to it."""
    kept = plan_for_request(**asking(request))
    if kept is None:
        return without_plan(request)
    return plan_drawn(request, kept)


def without_plan(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    match = matches_for_request(**asking(request)).first()
    return render(request, "plan/empty.html", {"match": match}, status=status)


def plan_drawn(
    request: HttpRequest, kept: Plan, *, trouble: Trouble | None = None, swap: bool = False
) -> HttpResponse:
    """The whole page, or with ``swap`` its part that changes. What an earlier edition wrote is asked to be
    reckoned anew."""
    try:
        context = plan_context(request, kept, trouble)
    except ValidationError:
        return render(request, "plan/outdated.html", {"plan": kept, "match": kept.match})
    name = "plan/_swap.html" if swap else "plan/plan.html"
    return render(request, name, context, status=422 if trouble else 200)


def plan_context(request: HttpRequest, kept: Plan, trouble: Trouble | None) -> dict[str, Any]:
    document, today = plan_read(kept), timezone.localdate()
    rows = rows_by_key(kept)
    page = plan_page(
        document,
        [told(step, rows.get(key_of(step)), today) for step in document.steps],
        [told(step, rows.get(key_of(step)), today) for step in document.late],
        [
            Done(row.code, row.program_id or "", row.label, row.done_on, row.note)
            for row in rows.values()
            if row.state == PlanStep.State.DONE and row.done_on is not None
        ],
        season=settings.SEASON,
        today=today,
        trouble=trouble,
    )
    return {
        "plan": kept,
        "match": kept.match,
        "page": page,
        "stale": plan_stale(kept, **asking(request)),
        "snoozes": [(code, words) for code, (_, words) in SNOOZES.items()],
        "feed": feed_panel(kept, absolute=request.build_absolute_uri, visitor_days=VISITOR_DAYS),
    }


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Make the plan on a match of one's own, or move it there."""
    match = match_or_404(request, _match_id(request))
    try:
        plan_start(match=match, **owning(request))
    except PlanImpossible as why:
        messages.error(request, str(why))
        return redirect("matching:result", match.pk)
    return redirect("matching:plan")


def _match_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("match", ""))
    except ValueError:
        raise Http404("No such match of yours.") from None


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    kept = own_plan(request)
    stale = plan_stale(kept, **asking(request))
    try:
        plan_refresh(plan=kept, match=stale.match, today=timezone.localdate())
    except PlanImpossible as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Reckoned anew, from today and from your answers of now.")
    return redirect("matching:plan")


@require_POST
def aim(request: HttpRequest) -> HttpResponse:
    """Another season, or that she applied before."""
    kept, today = own_plan(request), timezone.localdate()
    seasons = [(season, season) for season in aims(settings.SEASON, today)]
    form = AimForm(request.POST, seasons=seasons)
    if not form.is_valid():
        messages.error(request, "Choose one of the seasons that are listed.")
        return redirect("matching:plan")
    try:
        plan_aim(
            plan=kept,
            season=form.cleaned_data["season"],
            applied_before=form.applied_before(),
            today=today,
        )
    except (AimUnknown, PlanImpossible):
        messages.error(request, "We have no plan for that season. The plan stays as it was.")
    else:
        messages.success(request, "Done. The plan is reckoned for it.")
    return redirect("matching:plan")
