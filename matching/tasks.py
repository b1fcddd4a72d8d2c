"""The broker's side of the runs: a task carries one id, everything else is in the run table."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone
from kombu.exceptions import OperationalError

from matching.services import TRANSIENT_ERRORS, run_ring, run_score

logger = logging.getLogger(__name__)


@shared_task(
    acks_late=True,
    ignore_result=True,
    autoretry_for=TRANSIENT_ERRORS,
    retry_backoff=1,
    retry_backoff_max=30,
    max_retries=4,
)
def score_run(run_id: int) -> None:
    run_score(run_id)


@shared_task(acks_late=True, ignore_result=True)
def ring_runs() -> None:
    """Not retried: the next one comes by itself."""
    run_ring(timezone.now())


@worker_ready.connect
def ring_at_start(**_: Any) -> None:
    """Whatever was lost while no worker ran is found as soon as one does."""
    try:
        ring_runs.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("the broker does not answer, the first ring is left to beat (%s)", error)
