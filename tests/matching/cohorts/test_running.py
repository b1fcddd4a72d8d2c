"""Opening a cohort and working it through, by one worker at a time; several are met in the machine."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from matching.cohorts import scoring
from matching.cohorts.faults import ModelChanged
from matching.cohorts.running import cohort_cancel, cohort_open, cohorts_ring, cohorts_turn
from matching.models import Cohort, CohortChunk
from tests.matching.cohorts.worked import cohort_staged, cohort_waiting, results_of
from tests.matching.factories import NOW, key_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lines_alone")]


def clock(start: datetime = NOW, step: float = 0.1) -> Callable[[], datetime]:
    """A clock that goes on by ``step`` seconds whenever it is looked at."""
    ticks = iter(range(10**9))
    return lambda: start + timedelta(seconds=step * next(ticks))


def test_cohort_open_queues_and_turn_ends_it() -> None:
    cohort = cohort_staged([["a", "bad-b"], ["c"]])
    assert not cohorts_turn(now_of=clock(), seconds=1)  # nobody is told of what is still coming in

    cohort_open(cohort=cohort, now=NOW)
    assert cohort.state == "queued"
    assert not cohorts_turn(now_of=clock(), seconds=60)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.rejected) == ("done", 2, 1)
    assert cohort.weight_done == cohort.weight
    assert results_of(cohort) == ["a", "c"]


def test_cohort_open_without_applicants_is_done() -> None:
    cohort = cohort_staged([])
    cohort_open(cohort=cohort, now=NOW)
    assert (cohort.state, cohort.finished_at) == ("done", NOW)
    assert cohort.erase_at == NOW + timedelta(days=14)
