"""Messages about cohorts that come five times, get lost, or cannot be sent: the tables know better."""

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.conf import settings as site_settings
from django.utils import timezone
from pytest_django import Settings

from matching.cohorts.bell import WAITING
from matching.cohorts.running import cohorts_ring
from matching.models import CohortChunk
from matching.tasks import score_cohorts
from tests.faults.cohorts import Sent, assert_each_line_once, cohort_send, wait_until_over
from tests.faults.deployment import NOBODY_LISTENS, WorkerProcess, broker_of_settings, wait_for
from tests.faults.runs import fresh, start
from tests.matching.factories import key_make

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
TASK = "score_cohorts"


def after_the_grace() -> datetime:
    return timezone.now() + timedelta(seconds=site_settings.RUN_GRACE_SECONDS + 1)


def attempts(sent: Sent) -> set[int]:
    return set(CohortChunk.objects.filter(cohort=sent.cohort).values_list("attempts", flat=True))


def waiting(redis_url: str) -> int:
    with redis.Redis.from_url(redis_url) as client:
        return int(client.llen("cohorts"))


def test_bell_lets_few_messages_wait(deployed: str, broker: Celery, deployed_redis: str) -> None:
    """However many cohorts come, as long as nobody takes the messages no more are sent."""
    for _ in range(3):
        cohort_send(1)
    assert waiting(deployed_redis) == WAITING
    assert cohorts_ring(after_the_grace()) == 3
    assert waiting(deployed_redis) == WAITING


def test_bell_while_the_broker_is_down(
    deployed: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CELERY_BROKER_URL = NOBODY_LISTENS
    begun = timezone.now()

    with broker_of_settings():
        sent = cohort_send(1)

    assert timezone.now() - begun < timedelta(seconds=10)  # an answer, not a hang
    assert sent.fresh().state == "queued"
    assert "the broker does not answer, cohorts are left" in caplog.text


@pytest.mark.thorough
def test_cohort_delivered_again_and_again_is_scored_once(
    deployed: str, broker: Celery, running_worker: WorkerProcess
) -> None:
    handled = running_worker.succeeded(TASK)
    sent = cohort_send(400)
    for _ in range(5):
        score_cohorts.delay()
    wait_until_over(sent)
    wait_for("all messages are handled", lambda: running_worker.succeeded(TASK) >= handled + 6)

    assert_each_line_once(sent)
    assert attempts(sent) == {1}


@pytest.mark.thorough
def test_cohort_whose_messages_were_lost_is_rung_for(
    deployed: str, broker: Celery, deployed_redis: str, running_worker: WorkerProcess
) -> None:
    """All of them, amid the work: what was sent, what is in work, and the bindings of the queues."""
    sent = cohort_send(1500)
    wait_for("it is worked on", lambda: sent.chunks_done() > 2)
    with redis.Redis.from_url(deployed_redis) as client:
        while any(client.llen(queue) for queue in ("cohorts", "matches")) or client.exists("unacked"):
            client.flushdb()
    cohorts_ring(after_the_grace())
    wait_until_over(sent)

    assert_each_line_once(sent)
    assert attempts(sent) == {1}


@pytest.mark.thorough
def test_cohort_that_could_not_be_rung_for_is_rung_for_later(
    deployed: str, broker: Celery, settings: Settings, running_worker: WorkerProcess
) -> None:
    broker_url, settings.CELERY_BROKER_URL = settings.CELERY_BROKER_URL, NOBODY_LISTENS
    with broker_of_settings():
        sent = cohort_send(10)
    settings.CELERY_BROKER_URL = broker_url

    with broker_of_settings():
        assert cohorts_ring(timezone.now()) == 0  # it may still be on its way
        assert cohorts_ring(after_the_grace()) == 1
    wait_until_over(sent)
    assert_each_line_once(sent)


@pytest.mark.thorough
def test_single_match_gets_in_between_a_cohort(
    deployed: str, broker: Celery, running_worker: WorkerProcess
) -> None:
    """With one process that works on a big cohort she waits for two turns at most, not for the cohort."""
    big = cohort_send(600, applications=6)
    wait_for("it is worked on", lambda: big.chunks_done() > 2)
    handled = running_worker.succeeded(TASK)
    run = start(graduation_year=2016)
    wait_for("the run is done", lambda: fresh(run).state == "done")
    assert big.fresh().state == "running"

    before = running_worker.log()
    until = before[: [found.start() for found in re.finditer(r"score_run\[\S+\] succeeded", before)][-1]]
    turns = len(re.findall(TASK + r"\[\S+\] succeeded", until)) - handled
    assert turns <= 2


@pytest.mark.thorough
def test_small_cohort_is_done_long_before_a_big_one_of_another_partner(
    deployed: str, broker: Celery, running_worker: WorkerProcess
) -> None:
    """For each chunk of the small one the big one, which came first, gets one too."""
    big = cohort_send(600, applications=6)
    wait_for("the big one is worked on", lambda: big.chunks_done() > 2)
    small = cohort_send(30, applications=6, key=key_make(name="other", scopes=["cohorts"])[0])
    before = big.chunks_done()
    wait_until_over(small)
    meanwhile = big.chunks_done() - before

    chunks = len(small.inputs)
    assert 3 <= chunks < len(big.inputs) / 3
    assert meanwhile <= 2 * chunks + 2  # one each in turn, and what went by until we looked
    assert big.fresh().state == "running"
    assert_each_line_once(small)


@contextmanager
def redis_server(port: int, folder: Path) -> Iterator[None]:
    """A server of our own, as compose starts it: it keeps nothing."""
    binary = shutil.which("redis-server")
    assert binary, "redis-server is part of the Redis these tests need"
    process = subprocess.Popen(
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        with redis.Redis(port=port) as client:
            wait_for("Redis answers", lambda: answers(client))
            yield
    finally:
        process.kill()
        process.wait(20)


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.mark.thorough
def test_cohort_goes_on_after_a_restart_of_redis(
    deployed: str, settings: Settings, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    """Everything in it is lost; the worker finds back to it, and beat's ring finds the cohort."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    settings.CELERY_BROKER_URL = url
    worker = WorkerProcess(database_url=deployed, redis_url=url, log=tmp_path / "worker.log")
    with redis_server(port, tmp_path), broker_of_settings():
        worker.__enter__()
        sent = cohort_send(2000)
        wait_for("it is worked on", lambda: sent.chunks_done() > 2)
    try:
        assert sent.fresh().state == "running"
        with redis_server(port, tmp_path), broker_of_settings():
            cohorts_ring(after_the_grace())
            wait_until_over(sent)
        assert_each_line_once(sent)
        assert attempts(sent) == {1}
    finally:
        worker.kill()


@pytest.fixture
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find
