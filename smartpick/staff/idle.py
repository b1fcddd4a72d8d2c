"""Whether a member of staff has been away: then the desk asks again who is there."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "staff_seen"
WRITE_EVERY = 30  # seconds: not each page writes the session


def idle(request: HttpRequest) -> bool:
    """Counted from her last page of the desk or her last proof, whichever is later. Nothing known: a login
    of another kind, just now."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    known = [*proofs, *filter(None, [request.session.get(SESSION_KEY)])]
    return bool(known) and time.time() - max(known) > settings.STAFF_IDLE_MINUTES * 60


def seen(request: HttpRequest) -> None:
    if time.time() - request.session.get(SESSION_KEY, 0) > WRITE_EVERY:
        request.session[SESSION_KEY] = time.time()
