"""A run is rung for once its row is committed, and never at the cost of the request."""

import logging
from typing import Any

import pytest
from django.db import OperationalError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching.services import bell
from matching.services.bell import runs_bell
from tests.faults.deployment import NOBODY_LISTENS, broker_of_settings

pytestmark = pytest.mark.django_db


def test_runs_bell_rings_at_commit_and_not_before(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None
    rung: list[int] = []
    monkeypatch.setattr(bell, "run_score", rung.append)

    with django_capture_on_commit_callbacks(execute=True):
        runs_bell(run_ids=[7])
        assert rung == []

    assert rung == [7]


def test_runs_bell_is_silent_when_the_transaction_fails(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None
    rung: list[int] = []
    monkeypatch.setattr(bell, "run_score", rung.append)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        runs_bell(run_ids=[7])
        transaction.set_rollback(True)

    assert rung == []


def test_runs_bell_leaves_a_run_that_meets_a_passing_error_to_the_next_ring(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None

    def away(run_id: int) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(bell, "run_score", away)

    with (
        caplog.at_level(logging.WARNING, logger="matching"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        runs_bell(run_ids=[7])

    assert "run 7: put back, left to the next ring (database is locked)" in caplog.text


def test_runs_bell_survives_a_broker_that_is_down(
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = NOBODY_LISTENS

    with broker_of_settings(), django_capture_on_commit_callbacks(execute=True):
        runs_bell(run_ids=[7])

    assert "the broker does not answer, 1 runs are left to the next ring" in caplog.text


def test_runs_bell_asks_a_broker_that_is_down_once(
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Five hundred runs must not wait for five hundred silences."""
    settings.CELERY_BROKER_URL = NOBODY_LISTENS

    with broker_of_settings(), django_capture_on_commit_callbacks(execute=True):
        runs_bell(run_ids=range(500))

    assert caplog.text.count("the broker does not answer") == 1
    assert "500 runs are left to the next ring" in caplog.text


def test_runs_bell_scores_every_run_here_whatever_becomes_of_one(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None
    scored: list[int] = []

    def away_for_the_first(run_id: int) -> None:
        scored.append(run_id)
        if run_id == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(bell, "run_score", away_for_the_first)

    with django_capture_on_commit_callbacks(execute=True):
        runs_bell(run_ids=[1, 2])

    assert scored == [1, 2]
