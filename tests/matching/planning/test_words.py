import pytest

from matching.planning.document import Spread
from matching.planning.words import cost_words, gain_words, months_left_words, source_parts


@pytest.mark.parametrize(
    ("spread", "words"),
    [
        (Spread(0.058, 0.009, 0.095), "+1 to +10 in 100, best guess +6"),
        (Spread(0.011, -0.021, 0.034), "\N{MINUS SIGN}2 to +3 in 100, best guess +1"),
        (Spread(0.0, 0.0, 0.001), "0 in 100"),
    ],
)
def test_a_gain_is_a_range_before_a_point(spread: Spread, words: str) -> None:
    assert gain_words(spread) == words


@pytest.mark.parametrize(
    ("usd", "weeks", "words"),
    [
        (2500, 4.0, "about $2,500, 4 weeks of work"),
        (0, 0.5, "no fee, a few days of work"),
        (1800, 1.0, "about $1,800, a week of work"),
        (0, 0.0, "no fee"),
    ],
)
def test_what_a_step_takes(usd: int, weeks: float, words: str) -> None:
    assert cost_words(usd, weeks) == words


def test_the_time_left_and_where_it_is_from() -> None:
    assert [months_left_words(each) for each in (0.4, 1.2, 9.3)] == [
        "less than a month",
        "about 1 month",
        "about 9 months",
    ]
    assert source_parts("https://a.org/b (read 2026-11-22)") == ("https://a.org/b", "read 2026-11-22")
    assert source_parts("nrmp.org match calendars (2025)") == ("", "nrmp.org match calendars (2025)")
