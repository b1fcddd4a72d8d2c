"""The what-if page put together: controls, answer, what is kept."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.models import Match, Scenario
from matching.models.scenario import MOST_KEPT
from matching.selectors import matches_for_request
from matching.views.access import asking

from .forms import KeepForm, ShareForm
from .selectors import kept_elsewhere, scenarios_of


def answer_context(match: Match, scenario: Scenario | None) -> dict[str, Any]:
    """The answer as it is stored. Raises MatchNotReady."""
    from .answer_view import answer_view  # noqa: PLC0415

    return {
        "match": match,
        "answer": answer_view(_figures(match, scenario)),
        "steps_back": len(scenario.earlier) if scenario else 0,
    }


def board_context(
    match: Match,
    *,
    scenario: Scenario | None = None,
    sent: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Controls and answer. ``sent`` and ``faults``: of a form that was refused. Raises MatchOutdated,
    MatchNotReady."""
    from .board import groups_view, typed  # noqa: PLC0415
    from .changes import changes_kept  # noqa: PLC0415
    from .desk import desk_of  # noqa: PLC0415

    desk = desk_of(match)
    held = changes_kept(scenario.changes, desk.controls) if scenario else {}
    labels = {control.name: control.label for control in desk.controls}
    return {
        **answer_context(match, scenario),
        "groups": groups_view(desk.controls, typed(desk.controls, sent, held) if sent else held, faults),
        "fixed": desk.fixed,
        "faults": [
            {"anchor": f"c-{name}", "text": f"{labels.get(name, name)}: {words}"}
            for name, words in (faults or {}).items()
        ],
    }


def page_context(match: Match, **more: Any) -> dict[str, Any]:
    """The whole page: two queries beside the match, however much is kept."""
    from .compare import comparison  # noqa: PLC0415

    scenarios = scenarios_of(match)
    kept = [scenario for place, scenario in sorted(scenarios.items()) if place and scenario.figures]
    now = timezone.now()
    form = more.pop("keep_form", None) or KeepForm()
    return {
        **board_context(match, scenario=scenarios.get(0), **more),
        "comparison": comparison(kept),
        "kept": [
            (scenario, bool(scenario.shared_until and scenario.shared_until > now)) for scenario in kept
        ],
        "room": MOST_KEPT - len(kept),
        "most_kept": MOST_KEPT,
        "keep_form": form,
        "share_form": ShareForm(auto_id=False),
        "whole": True,
    }


def page(request: HttpRequest, match: Match, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {**page_context(match, **more), "newer": newer_of(request, match)}
    if not context["kept"] and not context["newer"]:
        context["elsewhere"] = kept_elsewhere(match, matches_for_request(**asking(request)))
    return render(request, "whatif/what_if.html", context, status=status)


def newer_of(request: HttpRequest, match: Match) -> Match | None:
    """The asker's newest match, where it is not this one: what is tried here starts from an older answer."""
    later = matches_for_request(**asking(request)).filter(created_at__gt=match.created_at)
    return later.order_by("-created_at").first()


def _figures(match: Match, scenario: Scenario | None) -> dict[str, Any]:
    """As stored; before anything was tried, the baseline beside itself."""
    if scenario is not None and scenario.figures is not None:
        return dict(scenario.figures)
    from matching.selectors import match_document  # noqa: PLC0415

    from .reckoning import figures_kept, kept_pair  # noqa: PLC0415

    base = figures_kept(match_document(match, explain=0))
    run = match.run
    return {**kept_pair(base, base, model=run.model_version, data=run.data_version), "changed": []}
