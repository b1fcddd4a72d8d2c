"""Cohorts from the moment everything is in: what the rest of the site calls."""

from datetime import datetime

from django.db import transaction

from matching.models import Cohort

from .bell import cohorts_bell
from .cancelling import cohort_cancel
from .finishing import cohort_end_when_whole
from .progress import cohort_eta, cohorts_open_of
from .turns import TURN_SECONDS, cohorts_ring, cohorts_turn

__all__ = (
    "TURN_SECONDS",
    "cohort_cancel",
    "cohort_eta",
    "cohort_open",
    "cohorts_open_of",
    "cohorts_ring",
    "cohorts_turn",
)


@transaction.atomic
def cohort_open(*, cohort: Cohort, now: datetime) -> None:
    """Everything is in: workers may begin, and are told once the caller's transaction is in. One without
    applicants is done at once. Opened already, nothing happens."""
    opened = Cohort.objects.filter(pk=cohort.pk, state=Cohort.State.RECEIVING).update(
        state=Cohort.State.QUEUED, rung_at=now
    )
    if opened:
        cohort_end_when_whole(cohort_id=cohort.pk, now=now)
        cohorts_bell()
    cohort.refresh_from_db()
