"""The dates of a season as a plan needs them: how sure each is, and which openings may be aimed at."""

import calendar
from datetime import date, timedelta
from typing import Literal, cast

from matching.planning.document import Dated, Precision
from matching.season_dates import OPENS
from programs.reference import Row, reference_rows

REGISTER = "nrmp_standard_registration_deadline"
LABELS = {
    "eras_opens": "ERAS opens: tokens and documents",
    OPENS: "Applications can be sent",
    "programs_review_from": "Programs begin to read",
    REGISTER: "Last day to register with the NRMP without a late fee",
    "rank_list_deadline": "Rank order list is due",
    "match_week": "Match week",
    "soap": "SOAP",
    "eras_closes": "ERAS closes for the season",
}
FARTHEST = 2 * 366  # days: two years ahead
Stage = Literal["before", "open", "interviews", "soap"]


def dates_of(season: str) -> tuple[Dated, ...]:
    """Every date the file has of a season, in the order it lists them."""
    return tuple(_dated(row) for row in reference_rows("season_dates") if row["season"] == season)


def _dated(row: Row) -> Dated:
    year, month, *day = (int(part) for part in row["date"].split("-"))
    return Dated(
        event=row["event"],
        label=LABELS.get(row["event"], row["event"]),
        day=date(year, month, day[0] if day else 1),
        precision=cast("Precision", row["precision"]),
        day_known=bool(day),
        source=row["source"],
        note=row["note"],
    )


def date_of(season: str, event: str) -> Dated | None:
    return next((dated for dated in dates_of(season) if dated.event == event), None)


def last_day(dated: Dated) -> date:
    """The last day it can fall on: its own, or the last of its month where the day is not known."""
    if dated.day_known:
        return dated.day
    return dated.day.replace(day=calendar.monthrange(dated.day.year, dated.day.month)[1])


def season_after(season: str) -> str | None:
    """The season after, where the file has its opening."""
    later = str(int(season) + 1)
    return later if date_of(later, OPENS) else None


def aims(season: str, as_of: date) -> tuple[str, ...]:
    """The seasons that may be aimed at, from ``season`` on: not over, and opening within two years."""
    found = []
    at: str | None = season
    while at is not None:
        opens, week = date_of(at, OPENS), date_of(at, "match_week")
        over = week is not None and last_day(week) < as_of
        if opens and week and not over and opens.day <= as_of + timedelta(days=FARTHEST):
            found.append(at)
        at = season_after(at)
    return tuple(found)


def aim_usual(season: str, as_of: date) -> str | None:
    """The first season whose applications are still to open; None where the file ends before it."""
    for aim in aims(season, as_of):
        opens = date_of(aim, OPENS)
        if opens and opens.day > as_of:
            return aim
    return None


def stage_of(dates: tuple[Dated, ...], as_of: date) -> Stage:
    """Where ``as_of`` stands in a season that is not over."""
    by = {dated.event: dated for dated in dates}
    if as_of < by[OPENS].day:
        return "before"
    if as_of >= by["match_week"].day:
        return "soap"
    return "open" if as_of <= last_day(by["programs_review_from"]) else "interviews"
