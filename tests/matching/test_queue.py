from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.queue import run_standing
from matching.services.beats import worker_beat
from tests.matching.factories import NOW, run_done_make, run_make, run_running_make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_run_standing_counts_those_before_it() -> None:
    worker_beat(name="w", now=NOW)
    first, second, third = (run_make(created_at=NOW + n * SECOND) for n in (0, 1, 1))
    run_done_make(created_at=NOW - SECOND)
    assert [run_standing(run, now=NOW).before for run in (first, second, third)] == [0, 1, 2]


@pytest.mark.parametrize(("silent", "nobody"), [(0, False), (30, False), (31, True)])
def test_run_standing_says_when_no_worker_is_there(silent: int, nobody: bool) -> None:
    worker_beat(name="w", now=NOW - silent * SECOND)
    standing = run_standing(run_make(), now=NOW)
    assert standing.nobody is nobody
    assert standing.silent_since == (NOW - silent * SECOND if nobody else None)


def test_run_standing_where_no_worker_ever_was() -> None:
    standing = run_standing(run_make(), now=NOW)
    assert (standing.nobody, standing.silent_since) == (True, None)


def test_run_standing_one_live_worker_of_several_is_enough() -> None:
    worker_beat(name="dead", now=NOW - 100 * SECOND)
    worker_beat(name="alive", now=NOW)
    assert not run_standing(run_make(), now=NOW).nobody


def test_run_standing_in_a_workers_hands(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = run_running_make(claimed_until=NOW + SECOND, step=1)
    with django_assert_num_queries(0):
        standing = run_standing(run, now=NOW)
    assert (standing.state, standing.step, standing.nobody) == ("running", 1, False)


def test_run_standing_whose_worker_died_waits_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = run_running_make(claimed_until=NOW - SECOND, step=1)
    with django_assert_num_queries(2):
        standing = run_standing(run, now=NOW)
    assert (standing.state, standing.step, standing.nobody) == ("queued", 0, True)
