"""Who works on a chunk: a token and a lease as of runs, and whose chunk is next.

Partners take turns: the one served least recently comes first, of hers the oldest cohort, of that the lowest
number. A partner with a thousand chunks so delays another by one chunk at a time. One whose cohorts have all
been erased, weeks after their end, counts as never served.

Rows are locked chunks first, then their cohort, by everybody who locks both: nobody waits in a circle.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from matching.models import Cohort, CohortChunk

State = CohortChunk.State
TRIES = 5  # cohorts looked into, where the chunks of the first are just being taken by others
TICK = timedelta(microseconds=1)


class ChunkLost(Exception):
    """The lease ran out and another has the chunk, or its cohort is over or gone."""


@dataclass(frozen=True, slots=True)
class ChunkClaim:
    chunk: CohortChunk
    cohort: Cohort
    token: uuid.UUID

    @property
    def hopeless(self) -> bool:
        """Begun as often before as a chunk may be, without an end: it is not tried once more."""
        return self.chunk.attempts >= settings.RUN_ATTEMPTS

    def rows(self) -> "QuerySet[CohortChunk]":
        return CohortChunk.objects.filter(pk=self.chunk.pk, state=State.RUNNING, claim_token=self.token)


def cohorts_claimable(now: datetime) -> "QuerySet[Cohort]":
    """Those that have something to take, whoever is to be served next first.

    ``last`` is when the partner was served, ``newest`` the latest of all these.
    """
    chunks = CohortChunk.objects.claimable(now=now).filter(cohort=OuterRef("pk"))
    served = Cohort.objects.filter(api_key=OuterRef("api_key")).order_by().values("api_key")
    return (
        Cohort.objects.filter(Exists(chunks), state__in=Cohort.OPEN)
        .annotate(last=Subquery(served.annotate(at=Max("served_at")).values("at")))
        .annotate(newest=Window(Max("last")))
        .order_by(F("last").asc(nulls_first=True), "created_at", "id")
    )


def chunk_claim(*, now: datetime) -> ChunkClaim | None:
    """Take the next chunk in fair order; from its first on the cohort runs. None where there is none."""
    for cohort in cohorts_claimable(now)[:TRIES]:
        if (claim := _take(cohort, now)) is not None:
            return claim
    return None


def chunk_release(*, claim: ChunkClaim) -> None:
    """Put it back for another try; the attempt stays counted. Does nothing on a lost claim."""
    claim.rows().update(state=State.QUEUED, claim_token=None, claimed_until=None)


@transaction.atomic
def _take(cohort: Any, now: datetime) -> ChunkClaim | None:
    chunks = CohortChunk.objects.claimable(now=now)
    first = chunks.filter(cohort=cohort).order_by("number")
    if connection.features.has_select_for_update_skip_locked:
        # Only so that two do not wait for one row: what decides is the UPDATE.
        first = first.select_for_update(skip_locked=True)
    chunk = first.first()
    if chunk is None:
        return None
    claim = ChunkClaim(chunk=chunk, cohort=cohort, token=uuid.uuid4())
    taken = chunks.filter(pk=chunk.pk).update(
        state=State.RUNNING,
        claim_token=claim.token,
        claimed_until=now + timedelta(seconds=settings.RUN_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if not (taken and _served(cohort, now)):
        transaction.set_rollback(True)
        return None
    return claim


def _served(cohort: Any, now: datetime) -> int:
    """Later than every other, also where two clocks differ or stand still: else a partner would wait for time
    to pass instead of for her turn."""
    at = max(now, cohort.newest + TICK) if cohort.newest else now
    return Cohort.objects.filter(pk=cohort.pk, state__in=Cohort.OPEN).update(
        state=Cohort.State.RUNNING, started_at=Coalesce("started_at", now), served_at=at
    )
