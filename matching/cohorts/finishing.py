"""How a chunk ends, and with the last one its cohort: result, counts and end in one transaction."""

import logging
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from matching.models import Cohort, CohortChunk
from matching.privacy.batches import rows_delete
from matching.webhooks.events import cohort_finished

from .claim import ChunkClaim, ChunkLost

if TYPE_CHECKING:
    from .scoring import ChunkDone  # numpy comes with it

logger = logging.getLogger(__name__)

WHOLE = Q(total=F("scored") + F("rejected"))


def erase_at(now: datetime) -> datetime:
    """When all of a cohort goes that is over now."""
    return now + timedelta(days=settings.KEEP_DAYS["cohort"])


@transaction.atomic
def chunk_finish(*, claim: ChunkClaim, done: "ChunkDone", now: datetime) -> None:
    """Write the result once, count it, and end the cohort with its last chunk. Raises ChunkLost."""
    written = claim.rows().update(
        state=CohortChunk.State.DONE,
        input=None,
        result=done.result,
        errors=done.errors,
        scored=done.scored,
        rejected=done.rejected,
        claim_token=None,
        claimed_until=None,
    )
    counted = written and Cohort.objects.filter(pk=claim.cohort.pk, state__in=Cohort.OPEN).update(
        scored=F("scored") + done.scored,
        rejected=F("rejected") + done.rejected,
        weight_done=F("weight_done") + claim.chunk.weight,
    )
    if not counted:
        raise ChunkLost(claim.chunk.pk)
    cohort_end_when_whole(cohort_id=claim.cohort.pk, now=now)


def cohort_end_when_whole(*, cohort_id: uuid.UUID, now: datetime) -> None:
    """Done, once every applicant is counted. Of two that finish the last chunks at once the later one has
    waited for the cohort's row and sees the counts of both: exactly one of them ends it and tells of it."""
    _end(cohort_id, WHOLE, state=Cohort.State.DONE, now=now)


@transaction.atomic
def cohort_fail(*, cohort_id: uuid.UUID, reason: str, now: datetime) -> None:
    """No chunk of it can be scored any more. What was scored stays, what else was sent goes."""
    rows_delete(CohortChunk.objects.filter(cohort=cohort_id).exclude(state=CohortChunk.State.DONE))
    if _end(cohort_id, Q(), state=Cohort.State.FAILED, reason=reason, now=now):
        logger.error("cohort %s failed: %s", cohort_id, reason)


def _end(cohort_id: uuid.UUID, when: Q, *, state: Cohort.State, now: datetime, reason: str = "") -> int:
    ended = Cohort.objects.filter(when, pk=cohort_id, state__in=Cohort.OPEN).update(
        state=state, reason=reason, finished_at=now, erase_at=erase_at(now)
    )
    if ended:
        cohort_finished(cohort=Cohort.objects.get(pk=cohort_id), now=now)
    return ended
