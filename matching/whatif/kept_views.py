"""Scenarios that are kept: compared, opened again, shared by private link, made a plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching.models import Match, Scenario
from matching.models.scenario import MOST_KEPT
from matching.views.access import owning
from matching.views.links import told_to_nobody

from .forms import KeepForm, ShareForm
from .page import page
from .selectors import scenario_for_token, scenario_kept
from .services import (
    NothingToKeep,
    ScenarioLimit,
    scenario_drop,
    scenario_keep,
    scenario_open,
    scenario_share,
    scenario_unshare,
)
from .views import on_own_match


def kept_or_404(match: Match, place: int) -> Scenario:
    try:
        return scenario_kept(match, place)
    except Scenario.DoesNotExist:
        raise Http404("No such scenario of yours.") from None


def to_kept(match: Match) -> HttpResponse:
    return redirect(f"{reverse('matching:what_if', args=[match.pk])}#kept")


@require_POST
@on_own_match
def keep(request: HttpRequest, match: Match) -> HttpResponse:
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            scenario_keep(match=match, name=form.cleaned_data["name"], now=timezone.now())
        except NothingToKeep:
            form.add_error(None, "Nothing is changed yet, so there is nothing to keep. Move a control first.")
        except ScenarioLimit:
            form.add_error(None, f"You keep {MOST_KEPT} already. Delete one to make room.")
        else:
            return to_kept(match)
    return page(request, match, keep_form=form, status=422)


@require_POST
@on_own_match
def reopen(request: HttpRequest, match: Match, place: int) -> HttpResponse:
    scenario_open(scenario=kept_or_404(match, place), now=timezone.now())
    return redirect("matching:what_if", match.pk)


@require_POST
@on_own_match
def drop(request: HttpRequest, match: Match, place: int) -> HttpResponse:
    scenario = kept_or_404(match, place)
    scenario_drop(scenario=scenario)
    messages.success(request, f"Deleted: {scenario.name}.")
    return to_kept(match)


@require_POST
@on_own_match
def share(request: HttpRequest, match: Match, place: int) -> HttpResponse:
    scenario, form = kept_or_404(match, place), ShareForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The link ends: choose one of the answers.")
        return to_kept(match)
    scenario_share(scenario=scenario, end=form.cleaned_data["end"], now=timezone.now())
    return to_kept(match)


@require_POST
@on_own_match
def revoke(request: HttpRequest, match: Match, place: int) -> HttpResponse:
    scenario_unshare(scenario=kept_or_404(match, place))
    messages.success(request, "Revoked. Whoever opens that link now finds nothing.")
    return to_kept(match)


@require_POST
@on_own_match
def plan(request: HttpRequest, match: Match, place: int) -> HttpResponse:
    """Hands what the scenario would do to the plan. Limits of the list are nothing to do, and stay here."""
    from matching.planning.services import PlanImpossible, plan_start  # noqa: PLC0415

    from .changed import plan_codes  # noqa: PLC0415
    from .changes import changes_kept  # noqa: PLC0415
    from .desk import desk_of  # noqa: PLC0415

    scenario, controls = kept_or_404(match, place), desk_of(match).controls
    codes = plan_codes(changes_kept(scenario.changes, controls), controls)
    if not codes:
        messages.info(request, "Nothing in this scenario is a step to take: it only limits the list.")
        return to_kept(match)
    try:
        plan_start(match=match, chosen=codes, **owning(request))
    except PlanImpossible as impossible:
        messages.error(request, str(impossible))
        return to_kept(match)
    messages.success(request, f"Your plan now looks at what “{scenario.name}” would take.")
    return redirect("matching:plan")


@told_to_nobody
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link reads the differences and what was changed, and nothing else of the profile."""
    from .answer_view import shared_view  # noqa: PLC0415

    try:
        scenario = scenario_for_token(token, now=timezone.now())
    except Scenario.DoesNotExist:
        raise Http404("No such scenario.") from None
    context = {"scenario": scenario, "answer": shared_view(scenario.figures or {})}
    return render(request, "whatif/shared.html", context)
