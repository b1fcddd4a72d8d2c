"""One review in short words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.review.queue.words import (
    MOST_REASONS,
    budget_words,
    danger_level,
    danger_reasons,
    deadline_words,
    share_words,
    waiting_words,
)

TODAY = date(2026, 11, 23)


@dataclass
class Row:
    danger: float = 0
    p_none: float | None = 0.1
    strict_fails: int = 0
    deadline: date | None = None
    unused_signals: int = 0
    over_budget_usd: int = 0
    missing_facts: int = 0


@given(st.floats(0, 100), st.floats(0, 100))
def test_danger_level_never_falls_where_danger_grows(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert danger_level(low).marks <= danger_level(high).marks


def test_danger_level_is_told_by_word_and_marks() -> None:
    assert [(danger_level(value).word, danger_level(value).marks) for value in (0, 12, 25, 45, 100)] == [
        ("low", 0), ("some", 1), ("raised", 2), ("high", 3), ("high", 3),
    ]  # fmt: skip


def test_danger_reasons_name_the_gravest() -> None:
    everything = Row(p_none=0.7, strict_fails=2, deadline=TODAY, unused_signals=1, missing_facts=1)
    assert danger_reasons(everything, TODAY) == ("likely no interview", "deadline near")
    assert danger_reasons(Row(p_none=None, missing_facts=1), TODAY) == ("no odds yet", "1 fact missing")
    assert danger_reasons(Row(over_budget_usd=30, unused_signals=3), TODAY) == (
        "3 signals unused",
        "over budget",
    )
    assert danger_reasons(Row(), TODAY) == ()


@given(
    st.builds(
        Row,
        p_none=st.none() | st.floats(0, 1),
        strict_fails=st.integers(0, 9),
        deadline=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        unused_signals=st.integers(0, 9),
        over_budget_usd=st.integers(0, 9000),
        missing_facts=st.integers(0, 9),
    )
)
def test_danger_reasons_fit_the_column(row: Row) -> None:
    assert len(danger_reasons(row, TODAY)) <= MOST_REASONS


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ("23 Nov", "today")),
        (9, ("2 Dec", "9 d left")),
        (-1, ("22 Nov", "1 d ago")),
        (60, ("22 Jan 2027", "60 d left")),
    ],
)
def test_deadline_words(days: int, words: tuple[str, str]) -> None:
    assert deadline_words(TODAY + timedelta(days=days), TODAY) == words


def test_words_of_what_is_not_there() -> None:
    assert (deadline_words(None, TODAY), share_words(None), budget_words(0)) == (("", ""), "–", "0")


@pytest.mark.parametrize(("hours", "words"), [(0, "0 h"), (-2, "0 h"), (5, "5 h"), (24, "1 d"), (76, "3 d")])
def test_waiting_words(hours: int, words: str) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert waiting_words(now - timedelta(hours=hours), now) == words
