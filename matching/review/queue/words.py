"""One review in the queue, told in short words from the figures kept beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from matching.presentation.numbers import counted, dollars, percent

SOON_DAYS, NEAR_DAYS = 14, 30
NONE_LIKELY = 0.5
MOST_REASONS = 2
NO_NUMBER = "\N{EN DASH}"


class Figures(Protocol):
    """What the words are made of: the columns of a review."""

    danger: float
    p_none: float | None
    strict_fails: int
    deadline: date | None
    unused_signals: int
    over_budget_usd: int
    missing_facts: int


@dataclass(frozen=True, slots=True)
class Level:
    """``marks`` of three are filled: the word and the marks say the same, neither by colour alone."""

    name: str
    word: str
    marks: int


# From which danger on (0 to 100, docs/advising.md).
LEVELS = (
    (45, Level("high", "high", 3)),
    (25, Level("raised", "raised", 2)),
    (12, Level("some", "some", 1)),
    (float("-inf"), Level("low", "low", 0)),
)


def danger_level(danger: float) -> Level:
    return next(level for least, level in LEVELS if danger >= least)


def danger_reasons(row: Figures, today: date) -> tuple[str, ...]:
    """The gravest first, as many as a narrow column takes."""
    days = days_left(row.deadline, today)
    told = (
        (row.p_none is None, "no odds yet"),
        (row.p_none is not None and row.p_none >= NONE_LIKELY, "likely no interview"),
        (days is not None and 0 <= days <= SOON_DAYS, "deadline near"),
        (row.strict_fails > 0, counted(row.strict_fails, "strict fail")),
        (days is not None and days < 0, "deadline passed"),
        (row.missing_facts > 0, counted(row.missing_facts, "fact") + " missing"),
        (row.unused_signals > 0, counted(row.unused_signals, "signal") + " unused"),
        (row.over_budget_usd > 0, "over budget"),
    )
    return tuple(words for holds, words in told if holds)[:MOST_REASONS]


def days_left(deadline: date | None, today: date) -> int | None:
    return None if deadline is None else (deadline - today).days


def deadline_words(deadline: date | None, today: date) -> tuple[str, str]:
    """The day, and how far off it is."""
    days = days_left(deadline, today)
    if deadline is None or days is None:
        return "", ""
    day = f"{deadline:%-d %b}" if deadline.year == today.year else f"{deadline:%-d %b %Y}"
    if days < 0:
        return day, f"{-days} d ago"
    return day, "today" if not days else f"{days} d left"


def waiting_words(since: datetime, now: datetime) -> str:
    """Whole days, hours on the first."""
    passed = now - since
    if passed.days >= 1:
        return f"{passed.days} d"
    return f"{max(int(passed.total_seconds()), 0) // 3600} h"


def share_words(value: float | None) -> str:
    """A chance, or a dash where none is known."""
    return NO_NUMBER if value is None else percent(value)


def budget_words(value: int) -> str:
    return f"+{dollars(value)}" if value else "0"
