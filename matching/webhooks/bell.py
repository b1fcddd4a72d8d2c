"""Telling a worker that something is to be sent. The delivery table is the truth, a ring may get lost."""

import logging

from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)

EXPIRES_SECONDS = 60  # beat rings again until then: nobody hears an old ring where no worker ran for days


def deliveries_bell() -> None:
    """Ring once the transaction is in. Without a broker the background thread looks by itself."""
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(deliveries_ring)


def deliveries_ring() -> None:
    """Ring now. A broker that does not answer is no fault of what happened: beat rings again."""
    # Celery takes a quarter of a second to load: a site without a broker never does.
    from kombu.exceptions import OperationalError  # noqa: PLC0415

    from matching.tasks import send_webhooks  # noqa: PLC0415

    try:
        send_webhooks.apply_async(retry=False, expires=EXPIRES_SECONDS)
    except OperationalError as error:
        logger.warning("the broker does not answer, deliveries are left to the next ring (%s)", error)
