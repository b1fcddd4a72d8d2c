from datetime import date

import pytest

from matching.planning.dates import aim_usual, aims, date_of, dates_of, last_day, season_after, stage_of
from matching.season_dates import OPENS


@pytest.mark.parametrize(
    ("as_of", "usual", "offered"),
    [
        (date(2026, 8, 1), "2027", ("2027", "2028")),
        (date(2026, 11, 22), "2028", ("2027", "2028", "2029")),
        (date(2027, 4, 1), "2028", ("2028", "2029")),
        (date(2028, 1, 15), "2029", ("2028", "2029")),
        (date(2030, 1, 1), None, ()),
    ],
)
def test_the_next_opening_is_aimed_at_and_others_are_offered(
    as_of: date, usual: str | None, offered: tuple[str, ...]
) -> None:
    assert aim_usual("2027", as_of) == usual
    assert aims("2027", as_of) == offered


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        (date(2026, 8, 31), "before"),
        (date(2026, 9, 1), "open"),
        (date(2026, 9, 30), "open"),
        (date(2026, 10, 1), "interviews"),
        (date(2027, 3, 1), "soap"),
    ],
)
def test_the_stage_of_a_season_is_by_the_day(as_of: date, stage: str) -> None:
    assert stage_of(dates_of("2027"), as_of) == stage


def test_how_sure_a_date_is_comes_with_it() -> None:
    announced, pattern = date_of("2026", OPENS), date_of("2029", OPENS)
    assert announced is not None
    assert (announced.precision, announced.day_known) == ("day", True)
    assert pattern is not None
    assert (pattern.precision, pattern.day_known, pattern.source != "") == ("pattern", False, True)
    assert last_day(pattern) == date(2028, 9, 30)
    assert last_day(announced) == announced.day


def test_the_table_ends_where_it_ends() -> None:
    assert season_after("2028") == "2029"
    assert season_after("2029") is None
    assert date_of("2028", "no such event") is None
