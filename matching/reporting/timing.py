"""When there is something to tell of a season, from its dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.season_dates import OPENS, SeasonDate, season_date

READS, WEEK = "programs_review_from", "match_week"
WEEK_LASTS = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class SeasonTimes:
    """Dates of ``season``; None where the file has none."""

    season: str
    opens: SeasonDate | None
    reads: SeasonDate | None
    week: SeasonDate | None

    def started(self, today: date) -> bool:
        """Applications may have been sent."""
        return self.opens is None or self.opens.day <= today

    def week_begun(self, today: date) -> bool:
        return self.week is not None and self.week.day <= today

    def over(self, today: date) -> bool:
        """Match week is past, as far as its date is known: where only the month is, the month is."""
        if self.week is None:
            return False
        return today >= (self.week.day + WEEK_LASTS if _exact(self.week) else _next_month(self.week.day))

    @property
    def reads_day(self) -> date | None:
        return self.reads.day if self.reads else None

    @property
    def week_day(self) -> date | None:
        return self.week.day if self.week else None


def season_times(season: str) -> SeasonTimes:
    return SeasonTimes(
        season, season_date(season, OPENS), season_date(season, READS), season_date(season, WEEK)
    )


def date_words(found: SeasonDate | None) -> str:
    """``3 September 2025``, ``September 2026``; where it is not announced, that too."""
    if found is None:
        return "a date we do not know yet"
    if _exact(found):
        return f"{found.day:%-d %B %Y}"
    pattern = " (not announced; from the pattern of earlier years)" if found.precision == "pattern" else ""
    return f"{found.day:%B %Y}{pattern}"


def _exact(found: SeasonDate) -> bool:
    return found.precision == "day"


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
