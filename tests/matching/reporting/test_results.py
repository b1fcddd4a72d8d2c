"""What statuses and results mean for each other, for the forecast and for the file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.list_words import STATUSES
from matching.models import ListEntry, Outcome
from matching.reporting.results import (
    RESULTS,
    interviewed,
    made_before,
    matched,
    result_of,
    status_of,
)


def test_every_status_and_result_is_known() -> None:
    assert set(RESULTS) == set(Outcome.Result.values)
    assert {status_of(result) for result in RESULTS} == set(STATUSES) - {"plan"}
    assert {result_of(status) for status in ListEntry.Status.values} <= {"", *RESULTS}


@given(st.sampled_from(sorted(RESULTS)))
def test_result_stands_while_its_status_does(result: str) -> None:
    assert result_of(status_of(result), result) == result


@given(st.sampled_from(sorted(STATUSES)), st.sampled_from(["", *sorted(RESULTS)]))
def test_status_is_the_same_after_going_through_a_result(status: str, told: str) -> None:
    result = result_of(status, told)

    assert (status_of(result) if result else "plan") == status


def test_status_that_says_otherwise_wins() -> None:
    assert result_of("invited", "silent") == "invited"
    assert result_of("ranked", "matched") == "matched"
    assert result_of("plan", "matched") == ""
    assert result_of("applied", "declined") == "silent"


@pytest.mark.parametrize(
    ("result", "running", "over"),
    [("silent", None, 0), ("declined", 0, 0), ("invited", 1, 1), ("ranked", 1, 1), ("matched", 1, 1)],
)
def test_interviewed_waits_for_the_end_only_with_silence(result: str, running: int | None, over: int) -> None:
    assert interviewed(result, over=False) == running
    assert interviewed(result, over=True) == over


def test_matched_is_known_with_the_ending() -> None:
    assert matched("ranked", "unknown", over=True) is None
    assert matched("ranked", "elsewhere", over=True) == 0
    assert matched("matched", "here", over=True) == 1
    assert matched("silent", "unknown", over=False) is None
    assert matched("silent", "unknown", over=True) == 0


@given(
    st.sampled_from(sorted(RESULTS)), st.sampled_from(["unknown", "here", "elsewhere", "none"]), st.booleans()
)
def test_matched_there_only_where_interviewed(result: str, ending: str, over: bool) -> None:
    if matched(result, ending, over=over) == 1:
        assert interviewed(result, over=over) == 1


READS, WEEK = date(2026, 9, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("made", "known", "before"),
    [
        (date(2026, 8, 31), date(2026, 8, 1), True),  # nobody could have read it yet
        (date(2026, 9, 1), None, True),
        (date(2026, 10, 1), date(2026, 10, 2), True),
        (date(2026, 10, 1), date(2026, 10, 1), False),
        (date(2026, 10, 2), date(2026, 10, 1), False),
        (date(2027, 3, 1), date(2027, 3, 20), False),  # the results were out
        (date(2027, 3, 1), None, False),
    ],
)
def test_made_before(made: date, known: date | None, before: bool) -> None:
    assert made_before(made, first_known=known, reads=READS, week=WEEK) is before


def test_made_before_without_dates_rests_on_what_was_told() -> None:
    assert made_before(date(2027, 5, 1), first_known=None, reads=None, week=None)
    assert not made_before(date(2027, 5, 1), first_known=date(2027, 5, 1), reads=None, week=None)
