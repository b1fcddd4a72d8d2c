"""Waking workers for cohorts. A message says only that there is work; what is next the tables know.

As long as work is left, each turn sees to it that a few messages wait. So as many workers as there are take
turns, however many messages got lost or came twice, and never more wait than that.
"""

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

if TYPE_CHECKING:
    from celery import Celery

logger = logging.getLogger(__name__)

WAITING = 2  # messages: a worker that becomes free finds one, and so does the next
QUEUE = "cohorts"


def cohorts_bell() -> None:
    """Ring once the transaction is in. Without a broker the background thread looks by itself."""
    transaction.on_commit(workers_ring)


def workers_ring() -> None:
    if not settings.CELERY_BROKER_URL:
        return
    # Celery takes a quarter of a second to load: a site without a broker never does.
    from kombu.exceptions import OperationalError  # noqa: PLC0415

    from matching.tasks import score_cohorts  # noqa: PLC0415

    app = score_cohorts.app
    try:
        with app.producer_or_acquire() as producer:
            for _ in range(WAITING - _waiting(app, producer)):
                score_cohorts.apply_async(producer=producer, retry=False)
    except OperationalError as error:
        logger.warning("the broker does not answer, cohorts are left to the next ring (%s)", error)


def _waiting(app: "Celery", producer: Any) -> int:
    """Messages that nobody has taken yet; 0 where the broker does not say."""
    broker = producer.connection
    try:
        queue: Any = app.amqp.queues[QUEUE].bind(producer.channel)
        return int(queue.queue_declare().message_count)
    except (*broker.connection_errors, *broker.channel_errors):
        return 0
