"""Who is asking, and what is theirs: anything else is not found."""

import uuid
from typing import TypedDict

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest

from applicants.visitors import visitor_id, visitor_known
from matching.models import Match, SavedList
from matching.selectors import list_for_request, match_for_request


class Asking(TypedDict):
    user: AbstractBaseUser | AnonymousUser
    visitor: uuid.UUID | None


class Owning(TypedDict):
    owner: AbstractBaseUser | None
    visitor: uuid.UUID | None


def asking(request: HttpRequest) -> Asking:
    return {"user": request.user, "visitor": visitor_known(request)}


def owning(request: HttpRequest) -> Owning:
    """Whose a new match is: the account's, or without one the session's."""
    if isinstance(request.user, AbstractBaseUser):
        return {"owner": request.user, "visitor": None}
    return {"owner": None, "visitor": visitor_id(request)}


def match_or_404(request: HttpRequest, match_id: uuid.UUID) -> Match:
    try:
        return match_for_request(match_id, **asking(request))
    except Match.DoesNotExist:
        raise Http404("No such match of yours.") from None


def list_or_404(request: HttpRequest, list_id: uuid.UUID) -> SavedList:
    try:
        return list_for_request(list_id, **asking(request))
    except SavedList.DoesNotExist:
        raise Http404("No such list of yours.") from None
