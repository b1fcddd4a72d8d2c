"""Working on cohorts: a chunk after another for a short while, whoever's they are, and then others get in."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from matching.models import Cohort
from matching.services import TRANSIENT_ERRORS

from .bell import cohorts_bell
from .claim import ChunkClaim, ChunkLost, chunk_claim, chunk_release, cohorts_claimable
from .faults import ModelChanged
from .finishing import chunk_finish, cohort_fail

if TYPE_CHECKING:
    from .scoring import ChunkDone

logger = logging.getLogger(__name__)

# A single applicant who is sent meanwhile waits for a turn at most: long beside a message, short to her.
TURN_SECONDS = 0.4
REASON_MODEL = "The scoring model changed while this cohort waited. Please send it again."


def cohorts_turn(*, now_of: Callable[[], datetime], seconds: float) -> bool:
    """Work on chunks in fair order for about as long, one at least. True where something is left to take.

    Safe to call any number of times from anywhere. Raises only ``TRANSIENT_ERRORS``, after putting the chunk
    back; a chunk that meets any other error is given up, and its lines are reported as not scored.
    """
    end = now_of() + timedelta(seconds=seconds)
    while (claim := chunk_claim(now=now_of())) is not None:
        _work(claim, now_of)
        now = now_of()
        if now >= end:
            return cohorts_claimable(now).exists()
    return False


@transaction.atomic
def cohorts_ring(now: datetime) -> int:
    """Ring for cohorts nobody has worked on or rung for within the grace. Returns how many these are."""
    before = now - timedelta(seconds=settings.RUN_GRACE_SECONDS)
    unserved = Q(served_at=None) | Q(served_at__lt=before)
    lying = list(cohorts_claimable(now).filter(unserved, rung_at__lt=before).values_list("pk", flat=True))
    if lying:
        Cohort.objects.filter(pk__in=lying).update(rung_at=now)
        logger.info("%s cohorts wait and are rung for again", len(lying))
        cohorts_bell()
    return len(lying)


def _work(claim: ChunkClaim, now_of: Callable[[], datetime]) -> None:
    try:
        chunk_finish(claim=claim, done=_score(claim), now=now_of())
    except ChunkLost:
        logger.warning("%s: lost, result dropped", claim.chunk)
    except ModelChanged:
        cohort_fail(cohort_id=claim.cohort.pk, reason=REASON_MODEL, now=now_of())
    except TRANSIENT_ERRORS:
        _release(claim)
        raise
    except Exception:
        logger.exception("%s: given up", claim.chunk)
        _give_up(claim, now_of)


def _score(claim: ChunkClaim) -> "ChunkDone":
    from .scoring import chunk_give_up, chunk_score  # noqa: PLC0415  (numpy and scipy come with it)

    chunk = claim.chunk
    assert chunk.input is not None  # until it is done, and a check of the table says so
    if claim.hopeless:
        logger.error("%s: given up after %s attempts", chunk, chunk.attempts)
        return chunk_give_up(chunk_input=bytes(chunk.input), first_line=chunk.first_line)
    return chunk_score(chunk_input=bytes(chunk.input), cohort=claim.cohort)


def _give_up(claim: ChunkClaim, now_of: Callable[[], datetime]) -> None:
    from .scoring import chunk_give_up  # noqa: PLC0415

    chunk = claim.chunk
    try:
        done = chunk_give_up(chunk_input=bytes(chunk.input or b""), first_line=chunk.first_line)
        chunk_finish(claim=claim, done=done, now=now_of())
    except ChunkLost:
        logger.warning("%s: lost, giving up dropped", chunk)


def _release(claim: ChunkClaim) -> None:
    try:
        chunk_release(claim=claim)
    except TRANSIENT_ERRORS:
        # The database is away altogether. The lease runs out by itself and the ring finds the chunk.
        logger.warning("%s: could not be put back, left to its lease", claim.chunk)
