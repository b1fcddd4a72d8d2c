"""Telling a worker of a run. The run table is the truth, the broker only a doorbell: a ring may get lost."""

import logging
from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import transaction

from .score import TRANSIENT_ERRORS, run_score

logger = logging.getLogger(__name__)


def runs_bell(*, run_ids: Sequence[int]) -> None:
    """Ring once the transaction is in: by the broker, or with none configured by scoring here and now.

    Not Celery's ``delay_on_commit``: with it a broker that is down breaks a request whose work is stored.
    """
    transaction.on_commit(partial(_ring, run_ids))


def _ring(run_ids: Sequence[int]) -> None:
    if settings.CELERY_BROKER_URL:
        _send(run_ids)
        return
    for run_id in run_ids:
        _score_here(run_id)


def _send(run_ids: Sequence[int]) -> None:
    # Celery takes a quarter of a second to load: a site without a broker never does.
    from kombu.exceptions import OperationalError  # noqa: PLC0415

    from matching.tasks import score_run  # noqa: PLC0415

    for sent, run_id in enumerate(run_ids):
        try:
            score_run.apply_async((run_id,), retry=False)
        except OperationalError as error:
            # The others would wait for the same silence.
            left = len(run_ids) - sent
            logger.warning("the broker does not answer, %s runs are left to the next ring (%s)", left, error)
            return


def _score_here(run_id: int) -> None:
    try:
        run_score(run_id)
    except TRANSIENT_ERRORS as error:
        logger.warning("run %s: put back, left to the next ring (%s)", run_id, error)
