"""Who works on a run: a claim is a token and a lease, taken and given back by conditional UPDATEs alone.

Every write after the claim names the token. A worker that lost its claim (its lease ran out and another took
the run) finds no row to write, whatever it still holds in its hands.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from matching.models import MatchRun
from matching.webhooks.events import run_finished

State = MatchRun.State
LOADED, STEPS = 1, 2  # of the work on a run: the programs are loaded, then scored and written


class ClaimLost(Exception):
    """The lease ran out and the run is another's now, or gone with its last match."""


@dataclass(frozen=True, slots=True)
class RunClaim:
    run_id: int
    token: uuid.UUID

    def rows(self) -> "QuerySet[MatchRun]":
        return MatchRun.objects.filter(pk=self.run_id, state=State.RUNNING, claim_token=self.token)


def lease() -> timedelta:
    return timedelta(seconds=settings.RUN_LEASE_SECONDS)


def run_claim(*, run_id: int, now: datetime) -> RunClaim | None:
    """Take a waiting run, or one whose lease is over.

    None where it is done, failed, gone, tried too often or in another's hands.
    """
    claim = RunClaim(run_id=run_id, token=uuid.uuid4())
    taken = (
        MatchRun.objects.claimable(now=now)
        .filter(pk=run_id, attempts__lt=settings.RUN_ATTEMPTS)
        .update(
            state=State.RUNNING,
            claim_token=claim.token,
            claimed_until=now + lease(),
            attempts=F("attempts") + 1,
            step=0,
        )
    )
    return claim if taken else None


def run_renew(*, claim: RunClaim, now: datetime, step: int) -> None:
    """Begin the lease anew between two steps of the work, ``step`` of which are done. Raises ClaimLost."""
    if not claim.rows().update(claimed_until=now + lease(), step=step):
        raise ClaimLost(claim.run_id)


def run_finish(*, claim: RunClaim, result: bytes, now: datetime, whole: bytes | None = None) -> None:
    """Write the result, and the odds of every track beside it, once; partners are told. Raises ClaimLost."""
    with transaction.atomic():
        written = claim.rows().update(
            state=State.DONE,
            result=result,
            whole=whole,
            finished_at=now,
            step=STEPS,
            claim_token=None,
            claimed_until=None,
        )
        if not written:
            raise ClaimLost(claim.run_id)
        run_finished(run_id=claim.run_id, now=now)


def run_fail(*, claim: RunClaim, reason: str, now: datetime) -> None:
    """Mark it failed for good; a new start with the same input tries again. Raises ClaimLost."""
    with transaction.atomic():
        failed = claim.rows().update(
            state=State.FAILED, reason=reason, finished_at=now, claim_token=None, claimed_until=None
        )
        if not failed:
            raise ClaimLost(claim.run_id)
        run_finished(run_id=claim.run_id, now=now)


def run_release(*, claim: RunClaim) -> None:
    """Put it back in the queue for a retry; the attempt stays counted. Does nothing on a lost claim."""
    claim.rows().update(state=State.QUEUED, step=0, claim_token=None, claimed_until=None)
