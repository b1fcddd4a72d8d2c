"""The list that Add buttons all over the site add to."""

from django.http import HttpRequest

from matching.list_selectors import list_current, listed_ids, match_latest
from matching.models import Match, SavedList
from matching.services import list_start

from .access import asking

SESSION_KEY = "list"


def chosen(request: HttpRequest) -> str:
    return str(request.session.get(SESSION_KEY, ""))


def choose(request: HttpRequest, saved_list: SavedList) -> None:
    request.session[SESSION_KEY] = str(saved_list.pk)


def listed(request: HttpRequest) -> frozenset[str]:
    """Ids on the current list, for the buttons of a page: one query."""
    return listed_ids(**asking(request), chosen=chosen(request))


def current(request: HttpRequest) -> SavedList | None:
    return list_current(**asking(request), chosen=chosen(request))


def current_or_new(request: HttpRequest, match: Match | None = None) -> SavedList | None:
    """Where there is no list yet, an empty one by her latest answer; None without an answer."""
    found = current(request)
    if found is None:
        match = match or match_latest(**asking(request))
        found = list_start(match=match) if match else None
    return found
