"""Dates, gains and costs of a plan in words. How sure a date is stands with it, always."""

from datetime import date

from matching.planning.document import Dated, Spread, Step
from matching.presentation.numbers import dollars

SURE = {
    "day": "announced",
    "month": "the month is announced, the day is not",
    "pattern": "not announced; from the pattern of earlier years",
}
LONG = 60  # days: a task that runs so long is told from and to


def day_words(day: date, *, year: bool = True) -> str:
    return f"{day.day} {day:%B} {day.year}" if year else f"{day.day} {day:%B}"


def month_words(day: date) -> str:
    return f"{day:%B} {day.year}"


def dated_words(dated: Dated) -> str:
    """``3 June 2026``, ``September 2026``, ``about September 2027``."""
    when = day_words(dated.day) if dated.day_known else month_words(dated.day)
    return f"about {when}" if dated.precision == "pattern" else when


def due_words(step: Step, dated: Dated | None) -> str:
    """By when, and from when for what takes long. A date of the season is told as far as it is known."""
    same = dated is not None and dated.day == step.due
    end = dated_words(dated) if dated is not None and same else day_words(step.due)
    if step.start >= step.due:
        return end
    if step.kind == "task" and (step.due - step.start).days > LONG:
        return f"{month_words(step.start)} to {end}"
    return f"start by {day_words(step.start)}" if step.kind == "action" else f"by {end}"


def months_left_words(months: float) -> str:
    if months < 1:
        return "less than a month"
    count = round(months)
    return f"about {count} month{'' if count == 1 else 's'}"


def gain_words(spread: Spread) -> str:
    """In matches of a hundred seasons: the range, then the best guess."""
    low, value, high = (_signed(each) for each in (spread.low, spread.value, spread.high))
    if low == high:
        return f"{value} in 100"
    return f"{low} to {high} in 100, best guess {value}"


def _signed(share: float) -> str:
    """Whole hundredths; what is neither nothing nor one reads ``under 1``."""
    hundredths = round(share * 100)
    if hundredths == 0:
        return "0"
    sign = "+" if hundredths > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(hundredths)}"


def cost_words(usd: int, weeks: float) -> str:
    parts = [f"about {dollars(usd)}"] if usd else ["no fee"]
    if weeks >= 1:
        parts.append(f"{weeks:g} weeks of work" if weeks != 1 else "a week of work")
    elif weeks:
        parts.append("a few days of work")
    return ", ".join(parts)


def source_parts(source: str) -> tuple[str, str]:
    """The address a source begins with, if it does, and the words after it."""
    first, _, rest = source.partition(" ")
    return (first, rest.strip("()")) if first.startswith("https://") else ("", source)
