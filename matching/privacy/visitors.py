"""What visitors without an account made goes once no session leads to it and nothing was changed lately.

A visitor whose session has ended can never come back as the same one, so nobody adds to what is deleted here.
"""

import logging
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from applicants.models import Profile
from matching.models import Match
from programs.models import FactReport

from .batches import SIZE, rows_delete
from .owned import OWNED, visitors_after, visitors_in_use
from .runs import runs_free_delete

logger = logging.getLogger(__name__)


def visitors_expired(
    *, now: datetime, keep: timedelta, living: frozenset[uuid.UUID], size: int = SIZE
) -> Iterator[list[uuid.UUID]]:
    """Visitors whose things have had their time, a batch at a time, each read by two queries."""
    last: uuid.UUID | None = None
    while visitors := visitors_after(last, size):
        in_use = living | visitors_in_use(visitors, now=now, keep=keep)
        if expired := [visitor for visitor in visitors if visitor not in in_use]:
            yield expired
        last = visitors[-1]


def visitors_delete(visitors: list[uuid.UUID]) -> int:
    """Delete all that these made, with the runs nobody else's answer stands on. How many of them.

    Should another's row stand on one of theirs, none of the batch goes and the log says so: a fault of ours
    never takes what is somebody's, nor stops the other batches.
    """
    try:
        with transaction.atomic():
            _delete(visitors)
    except IntegrityError:
        logger.error("retention: what %s visitors left could not be deleted", len(visitors))
        return 0
    return len(visitors)


def _delete(visitors: list[uuid.UUID]) -> None:
    runs = set(Match.objects.filter(visitor__in=visitors).order_by().values_list("run_id", flat=True))
    for model, path in OWNED:
        if model is Profile:
            Match.objects.filter(profile__visitor__in=visitors).update(profile=None)
        rows_delete(model._default_manager.filter(**{f"{path}__in": visitors}))
    FactReport.objects.filter(reporter__in=visitors).update(reporter=None)
    runs_free_delete(runs)
