"""The dates of a season, as announced or from the pattern of earlier ones (fixtures/season_dates.csv)."""

from dataclasses import dataclass
from datetime import date

from programs.reference import reference_rows

OPENS = "eras_submit_from"


@dataclass(frozen=True, slots=True)
class SeasonDate:
    """``day``: the first of the month where only the month is known. ``precision``: day, month or pattern."""

    day: date
    precision: str


def season_date(season: str, event: str) -> SeasonDate | None:
    """The date of ``event``; None where the file has none."""
    for row in reference_rows("season_dates"):
        if row["season"] == season and row["event"] == event:
            year, month, *day = (int(part) for part in row["date"].split("-"))
            return SeasonDate(date(year, month, day[0] if day else 1), row["precision"])
    return None


def opening_after(season: str, as_of: date) -> tuple[str, SeasonDate] | None:
    """The first opening of applications after ``as_of``, from ``season`` on, with its season; None where the
    file ends before it."""
    while (opens := season_date(season, OPENS)) is not None:
        if opens.day > as_of:
            return season, opens
        season = str(int(season) + 1)
    return None
