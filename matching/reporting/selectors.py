"""Reads of what became of lists, each a constant number of queries."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from matching.models import Outcome, OutcomeReport, SavedList


def report_of(saved_list: SavedList) -> OutcomeReport | None:
    return OutcomeReport.objects.filter(saved_list=saved_list).select_related("seen_by").first()


def report_rows(report: OutcomeReport) -> list[Outcome]:
    """With program and chance, in the order they were told."""
    rows = report.outcomes.select_related("program__specialty", "program__institution", "chance")
    return list(rows.order_by("pk"))


def reports_counted() -> QuerySet[OutcomeReport]:
    """Those that may be counted: with consent, while it stands."""
    return OutcomeReport.objects.filter(consented_at__isnull=False)


def results_of(rows: Iterable[Outcome]) -> dict[str, str]:
    return {row.program_id: row.result for row in rows}


class Tally(NamedTuple):
    """What one report brings to a sum: ``tally`` by tier [applications, expected, came]."""

    code: str
    season: str
    kind: str
    tally: dict[str, list[float]]


def tallies_counted() -> list[Tally]:
    rows = reports_counted().order_by("created_at", "pk")
    return [Tally(*row) for row in rows.values_list("code", "season", "applicant_type", "tally")]
