import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applicants.faults import ProfileInvalid
from applicants.services import profile_validate
from matching.models import Match, MatchRun, Scenario
from matching.selectors import MatchNotReady, matches_for_request
from matching.services import match_start
from matching.views.access import asking, match_or_404, owning
from matching.views.waiting import waiting

from .page import answer_context, board_context, page
from .services import NothingToUndo, scenario_change, scenario_reset, scenario_undo

Handler = Callable[..., HttpResponse]
APART = {"part": True, "apart": True}


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """What if, on top of one's newest programs."""
    newest = matches_for_request(**asking(request)).order_by("-created_at").first()
    if newest is None:
        messages.info(request, "First your programs: two minutes, no account. Then you can try changes here.")
        return redirect("matching:profile")
    return redirect("matching:what_if", newest.pk)


def on_own_match(handler: Handler) -> Callable[..., HttpResponse]:
    """The asker's own match, answered, and of the edition in use: else that state in words."""

    @functools.wraps(handler)
    def view(request: HttpRequest, match_id: uuid.UUID, **more: Any) -> HttpResponse:
        from .desk import MatchOutdated  # noqa: PLC0415

        match = match_or_404(request, match_id)
        if match.run.state != MatchRun.State.DONE:
            return waiting(request, match)
        try:
            return handler(request, match, **more)
        except (MatchOutdated, MatchNotReady):
            return render(request, "whatif/outdated.html", {"match": match}, status=409)

    return never_cache(view)


@require_safe
@on_own_match
def what_if(request: HttpRequest, match: Match) -> HttpResponse:
    """What is stored of the trying so far, beside where the applicant stands. Nothing is scored."""
    return page(request, match)


@require_POST
@on_own_match
def change(request: HttpRequest, match: Match) -> HttpResponse:
    """Scores what the controls say, and answers with the answer alone where a part is asked for."""
    from .changes import ChangeInvalid  # noqa: PLC0415

    sent = {name: str(values[-1]) for name, values in request.POST.lists() if values}
    try:
        scenario = scenario_change(match=match, sent=sent, now=timezone.now())
    except ChangeInvalid as invalid:
        return _refused(request, match, sent, invalid.faults)
    if not request.headers.get("HX-Request"):
        return redirect("matching:what_if", match.pk)
    context = answer_context(match, scenario) | APART
    return render(request, "whatif/_answer.html", context)


def _refused(
    request: HttpRequest, match: Match, sent: dict[str, str], faults: dict[str, str]
) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return page(request, match, sent=sent, faults=faults, status=422)
    scenario = match.scenarios.filter(place=0).first()
    context = board_context(match, scenario=scenario, faults=faults) | APART
    return render(request, "whatif/_answer.html", context, status=422)


@require_POST
@on_own_match
def undo(request: HttpRequest, match: Match) -> HttpResponse:
    try:
        scenario = scenario_undo(match=match, now=timezone.now())
    except NothingToUndo:
        return _turned(request, match, match.scenarios.filter(place=0).first())
    return _turned(request, match, scenario)


@require_POST
@on_own_match
def baseline(request: HttpRequest, match: Match) -> HttpResponse:
    return _turned(request, match, scenario_reset(match=match, now=timezone.now()))


@require_POST
def anew(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """The same profile and options by the model and data of today, as a match of its own."""
    from matching.schema import MatchOptions  # noqa: PLC0415

    old = match_or_404(request, match_id)
    try:
        profile = profile_validate(old.run.profile, season=old.run.season)
        options = MatchOptions.model_validate(old.run.options)
    except (ProfileInvalid, ValueError):
        messages.warning(request, "We ask a little differently now. Please look over your answers once.")
        return redirect("matching:profile")
    match = match_start(profile=profile, options=options, profile_row=old.profile, **owning(request))
    return redirect("matching:what_if", match.pk)


def _turned(request: HttpRequest, match: Match, scenario: Scenario | None) -> HttpResponse:
    """Where the controls moved too: both of them."""
    if not request.headers.get("HX-Request"):
        return redirect("matching:what_if", match.pk)
    return render(request, "whatif/_board.html", board_context(match, scenario=scenario) | {"part": True})
