import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import Match, MatchRun
from matching.presentation.sentences import key_numbers
from matching.selectors import MatchNotReady, match_document, matches_for_request
from matching.views.access import asking, match_or_404
from matching.views.waiting import waiting


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """What if, on top of one's newest programs."""
    newest = matches_for_request(**asking(request)).order_by("-created_at").first()
    if newest is None:
        messages.info(request, "First your programs: two minutes, no account. Then you can try changes here.")
        return redirect("matching:profile")
    return redirect("matching:what_if", newest.pk)


@never_cache
@require_safe
def what_if(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """What is stored of the trying so far, beside where the applicant stands."""
    match: Match = match_or_404(request, match_id)
    if match.run.state != MatchRun.State.DONE:
        return waiting(request, match)
    try:
        document = match_document(match, explain=0)
    except MatchNotReady as outdated:
        return render(request, "matching/failed.html", {"match": match, "reason": outdated.reason})
    context = {"match": match, "numbers": key_numbers(document["summary"])}
    return render(request, "whatif/what_if.html", context)
