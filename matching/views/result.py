import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from matching.forms import ListNameForm
from matching.models import Match, MatchRun
from matching.presentation.ahead import ahead_words
from matching.presentation.choices import choices_of, explore_query
from matching.presentation.result_page import result_page, row_open
from matching.presentation.whose import whose_words
from matching.receipts.reading import match_earlier
from matching.selectors import MatchNotReady, match_read
from matching.tracks import tracks_by_id

from .access import asking, match_or_404
from .current_list import listed
from .list_buttons import list_buttons
from .waiting import asks_again, waiting

# What a swap asks for, by the element it replaces: the part of the page, drawn alone.
PARTS = {
    "list": "matching/_programs.html",
    "others": "matching/_others.html",
    "screened": "matching/_screened.html",
}


@never_cache
@require_safe
def result(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """The answer; while it is being worked out, or where it failed, that state in words."""
    match = match_or_404(request, match_id)
    if match.run.state != MatchRun.State.DONE:
        return waiting(request, match)
    if asks_again(request):
        return HttpResponseClientRedirect(request.path)
    try:
        if request.GET.get("row"):
            return opened(request, match)
        context = answer_context(request, match)
    except MatchNotReady as outdated:
        return render(request, "matching/failed.html", {"match": match, "reason": outdated.reason})
    return render(request, PARTS.get(request.headers.get("HX-Target", ""), "matching/result.html"), context)


def answer_context(request: HttpRequest, match: Match) -> dict[str, Any]:
    document, explain = match_read(match)
    page = result_page(
        document,
        profile=match.run.profile,
        choices=choices_of(request.GET),
        tracks=tracks_by_id(match.run.data_version),
        explain=explain,
    )
    on_list = listed(request)
    return {
        "match": match,
        "whose": whose_words(match.run.profile, kept=match.profile_id is not None, season=settings.SEASON),
        "ahead": ahead_words(match.run.profile, season=match.run.season),
        "document": document,
        "page": page,
        "answer_url": reverse("matching:result", args=[match.pk]),
        "buttons": list_buttons(request, match),
        "listed": on_list,
        "earlier": match_earlier(match, **asking(request)),
        "kept": bool(page.chosen) and page.chosen <= on_list,
        "explore_url": f"{reverse('programs:list')}?{explore_query(match.run.profile)}",
        "save_form": ListNameForm(initial={"name": f"My {match.run.season} list"}),
    }


def opened(request: HttpRequest, match: Match) -> HttpResponse:
    """What a row tells when it is opened, for the rows that came without it."""
    document, explain = match_read(match)
    tracks = tracks_by_id(match.run.data_version)
    row = row_open(document, request.GET["row"], tracks=tracks, explain=explain)
    if row is None:
        raise Http404("No such program in this answer.")
    return render(request, "matching/_row_open.html", {"row": row})
