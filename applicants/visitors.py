"""Who an applicant without an account is: a random id inside the session's data.

It is not the session key: that one changes at login, and must not be written anywhere.
"""

import uuid

from django.http import HttpRequest

SESSION_KEY = "visitor"


def visitor_known(request: HttpRequest) -> uuid.UUID | None:
    """The visitor's id, if there is one yet. Never makes a session."""
    stored = request.session.get(SESSION_KEY)
    return uuid.UUID(stored) if stored else None


def visitor_id(request: HttpRequest) -> uuid.UUID:
    """The visitor's id, made on first need and kept for as long as the session lives, through login."""
    known = visitor_known(request)
    if known is None:
        known = uuid.uuid4()
        request.session[SESSION_KEY] = str(known)
    return known
