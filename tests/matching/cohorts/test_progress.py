"""What is told of a cohort's progress, and what goes with a key."""

from datetime import datetime, timedelta

import pytest

from matching.cohorts.running import cohort_eta, cohorts_turn
from matching.models import Cohort, CohortChunk
from tests.matching.cohorts.worked import clock, cohort_staged, cohort_waiting
from tests.matching.factories import NOW, key_make


def cohort_of(**values: object) -> Cohort:
    return Cohort(**{"state": "running", "started_at": NOW, "weight": 100, "weight_done": 25, **values})


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_eta_is_what_is_left_at_the_pace_so_far() -> None:
    assert cohort_eta(cohort_of(), now=after(10)) == 30
    assert cohort_eta(cohort_of(weight_done=99), now=after(10)) == 1
    assert cohort_eta(cohort_of(), now=after(10.1)) == 31  # rounded up


@pytest.mark.parametrize(
    "values",
    [
        {"state": "queued", "started_at": None, "weight_done": 0},
        {"weight_done": 0},  # its first chunk is in work
        {"state": "failed"},
        {"state": "cancelled"},
    ],
)
def test_eta_is_none_while_nothing_is_known_and_where_it_ends_never(values: dict[str, object]) -> None:
    assert cohort_eta(cohort_of(**values), now=after(10)) is None


def test_eta_is_never_nought_before_the_end() -> None:
    assert cohort_eta(cohort_of(weight_done=100), now=after(10)) == 1
    assert cohort_eta(cohort_of(), now=after(-5)) == 1  # another machine's clock
    assert cohort_eta(cohort_of(state="done", weight_done=100), now=after(10)) == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("lines_alone")
def test_eta_knows_of_the_turns_of_others() -> None:
    """With a second partner in turn each goes at half the pace, and is told so."""
    mine = cohort_waiting(20)
    cohort_waiting(20, at=NOW + timedelta(seconds=1))
    tick = clock(NOW, step=1.0)
    while mine.weight_done < 20:
        cohorts_turn(now_of=tick, seconds=0)
        mine.refresh_from_db()
    now = tick()
    spent = (now - mine.started_at).total_seconds() if mine.started_at else 0
    eta = cohort_eta(mine, now=now)
    assert eta is not None
    assert abs(eta - spent) <= 1  # as long again: half of it is done


@pytest.mark.django_db
def test_cohorts_go_with_their_key() -> None:
    key, _ = key_make()
    cohort_waiting(2, key=key)
    cohort_staged([["a"]], key=key)
    other = cohort_waiting(1)

    key.delete()

    assert list(Cohort.objects.all()) == [other]
    assert CohortChunk.objects.count() == 1
