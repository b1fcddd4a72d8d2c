import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from matching.models import Match, MatchRun
from matching.presentation.waiting import waiting_page
from matching.queue import run_standing
from matching.services import MatchHasLists
from matching.services.matches import MatchHasPlan
from matching.services.waiting import MatchOver, match_cancel

from .access import match_or_404

PART = "waiting"  # the id of the part that asks for itself


def waiting(request: HttpRequest, match: Match) -> HttpResponse:
    """How far the answer is, or why there is none. The part on the page asks every second what is new."""
    if match.run.state == MatchRun.State.FAILED:
        if asks_again(request):
            return HttpResponseClientRedirect(request.path)
        return render(request, "matching/failed.html", {"match": match, "reason": match.run.reason})
    page = waiting_page(run_standing(match.run, now=timezone.now()))
    if not asks_again(request):
        return render(request, "matching/waiting.html", {"match": match, "page": page})
    if request.GET.get("seen") == page.key:
        return HttpResponse(status=204)  # nothing is swapped, nothing read out
    return render(request, "matching/_waiting.html", {"match": match, "page": page, "announce": True})


def asks_again(request: HttpRequest) -> bool:
    """Whether the waiting page asks: with an answer there it is led to the whole page."""
    return request.headers.get("HX-Target") == PART


@require_POST
def cancel(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    match = match_or_404(request, match_id)
    try:
        match_cancel(match=match)
    except MatchHasPlan:
        messages.info(request, "Your plan stands on this answer, so it is worked out to the end.")
        return redirect("matching:result", match.pk)
    except (MatchOver, MatchHasLists):
        messages.info(request, "It was over before you stopped it. Here is what came of it.")
        return redirect("matching:result", match.pk)
    messages.info(request, "Stopped. Your answers are kept.")
    return redirect("matching:profile")
