"""What an action takes: months to be done, weeks of work, dollars; and from it what counts as cheap."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cost:
    """``months`` from the start to a line in the application, ``weeks`` of work, ``usd``; ``effort`` in
    dollars, a week of work at ``action.week_usd``."""

    months: float
    weeks: float
    usd: float
    effort: float


def cost_of(name: str, values: Mapping[str, float]) -> Cost:
    """From the parameters ``action.<name>.*``."""
    months, weeks, usd = (values[f"action.{name}.{part}"] for part in ("months", "weeks", "usd"))
    return Cost(months, weeks, usd, usd + weeks * values["action.week_usd"])


def started_by(opens: date, months: float) -> date:
    """The last day to start something that takes ``months``, to have it when applications open: whole months
    back on the calendar, and the rest of a month in thirty days."""
    whole = int(months)
    count = opens.year * 12 + opens.month - 1 - whole
    year, month = divmod(count, 12)
    day = min(opens.day, calendar.monthrange(year, month + 1)[1])
    begun = date(year, month + 1, day)
    return date.fromordinal(begun.toordinal() - round((months - whole) * 30))
