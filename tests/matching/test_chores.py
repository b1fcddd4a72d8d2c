"""What is due every few minutes; what is due daily is met in test_worker."""

from datetime import datetime, timedelta

import pytest

from matching import chores
from matching.chores import OFTEN, Often, cohorts_work
from matching.cohorts import scoring
from matching.worker import Worker
from tests.faults.deployment import wait_for
from tests.matching.cohorts.worked import cohort_waiting, lines_score
from tests.matching.factories import NOW


def test_often_does_each_chore_in_its_own_time() -> None:
    done: list[tuple[str, int]] = []
    often = Often(
        [
            (600, lambda now: done.append(("risks", (now - NOW).seconds))),
            (0, lambda now: done.append(("import", (now - NOW).seconds))),
        ]
    )

    for seconds in (0, 5, 599, 600, 1200):
        often(NOW + timedelta(seconds=seconds))

    assert [at for name, at in done if name == "risks"] == [0, 600, 1200]
    assert [at for name, at in done if name == "import"] == [0, 5, 599, 600, 1200]


def test_often_goes_on_after_a_chore_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    done: list[datetime] = []

    def breaks(now: datetime) -> None:
        raise RuntimeError

    often = Often([(60, breaks), (60, done.append)])
    often(NOW)
    often(NOW + timedelta(seconds=30))

    assert done == [NOW]
    assert caplog.text.count("a chore met an error") == 1


@pytest.mark.django_db(transaction=True)
def test_worker_does_not_pause_while_more_is_left() -> None:
    """Work that comes in between is taken up first in each turn: runs are looked for before all else."""
    turns: list[datetime] = []

    def work(now: datetime) -> bool:
        turns.append(now)
        return len(turns) < 5

    with Worker(pause_seconds=3600, often=Often([(0, work)])):
        wait_for("five turns", lambda: len(turns) == 5)

    assert len(turns) == 5


@pytest.mark.django_db
def test_cohorts_are_worked_on_without_a_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "COHORTS_SECONDS", 0.0)
    monkeypatch.setattr(scoring, "chunk_score", lines_score)
    cohort = cohort_waiting(2)
    often = Often([entry for entry in OFTEN if entry[1] is cohorts_work])

    assert often(NOW)
    assert not often(NOW)

    cohort.refresh_from_db()
    assert cohort.state == "done"


@pytest.mark.django_db(transaction=True)
def test_worker_does_at_every_turn_what_is_due_often() -> None:
    turns: list[datetime] = []

    with Worker(pause_seconds=0.01, often=turns.append):
        wait_for("three turns", lambda: len(turns) > 2)

    assert turns == sorted(turns)
