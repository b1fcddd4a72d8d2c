"""Somebody waits while workers come and go: her page says which, keeps her answers and goes on by itself."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import Celery
from django.db import connections
from django.test import Client
from django.utils import timezone

from applicants.visitors import SESSION_KEY
from matching.models import Match, MatchRun, WorkerBeat
from matching.services import match_start, run_ring
from matching.services.waiting import match_cancel
from tests.faults.deployment import RowLock, WorkerProcess, wait_for, waiting_behind
from tests.faults.runs import forget_the_ring, wait_until_done
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import text_of

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

ASKING = {"HX-Request": "true", "HX-Target": "waiting"}


def waiting_visitor(client: Client, **profile: object) -> Match:
    visitor = uuid.uuid4()
    session = client.session
    session[SESSION_KEY] = str(visitor)
    session.save()
    return match_start(profile=profile_of(**profile), options=options_of(), visitor=visitor)


@pytest.mark.thorough
def test_page_says_that_the_worker_died_and_goes_on_with_the_next(
    deployed: str,
    broker: Celery,
    worker_process: Callable[[], WorkerProcess],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    WorkerBeat.objects.all().delete()
    with worker_process() as first:
        wait_for("the worker beats", WorkerBeat.objects.exists)
        first.kill()
    match = waiting_visitor(client, graduation_year=2019)
    address = f"/matches/{match.pk}/"
    assert "Yours is next." in text_of(client.get(address))  # it was there a moment ago

    later = SimpleNamespace(now=lambda: timezone.now() + timedelta(seconds=40))
    with monkeypatch.context() as clock:
        clock.setattr("matching.views.waiting.timezone", later)
        text = text_of(client.get(address))
    assert "Scoring is not running just now. Your answers are kept." in text
    assert "It was last running on" in text

    forget_the_ring(match.run)
    with worker_process():
        run_ring(timezone.now())
        wait_until_done(match.run)
    assert client.get(address, headers=ASKING)["HX-Redirect"] == address
    assert client.get(address).status_code == 200


@pytest.mark.thorough
def test_cancelled_amid_the_work_nothing_is_written(
    deployed: str, broker: Celery, worker_process: Callable[[], WorkerProcess], client: Client
) -> None:
    match = waiting_visitor(client, graduation_year=2018)
    before, hold = (RowLock(database_url=deployed, run_id=match.run_id) for _ in range(2))
    cancelling = threading.Thread(target=in_own_connection, args=(lambda: match_cancel(match=match),))
    with before:
        wait_for("the row is locked", before.held)
        with worker_process() as worker:
            wait_for("the worker wants the run", lambda: len(waiting_behind(before.pid)) == 1)
            worker_pid = waiting_behind(before.pid)[0]
            with hold:
                wait_for("the next lock is behind the worker", lambda: hold.pid in waiting_behind(worker_pid))
                # First in the queue, the worker claims the run; the lock is there before its next step.
                before.release()
                wait_for("the worker waits amid its work", lambda: waiting_behind(hold.pid) == [worker_pid])
                cancelling.start()
                wait_for("the cancelling is next in the queue", lambda: len(waiting_behind(worker_pid)) == 1)
                hold.release()
                cancelling.join(60)
            wait_for("its message is handled", lambda: worker.succeeded() >= 1)
            # Whichever of the two is first from here on, the worker's last step or the cancelling.
            assert "Traceback" not in worker.log()
    assert not MatchRun.objects.filter(pk=match.run_id).exists()
    assert not Match.objects.filter(pk=match.pk).exists()


def in_own_connection(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connections.close_all()
