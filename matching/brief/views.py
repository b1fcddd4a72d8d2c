import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import MatchRun
from matching.presentation.whose import whose_words
from matching.selectors import MatchNotReady, match_document, matches_for_request
from matching.views.access import asking, match_or_404


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
        document = match_document(match)
    except MatchNotReady as outdated:
        return render(request, "matching/failed.html", {"match": match, "reason": outdated.reason})
    context = {
        "match": match,
        "document": document,
        "whose": whose_words(match.run.profile, kept=match.profile_id is not None, season=settings.SEASON),
    }
    return render(request, "brief/brief.html", context)
