"""The background thread of a site without a broker: real threads, a real database, no transaction around."""

import logging
import threading
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from matching import chores
from matching import worker as worker_module
from matching.catalogue import CatalogueEmpty
from matching.models import MatchRun, WorkerBeat
from matching.services import match_start
from matching.worker import Worker
from programs.models import DataVersion
from tests.faults.deployment import wait_for
from tests.matching.factories import NOW, key_make, run_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db(transaction=True)


def left_lying(**profile: object) -> MatchRun:
    """A run whose process ended between its commit and its score."""
    key, _ = key_make()
    run = match_start(profile=profile_of(**profile), options=options_of(), api_key=key).run
    MatchRun.objects.filter(pk=run.pk).update(
        state="queued", result=None, finished_at=None, attempts=0, rung_at=NOW - timedelta(days=1)
    )
    return run


def state(run: MatchRun) -> str:
    return MatchRun.objects.values_list("state", flat=True).get(pk=run.pk)


def test_worker_scores_what_was_left_lying(small_catalogue: DataVersion, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    first, second = left_lying(), left_lying(graduation_year=2020)

    with Worker(pause_seconds=0.01):
        wait_for("both runs are done", lambda: state(first) == state(second) == "done")

    assert set(MatchRun.objects.values_list("attempts", flat=True)) == {1}


def test_worker_takes_up_a_run_whose_lease_is_over(small_catalogue: DataVersion, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    run = left_lying()
    MatchRun.objects.filter(pk=run.pk).update(
        state="running",
        claim_token=uuid.uuid4(),
        claimed_until=timezone.now() - timedelta(seconds=1),
        attempts=1,
    )

    with Worker(pause_seconds=0.01):
        wait_for("the run is done", lambda: state(run) == "done")

    assert MatchRun.objects.get(pk=run.pk).attempts == 2


def test_worker_stops_and_leaves_no_thread() -> None:
    worker = Worker(pause_seconds=3600)
    worker.start()
    assert worker.is_alive()

    assert worker.stop(timeout=20)

    assert not worker.is_alive()
    assert "matching-worker" not in {thread.name for thread in threading.enumerate()}


def test_worker_stops_between_two_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to stop in the middle of a long queue, it finishes the run in its hands and takes no other."""
    runs = [run_make(rung_at=NOW - timedelta(days=1)) for _ in range(3)]
    begun, go_on = threading.Event(), threading.Event()
    scored: list[int] = []

    def slow(run_id: int) -> None:
        scored.append(run_id)
        begun.set()
        assert go_on.wait(20)

    monkeypatch.setattr(worker_module, "run_score", slow)
    worker = Worker(pause_seconds=0.01)
    worker.start()
    assert begun.wait(20)

    assert not worker.stop(timeout=0)
    go_on.set()
    assert worker.stop(timeout=20)

    assert scored == [runs[0].pk]


def test_worker_logs_an_error_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns: list[int] = []

    def away_at_first(now: Any) -> list[int]:
        turns.append(1)
        if len(turns) == 1:
            raise OperationalError("gone away")
        return []

    monkeypatch.setattr(worker_module, "runs_unheard_take", away_at_first)

    with caplog.at_level(logging.ERROR, logger="matching"), Worker(pause_seconds=0.01):
        wait_for("another turn", lambda: len(turns) >= 3)

    assert "met an error and goes on" in caplog.text
    assert "gone away" in caplog.text


def test_worker_warms_the_engine_before_its_first_turn(
    small_catalogue: DataVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed = threading.Event()
    monkeypatch.setattr("matching.catalogue.catalogue_warm", warmed.set)

    with Worker(pause_seconds=3600):
        assert warmed.wait(timeout=20)


@pytest.mark.parametrize(
    ("error", "words"),
    [(CatalogueEmpty("none"), "nothing to warm"), (OSError("gone"), "could not be warmed")],
)
def test_worker_that_cannot_warm_goes_on(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise error

    turned = threading.Event()
    monkeypatch.setattr("matching.catalogue.catalogue_warm", fail)
    monkeypatch.setattr(Worker, "_turn", lambda _: turned.set())
    with caplog.at_level(logging.INFO, logger="matching.worker"), Worker(pause_seconds=3600):
        assert turned.wait(timeout=20)
    assert words in caplog.text


def test_worker_says_that_it_is_alive() -> None:
    with Worker(pause_seconds=0.01):
        wait_for("a beat", WorkerBeat.objects.exists)
    assert WorkerBeat.objects.get().name.startswith("thread@")


def test_worker_does_the_chores_at_once_and_once_a_day() -> None:
    times = iter([NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)])
    done: list[date] = []
    worker = Worker(chores=lambda now: done.append(now.date()))
    for now in times:
        worker._chores_do(now)
    assert done == [NOW.date(), NOW.date() + timedelta(days=1)]


def test_worker_without_chores_does_none() -> None:
    with Worker(pause_seconds=0.01):
        wait_for("it is alive", WorkerBeat.objects.exists)


def test_worker_goes_on_after_a_chore_that_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def breaks(*, now: datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr(chores, "retention_sweep", breaks)
    monkeypatch.setattr(chores, "reminders_send", lambda now: done.append("reminders"))
    monkeypatch.setattr(chores, "uses_count", lambda now: None)
    with Worker(pause_seconds=0.01, chores=chores.chores_run):
        wait_for("the other chore is done", lambda: done == ["reminders"])
    assert "a daily chore met an error" in caplog.text
