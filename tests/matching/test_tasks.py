"""A task takes an id and hands it on; tests/faults has a real broker and a real worker."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import Celery
from celery.exceptions import Retry
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching import tasks
from matching.models import Match, MatchRun, WorkerBeat
from matching.planning.reminders import reminders_ask
from matching.services import match_start
from matching.tasks import ring_at_start, ring_runs, score_run
from programs.models import DataVersion
from tests.faults.deployment import NOBODY_LISTENS, broker_of_settings
from tests.matching.factories import key_make, match_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.people import account_make
from tests.matching.planning.fed import plan_make, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(small_catalogue: DataVersion) -> MatchRun:
    key, _ = key_make()
    return match_start(profile=profile_of(), options=options_of(), api_key=key).run


def test_score_run_scores_the_run(queued: MatchRun) -> None:
    score_run(queued.pk)

    queued.refresh_from_db()
    assert queued.state == "done"


def test_score_run_acknowledges_after_the_work() -> None:
    """A worker that dies keeps its message unacknowledged."""
    assert score_run.acks_late
    assert score_run.ignore_result


def test_score_run_retries_a_passing_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(run_id: int) -> None:
        raise OperationalError("gone away")

    monkeypatch.setattr(tasks, "run_score", away)

    with pytest.raises(Retry):
        score_run.apply((7,), throw=True)


def test_score_run_does_not_retry_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(run_id: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "run_score", broken)

    with pytest.raises(ZeroDivisionError):
        score_run.apply((7,), throw=True)


def test_ring_runs_takes_up_what_was_left_lying(
    queued: MatchRun,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None
    MatchRun.objects.filter(pk=queued.pk).update(rung_at=timezone.now() - timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        ring_runs()

    queued.refresh_from_db()
    assert queued.state == "done"


def test_ring_at_start_survives_a_broker_that_is_down(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CELERY_BROKER_URL = NOBODY_LISTENS

    with broker_of_settings():
        ring_at_start()

    assert "the first ring is left to beat" in caplog.text


def test_beat_while_connected_is_written_every_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Celery's heart beats more often than we write; a test's own connection stays open."""
    monkeypatch.setattr(connection, "close", lambda: None)
    heart = SimpleNamespace(eventer=SimpleNamespace(hostname="celery@here"))
    tasks.beat_while_connected(sender=heart)
    first = WorkerBeat.objects.get(name="celery@here").beat_at
    tasks.beat_while_connected(sender=heart)
    assert WorkerBeat.objects.get().beat_at == first
    heart.smartpick_beat = first - timedelta(seconds=6)
    tasks.beat_while_connected(sender=heart)
    assert WorkerBeat.objects.get().beat_at > first


@pytest.mark.parametrize(("queues", "beats"), [(["webhooks"], 0), (["webhooks", "matches"], 1), (None, 1)])
def test_beat_while_connected_is_of_who_scores(
    monkeypatch: pytest.MonkeyPatch, queues: list[str] | None, beats: int
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    app = Celery("sender", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    if queues:
        app.amqp.queues.select(queues)

    tasks.beat_while_connected(sender=SimpleNamespace(eventer=SimpleNamespace(hostname="celery@s", app=app)))

    assert WorkerBeat.objects.count() == beats


def test_beat_while_connected_survives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(**_: object) -> None:
        raise OperationalError("gone away")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(tasks, "worker_beat", away)
    tasks.beat_while_connected(sender=SimpleNamespace(eventer=SimpleNamespace(hostname="celery@here")))
    assert "could not say that it is alive (gone away)" in caplog.text


def test_retention_deletes_what_has_had_its_time() -> None:
    match_make(created_at=timezone.now() - timedelta(days=1000))
    tasks.retention()
    assert not Match.objects.exists()


def test_plan_reminders_writes_to_whoever_asked(settings: Settings) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://smartpick.example.org"
    plan = plan_make(step("letters_asked", timezone.now().date() + timedelta(days=2)), owner=account_make())
    reminders_ask(plan=plan, now=timezone.now())
    tasks.plan_reminders()
    tasks.plan_reminders()
    assert len(mail.outbox) == 1
