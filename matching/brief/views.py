import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applicants.schema import ProfileDocument
from matching.brief.saved import applied_before, saved_ids
from matching.models import Match, MatchRun
from matching.presentation.whose import whose_words
from matching.schema import MAX_EXPLAIN
from matching.selectors import MatchNotReady, match_document, matches_for_request
from matching.views.access import asking, match_or_404
from matching.views.current_list import chosen


@require_safe
def brief_latest(request: HttpRequest) -> HttpResponse:
    """The brief of one's newest programs, or, before there are any, the way to them."""
    newest = matches_for_request(**asking(request)).order_by("-created_at").first()
    if newest is None:
        messages.info(request, "Your brief will be here. A few answers first: two minutes, no account.")
        return redirect("matching:profile")
    return redirect("matching:brief", newest.pk)


@never_cache
@require_safe
def brief(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """How to tell one's own story, from a stored answer and the profile it answers: nothing is scored."""
    match = match_or_404(request, match_id)
    if match.run.state != MatchRun.State.DONE:
        return redirect("matching:result", match.pk)
    try:
        context = brief_context(request, match)
    except MatchNotReady as outdated:
        return render(request, "matching/failed.html", {"match": match, "reason": outdated.reason})
    return render(request, "brief/brief.html", context)


def brief_context(request: HttpRequest, match: Match) -> dict[str, Any]:
    # numpy comes with the catalogue: only who reads it pays for loading it.
    from matching.brief.drawing import brief_of  # noqa: PLC0415
    from matching.brief.selectors import brief_facts  # noqa: PLC0415
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.tracks import tracks_by_id  # noqa: PLC0415

    run, whole = match.run, bool(request.GET.get("all"))
    facts = brief_facts(
        profile=ProfileDocument.model_validate(run.profile),
        document=match_document(match, explain=MAX_EXPLAIN),
        tracks=tracks_by_id(run.data_version),
        specialty_names=catalogue_get(run.data_version).specialty_names,
        as_of=timezone.localdate(),
        applied_before=applied_before(**asking(request)),
        saved=saved_ids(match, **asking(request), chosen=chosen(request)),
        whole=whole,
    )
    return {
        "match": match,
        "facts": facts,
        "brief": brief_of(facts),
        "whole": whole,
        "today": facts.dates.as_of,
        "whose": whose_words(run.profile, kept=match.profile_id is not None, season=settings.SEASON),
    }
