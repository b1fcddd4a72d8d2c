"""The broker's side of the runs: a task carries one id, everything else is in the run table."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent, worker_ready
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from matching.cohorts.bell import cohorts_bell, workers_ring
from matching.cohorts.running import TURN_SECONDS, cohorts_ring, cohorts_turn
from matching.digests.mailing import digests_send
from matching.digests.services import digests_turn
from matching.planning.reminders import reminders_send
from matching.privacy.retention import retention_sweep
from matching.review.mails import event_mail
from matching.review.queue.refreshing import risks_advance
from matching.services import TRANSIENT_ERRORS, run_ring, run_score
from matching.services.beats import BEAT_SECONDS, worker_beat
from matching.uses import uses_count
from matching.webhooks.bell import deliveries_ring
from matching.webhooks.events import catalogue_announce
from matching.webhooks.turns import TURN_SECONDS as SENDING_SECONDS
from matching.webhooks.turns import webhooks_ring, webhooks_turn

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


@shared_task(
    acks_late=True,
    ignore_result=True,
    autoretry_for=TRANSIENT_ERRORS,
    retry_backoff=1,
    retry_backoff_max=30,
    max_retries=4,
)
def score_cohorts() -> None:
    """One turn. What came in meanwhile is in the queue before the next."""
    if cohorts_turn(now_of=timezone.now, seconds=TURN_SECONDS):
        cohorts_bell()


@shared_task(acks_late=True, ignore_result=True)
def ring_cohorts() -> None:
    """Not retried: the next one comes by itself."""
    cohorts_ring(timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def send_webhooks() -> None:
    """Not retried: each delivery has attempts of its own, and what is left lying is rung for."""
    if webhooks_turn(now_of=timezone.now, seconds=SENDING_SECONDS, more=deliveries_ring):
        deliveries_ring()


@shared_task(acks_late=True, ignore_result=True)
def ring_webhooks() -> None:
    """Not retried: the next one comes by itself."""
    catalogue_announce(timezone.now())
    webhooks_ring(timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def retention() -> None:
    """Not retried: what was not deleted tonight is tomorrow night."""
    retention_sweep(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def plan_reminders() -> None:
    """Not retried: whoever was not written to today is tomorrow."""
    reminders_send(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True, autoretry_for=(OSError,), retry_backoff=30, max_retries=4)
def review_mail(event_id: int) -> None:
    """Retried: a mail server that is down for a while is no reason to leave her waiting."""
    event_mail(event_id)


@shared_task(acks_late=True, ignore_result=True)
def count_uses() -> None:
    """Not retried: what was not counted tonight is tomorrow night."""
    uses_count(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def list_digests() -> None:
    """Not retried: where it stopped, the next turn goes on."""
    digests_turn(timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def digest_mails() -> None:
    """Not retried: whoever was not written to today is tomorrow."""
    digests_send(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def review_risks() -> None:
    """Not retried: what is out of date is taken up ten minutes later."""
    risks_advance(timezone.now())


@heartbeat_sent.connect
def beat_while_connected(sender: Any, **_: Any) -> None:
    """Celery's own heart beats every two seconds while the worker has its broker; ours need not so often."""
    if not _takes_matches(sender):
        return
    now = timezone.now()
    if now - getattr(sender, "smartpick_beat", now - timedelta(days=1)) < timedelta(seconds=BEAT_SECONDS):
        return
    sender.smartpick_beat = now
    try:
        worker_beat(name=sender.eventer.hostname, now=now)
    except DatabaseError as error:
        logger.warning("the worker could not say that it is alive (%s)", error)
    finally:
        connection.close()  # the worker's children must not inherit an open one


def _takes_matches(heart: Any) -> bool:
    """The beat says that somebody scores; a worker that has other queues alone does not."""
    app = getattr(heart.eventer, "app", None)
    return app is None or "matches" in app.amqp.queues.consume_from


@worker_ready.connect
def ring_at_start(**_: Any) -> None:
    """Whatever was lost while no worker ran is found as soon as one does."""
    try:
        ring_runs.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("the broker does not answer, the first ring is left to beat (%s)", error)
        return
    workers_ring()
