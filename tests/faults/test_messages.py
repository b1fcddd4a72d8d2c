"""Messages that come, come twice, get lost, or cannot be sent: the run table knows better."""

from datetime import datetime, timedelta

import pytest
import redis
from celery import Celery
from django.conf import settings as site_settings
from django.utils import timezone
from pytest_django import Settings

from matching.selectors import match_document
from matching.services import run_ring
from matching.tasks import score_run
from tests.faults.deployment import NOBODY_LISTENS, WorkerProcess, broker_of_settings, wait_for
from tests.faults.runs import fresh, start, wait_until_done

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


def after_the_grace() -> datetime:
    return timezone.now() + timedelta(seconds=site_settings.RUN_GRACE_SECONDS + 1)


def test_run_is_scored_by_the_worker(deployed: str, broker: Celery, running_worker: WorkerProcess) -> None:
    run = start()
    assert run.result is None  # not in this process

    done = wait_until_done(run)

    assert done.attempts == 1
    assert len(match_document(done.matches.get())["list"]) == 12
    assert "score_run[" in running_worker.log()


def test_run_delivered_five_times_is_scored_once(
    deployed: str, broker: Celery, running_worker: WorkerProcess
) -> None:
    handled = running_worker.succeeded()
    run = start(graduation_year=2023)
    for _ in range(4):
        score_run.delay(run.pk)

    done = wait_until_done(run)
    wait_for("all five messages are handled", lambda: running_worker.succeeded() >= handled + 5)

    after = fresh(run)
    assert after.attempts == 1
    assert after.finished_at == done.finished_at
    assert bytes(after.result or b"") == bytes(done.result or b"")


def test_run_whose_message_was_never_sent_is_rung_for_later(
    deployed: str, broker: Celery, settings: Settings, running_worker: WorkerProcess
) -> None:
    broker_url, settings.CELERY_BROKER_URL = settings.CELERY_BROKER_URL, NOBODY_LISTENS
    with broker_of_settings():
        run = start(graduation_year=2022)
    settings.CELERY_BROKER_URL = broker_url

    with broker_of_settings():
        assert run_ring(timezone.now()) == []  # it may still be on its way
        assert run_ring(after_the_grace()) == [run.pk]

    assert wait_until_done(run).attempts == 1


def test_match_start_while_the_broker_is_down(
    deployed: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CELERY_BROKER_URL = NOBODY_LISTENS
    begun = timezone.now()

    with broker_of_settings():
        run = start(graduation_year=2021)

    assert timezone.now() - begun < timedelta(seconds=5)  # an answer, not a hang
    assert fresh(run).state == "queued"
    assert "the broker does not answer, 1 runs are left" in caplog.text


def test_run_is_rung_for_over_a_connection_that_died(
    deployed: str, broker: Celery, deployed_redis: str, running_worker: WorkerProcess
) -> None:
    """The broker came back, the process still holds its old connections: the first ring must not be lost."""
    wait_until_done(start(graduation_year=2020))
    database = int(deployed_redis.rpartition("/")[2])
    with redis.Redis.from_url(deployed_redis) as client:
        mine = client.client_id()
        for other in client.client_list():
            if int(other["db"]) == database and int(other["id"]) != mine:
                client.client_kill_filter(_id=other["id"])

    run = start(graduation_year=2019)

    assert wait_until_done(run).attempts == 1
