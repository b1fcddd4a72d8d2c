"""The figures of the queue are worked out anew by the task, and by the thread where there is no broker."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from matching.chores import OFTEN, Often
from matching.models import Review
from matching.review.queue import refreshing
from matching.tasks import review_risks
from matching.worker import Worker
from smartpick.celery import app
from tests.faults.deployment import wait_for

from .queued import queued

LONG_AGO = timezone.now() - timedelta(days=2)


def old(name: str) -> Review:
    """With figures of before, which its list does not bear out."""
    return queued(name, danger=99, programs=50, missing_facts=0, risk_at=LONG_AGO)


def is_fresh(review: Review) -> bool:
    now = Review.objects.get(pk=review.pk)
    return now.programs == 0 and now.danger != 99 and now.risk_at is not None and now.risk_at > LONG_AGO


@pytest.mark.django_db
def test_review_risks_works_out_what_is_old_and_leaves_the_rest() -> None:
    stale, fresh = old("Ana Diaz"), queued("Bao Chen", danger=7, programs=50)

    review_risks()

    assert is_fresh(stale)
    fresh.refresh_from_db()
    assert (fresh.danger, fresh.programs) == (7, 50)


@pytest.mark.django_db
def test_review_risks_says_how_many_only_where_there_were_some(caplog: pytest.LogCaptureFixture) -> None:
    old("Ana Diaz")
    with caplog.at_level(logging.INFO, logger="matching"):
        review_risks()
        review_risks()
    assert caplog.text.count("1 worked out anew") == 1


@pytest.mark.django_db
def test_review_risks_takes_no_more_at_once_than_a_turn_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "AT_ONCE", 2)
    rows = [old(f"Person{at} Old") for at in range(3)]

    assert refreshing.risks_advance(timezone.now()) == 2
    assert sum(map(is_fresh, rows)) == 2
    assert refreshing.risks_advance(timezone.now()) == 1


def test_beat_rings_for_the_risks_every_ten_minutes() -> None:
    entry = app.conf.beat_schedule["review-risks"]
    assert (entry["task"], entry["schedule"]) == (review_risks.name, refreshing.EVERY_SECONDS)
    assert (refreshing.EVERY_SECONDS, refreshing.risks_advance) in OFTEN


@pytest.mark.django_db(transaction=True)
def test_worker_without_a_broker_works_them_out() -> None:
    review = old("Ana Diaz")

    with Worker(pause_seconds=0.01, often=Often()):
        wait_for("the figures are new", lambda: is_fresh(review))
