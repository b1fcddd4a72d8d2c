import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from matching.models import MatchRun
from matching.webhooks.events import run_finished

from .bell import runs_bell

logger = logging.getLogger(__name__)

# One ring wakes this many; the rest waits for the next, so that a long queue is not sent twice over at once.
RING_MOST = 500
REASON_ATTEMPTS = "Scoring was begun {attempts} times and never came to its end. Starting again may help."


def run_ring(now: datetime) -> list[int]:
    """Ring again for runs whose message or worker was lost. Returns their ids."""
    with transaction.atomic():
        runs = runs_unheard_take(now)
        runs_bell(run_ids=runs)
    return runs


@transaction.atomic
def runs_unheard_take(now: datetime) -> list[int]:
    """The runs to be worked on now that nobody else is about to: the caller rings for them or scores them.

    Those are runs that wait with no ring within the grace, and runs whose lease is over.
    Gives up on those that were tried often enough. Two callers at once share the runs.
    """
    _give_up(now)
    runs = list(
        MatchRun.objects.unheard(now=now, grace=timedelta(seconds=settings.RUN_GRACE_SECONDS))
        .select_for_update(skip_locked=True)
        .order_by("rung_at", "id")
        .values_list("id", flat=True)[:RING_MOST]
    )
    MatchRun.objects.filter(pk__in=runs).update(rung_at=now)
    if runs:
        logger.warning("%s runs were left lying and are taken up again", len(runs))
    return runs


def _give_up(now: datetime) -> None:
    most = settings.RUN_ATTEMPTS
    given_up = (
        MatchRun.objects.claimable(now=now)
        .filter(attempts__gte=most)
        .update(
            state=MatchRun.State.FAILED,
            reason=REASON_ATTEMPTS.format(attempts=most),
            finished_at=now,
            claim_token=None,
            claimed_until=None,
        )
    )
    if given_up:
        over = MatchRun.objects.filter(state=MatchRun.State.FAILED, finished_at=now, attempts__gte=most)
        for run_id in over.order_by("id").values_list("pk", flat=True):
            run_finished(run_id=run_id, now=now)
        logger.error("gave up on %s runs after %s attempts", given_up, most)
