"""What met at a login and does not agree: noted in the session until its owner has said which counts."""

import uuid

from django.http import HttpRequest

SESSION_KEY = "profiles_met"


def clash_note(request: HttpRequest, *, brought: uuid.UUID | None) -> None:
    """``brought`` is the profile that came from this browser; None: only a form that was being filled in."""
    request.session[SESSION_KEY] = str(brought or "")


def clash_noted(request: HttpRequest) -> bool:
    return SESSION_KEY in request.session


def profile_brought(request: HttpRequest) -> uuid.UUID | None:
    stored = request.session.get(SESSION_KEY)
    return uuid.UUID(stored) if stored else None


def clash_settle(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
