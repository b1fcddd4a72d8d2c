"""Phases fill the time there is: in order, without gaps, whatever the day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.planning.dates import dates_of, last_day
from matching.planning.document import Dated
from matching.planning.phases import ORDER, earlier, phase_at, windows
from matching.season_dates import OPENS

SEASONS = ("2027", "2028", "2029")


def by_event(season: str) -> dict[str, Dated]:
    return {dated.event: dated for dated in dates_of(season)}


@given(season=st.sampled_from(SEASONS), before=st.integers(-210, 760))
def test_phases_follow_one_another_to_the_end_of_match_week(season: str, before: int) -> None:
    dates = by_event(season)
    as_of = dates[OPENS].day - timedelta(days=before)
    if as_of > last_day(dates["match_week"]):
        return
    found = windows(as_of, dates)
    codes = list(found)
    assert codes == [code for code in ORDER if code in found]
    assert next(iter(found.values()))[0] == as_of
    assert found["soap"][1] > last_day(dates["match_week"])
    spans = list(found.values())
    assert all(start < end for start, end in spans)
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    prepares = {"assess", "train", "letters"} & found.keys()
    assert bool(prepares) is (before > 0)


@given(season=st.sampled_from(SEASONS), before=st.integers(370, 760))
def test_with_a_year_or_more_the_middle_takes_what_is_over(season: str, before: int) -> None:
    dates = by_event(season)
    found = windows(dates[OPENS].day - timedelta(days=before), dates)
    length = {code: (end - start).days for code, (start, end) in found.items()}
    assert length["assess"] == length["letters"] == 92
    assert length["train"] >= 2 * 92


def test_with_less_time_the_shares_stay() -> None:
    dates = by_event("2028")
    found = windows(dates[OPENS].day - timedelta(days=120), dates)
    assert [(end - start).days for start, end in list(found.values())[:3]] == [30, 60, 30]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 1, 1), "assess"),
        (date(2027, 3, 1), "train"),
        (date(2027, 8, 31), "letters"),
        (date(2027, 9, 1), "apply"),
        (date(2029, 1, 1), "soap"),
    ],
)
def test_a_day_falls_in_one_phase(day: date, code: str) -> None:
    assert phase_at(day, windows(date(2026, 11, 22), by_event("2028"))) == code


def test_the_earlier_of_two_phases() -> None:
    assert earlier("letters", "assess") == earlier("assess", "letters") == "assess"
