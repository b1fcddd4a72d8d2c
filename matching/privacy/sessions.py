"""Which visitors can still come back: those whose random id lies in a session that has not ended."""

import uuid
from datetime import datetime

from django.contrib.sessions.models import Session

from applicants.visitors import SESSION_KEY

CHUNK = 1000


def visitors_living(*, now: datetime) -> frozenset[uuid.UUID]:
    """One query; of each session nothing but the id is kept in hand."""
    found = set()
    rows = Session.objects.filter(expire_date__gt=now).order_by()
    for session in rows.iterator(chunk_size=CHUNK):
        stored = session.get_decoded().get(SESSION_KEY)
        if stored:
            found.add(uuid.UUID(stored))
    return frozenset(found)
