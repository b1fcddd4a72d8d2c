"""What a report keeps of itself: the forecast of its chances and its tally. Reading reckons nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from matching.models import ChanceBefore, Outcome, OutcomeReport

from .results import INTERVIEWS, made_before
from .timing import SeasonTimes, season_times

Counted = tuple[Outcome, ChanceBefore]


def report_reckon(*, report: OutcomeReport, now: datetime) -> None:
    """Anew from its rows. What it says has changed, so nobody has seen the evidence for it any more."""
    from matching.reference import model_for  # noqa: PLC0415

    from .forecast import forecast_of  # noqa: PLC0415

    counted = outcomes_counted(report)
    chances = [chance.probability for _, chance in counted if chance.probability is not None]
    report.forecast = forecast_of(chances, model_for(report.season))
    report.tally = tally_of(counted)
    if report.forecast is not None:
        report.forecast["came"] = sum(row[2] for row in report.tally.values())
    report.evidence, report.seen_by, report.seen_at = OutcomeReport.Evidence.SAID, None, None
    report.updated_at = now
    report.save()


def outcomes_counted(report: OutcomeReport) -> list[Counted]:
    """The applications that hold a forecast against an outcome: those with a chance from before."""
    return counted_of(report, report.outcomes.select_related("chance"), season_times(report.season))


def counted_of(report: OutcomeReport, rows: Iterable[Outcome], times: SeasonTimes) -> list[Counted]:
    rows = list(rows)
    known = first_known(row.chance for row in rows if row.chance is not None)
    return [
        (row, row.chance)
        for row in rows
        if row.chance is not None and chance_counts(row.chance, report.season, known, times)
    ]


def chance_counts(chance: ChanceBefore, season: str, known: date | None, times: SeasonTimes) -> bool:
    """It is a number of that season, and from before anything was known."""
    told = chance.probability is not None and 0 < chance.probability < 1 and chance.season == season
    return told and made_before(
        chance.made_at.date(), first_known=known, reads=times.reads_day, week=times.week_day
    )


def first_known(chances: Iterable[ChanceBefore]) -> date | None:
    """The day the first answer of any program was told."""
    return min((chance.known_at.date() for chance in chances if chance.known_at is not None), default=None)


def tally_of(counted: Iterable[Counted]) -> dict[str, list[Any]]:
    """By tier: applications, interviews expected, interviews that came."""
    tally: dict[str, list[Any]] = {}
    for row, chance in counted:
        cell = tally.setdefault(chance.tier, [0, 0.0, 0])
        cell[0] += 1
        cell[1] = round(cell[1] + (chance.probability or 0.0), 6)
        cell[2] += row.result in INTERVIEWS
    return tally
