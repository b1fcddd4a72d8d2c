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

    rows = list(report.outcomes.select_related("chance"))
    given = [(row, row.chance) for row in rows if row.chance is not None and chance_given(row.chance, report)]
    report.forecast = forecast_of(
        [chance.probability or 0.0 for _, chance in given], model_for(report.season)
    )
    if report.forecast is not None:
        report.forecast["came"] = sum(row.result in INTERVIEWS for row, _ in given)
    twice = _told_before(report)
    counted = counted_of(report, rows, season_times(report.season))
    report.tally = tally_of(each for each in counted if each[0].program_id not in twice)
    report.evidence, report.seen_by, report.seen_at = OutcomeReport.Evidence.SAID, None, None
    report.updated_at = now
    report.save()


def _told_before(report: OutcomeReport) -> frozenset[str]:
    """Programs of an earlier report of hers on this season: each application counts once."""
    hers = OutcomeReport.objects.filter(
        code=report.code, season=report.season, created_at__lt=report.created_at
    ).exclude(pk=report.pk)
    return frozenset(Outcome.objects.filter(report__in=hers).values_list("program_id", flat=True))


def counted_of(report: OutcomeReport, rows: Iterable[Outcome], times: SeasonTimes) -> list[Counted]:
    """The applications that hold a forecast against an outcome: those with a chance from before."""
    rows = list(rows)
    known = first_known(row.chance for row in rows if row.chance is not None)
    return [
        (row, row.chance)
        for row in rows
        if row.chance is not None
        and chance_given(row.chance, report)
        and made_before(
            row.chance.made_at.date(), first_known=known, reads=times.reads_day, week=times.week_day
        )
    ]


def chance_given(chance: ChanceBefore, report: OutcomeReport) -> bool:
    """There was a number, for that season."""
    return chance.season == report.season and chance.probability is not None and 0 < chance.probability < 1


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
