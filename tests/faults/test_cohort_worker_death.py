"""Every line of a cohort is scored exactly once, whatever becomes of its workers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.utils import timezone

from matching.cohorts.running import cohorts_ring
from matching.models import CohortChunk
from tests.faults.cohorts import Sent, assert_each_line_once, chunk_held, cohort_send, wait_until_over
from tests.faults.deployment import WorkerProcess, wait_for, waiting_behind

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


def after_the_grace() -> datetime:
    return timezone.now() + timedelta(seconds=settings.RUN_GRACE_SECONDS + 1)


@pytest.mark.thorough
def test_cohort_outlives_a_worker_killed_amid_a_chunk(
    deployed: str, broker: Celery, deployed_redis: str, worker_process: Callable[[], WorkerProcess]
) -> None:
    """The message dies with the worker; the chunk it had is another's after the lease."""
    sent = cohort_send(300)
    with worker_process() as first, chunk_held(deployed) as held:
        wait_for("the worker wants to write", lambda: bool(waiting_behind(held.pid)))
        first.kill()
    chunk = CohortChunk.objects.get(pk=held.chunk_id)
    assert (chunk.state, chunk.attempts) == ("running", 1)
    with redis.Redis.from_url(deployed_redis) as client:
        client.flushdb()  # nor does any other message wait

    with worker_process():  # rings at its start
        wait_for("what was not begun is done", lambda: not left(sent, state="queued"))
        wait_for("the lease is over", lambda: not left(sent, claimed_until__gt=timezone.now()))
        cohorts_ring(after_the_grace())
        wait_until_over(sent)

    assert_each_line_once(sent)
    attempts = dict(CohortChunk.objects.filter(cohort=sent.cohort).values_list("pk", "attempts"))
    assert attempts.pop(held.chunk_id) == 2
    assert set(attempts.values()) == {1}


@pytest.mark.thorough
def test_cohort_goes_on_where_a_worker_was_asked_to_end(
    deployed: str, broker: Celery, worker_process: Callable[[], WorkerProcess]
) -> None:
    """As at every update of the site: the chunk in its hands is finished, and no lease has to run out."""
    sent = cohort_send(1500)
    with worker_process():
        wait_for("it works", lambda: sent.chunks_done() > 2)
    left = sent.chunks_done()
    assert left < len(sent.inputs)
    assert not CohortChunk.objects.filter(cohort=sent.cohort, state="running").exists()

    with worker_process():
        wait_until_over(sent)

    assert_each_line_once(sent)
    assert set(CohortChunk.objects.filter(cohort=sent.cohort).values_list("attempts", flat=True)) == {1}


@pytest.mark.thorough
def test_cohort_of_two_workers_outlives_one(
    deployed: str, broker: Celery, worker_process: Callable[[], WorkerProcess]
) -> None:
    """Killed at no chosen moment while both work; what it had is taken up when beat rings."""
    with worker_process(), worker_process() as other:
        sent = cohort_send(2000)
        wait_for("they work", lambda: sent.chunks_done() > 4)
        other.kill()
        wait_for("at most what was lost is left", lambda: not left(sent, state="queued"))
        wait_for("the leases are over", lambda: not left(sent, claimed_until__gt=timezone.now()))
        cohorts_ring(after_the_grace())
        wait_until_over(sent)

    assert_each_line_once(sent)


def left(sent: Sent, **rows: object) -> bool:
    return CohortChunk.objects.filter(cohort=sent.cohort, **rows).exists()
