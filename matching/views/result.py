import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.forms import ListNameForm
from matching.models import Match, MatchRun
from matching.presentation.choices import choices_of
from matching.presentation.result_page import result_page
from matching.schema import MAX_EXPLAIN
from matching.selectors import MatchNotReady, match_document

from .access import match_or_404


@never_cache
@require_safe
def result(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """The answer; while it is being worked out, or where it failed, that state in words."""
    match = match_or_404(request, match_id)
    if match.run.state != MatchRun.State.DONE:
        return waiting(request, match)
    try:
        document = match_document(match, explain=MAX_EXPLAIN)
    except MatchNotReady as outdated:
        return render(request, "matching/failed.html", {"match": match, "reason": outdated.reason})
    context = {
        "match": match,
        "document": document,
        "page": result_page(document, profile=match.run.profile, choices=choices_of(request.GET)),
        "save_form": ListNameForm(initial={"name": f"My {match.run.season} list"}),
    }
    return render(request, "matching/result.html", context)


def waiting(request: HttpRequest, match: Match) -> HttpResponse:
    failed = match.run.state == MatchRun.State.FAILED
    template = "matching/failed.html" if failed else "matching/waiting.html"
    return render(request, template, {"match": match, "run": match.run, "reason": match.run.reason})
