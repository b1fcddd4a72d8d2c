"""Two profiles met at a login: noted in the session until their owner has said which one counts."""

import uuid

from django.http import HttpRequest

SESSION_KEY = "profiles_met"


def clash_note(request: HttpRequest, *, brought: uuid.UUID) -> None:
    """``brought`` is the profile that came from this browser."""
    request.session[SESSION_KEY] = str(brought)


def clash_noted(request: HttpRequest) -> uuid.UUID | None:
    stored = request.session.get(SESSION_KEY)
    return uuid.UUID(stored) if stored else None


def clash_settle(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
