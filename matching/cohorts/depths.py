"""The two depths a line of a cohort is scored at: odds alone, and with the recommended list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matching.api.answering import list_faults
from matching.cohorts.asked import Asked
from matching.cohorts.blobs import ScoredLine, marks_of
from matching.cohorts.line import BadLine
from matching.documents import summary_document
from matching.inputs import applicant_of, options_of
from matching.reference import model_for
from matching.scoring.answer import Answer
from matching.scoring.list_rules import ListInfeasible
from matching.scoring.score import score

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue


def odds_score(asked: Sequence[Asked], catalogue: "LoadedCatalogue", season: str) -> list[ScoredLine]:
    columns, model = catalogue.columns(season), model_for(season)
    return [
        _line(one, score(applicant_of(one.profile), options_of(one.options), columns, model), None)
        for one in asked
    ]


def lists_score(
    asked: Sequence[Asked], catalogue: "LoadedCatalogue", season: str
) -> list[ScoredLine | BadLine]:
    """One by one; a line whose list no limits can hold is bad."""
    return [_with_list(one, catalogue, season) for one in asked]


def _with_list(one: Asked, catalogue: "LoadedCatalogue", season: str) -> ScoredLine | BadLine:
    columns, model = catalogue.columns(season), model_for(season)
    try:
        answer = score(applicant_of(one.profile), options_of(one.options), columns, model)
    except ListInfeasible as error:
        faults = list_faults(error, one.profile, one.options, catalogue, season)
        return BadLine(one.number, one.reference, tuple(faults))
    return _line(one, answer, summary_document(answer, catalogue))


def _line(one: Asked, answer: Answer, summary: dict[str, object] | None) -> ScoredLine:
    rows, here = answer.rows, slice(one.options.top)
    marks = marks_of(rows.tier[here], rows.abstained[here], rows.selected[here], rows.signal[here])
    return ScoredLine(one.number, one.reference, summary, rows.row[here], marks, rows.p[here])
