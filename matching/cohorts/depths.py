"""The two depths a line of a cohort is scored at: odds alone, and with the recommended list."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from applicants.schema import Ring
from matching.api.answering import list_faults
from matching.cohorts.asked import Asked
from matching.cohorts.blobs import ScoredLine, marks_of
from matching.cohorts.line import BadLine
from matching.documents import summary_document
from matching.inputs import applicant_of, options_of
from matching.reference import model_for
from matching.schema import Track
from matching.scoring.answer import Answer
from matching.scoring.applicant import RINGS, Options
from matching.scoring.cohort import NONE, applicants_encode, cohort_blocks
from matching.scoring.columns import Columns
from matching.scoring.list_rules import ListInfeasible
from matching.scoring.model import Model
from matching.scoring.prior import prior_of
from matching.scoring.score import score
from matching.scoring.tiers import REACH, TARGET, abstentions

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue


def odds_score(asked: Sequence[Asked], catalogue: "LoadedCatalogue", season: str) -> list[ScoredLine]:
    """Many at once: those who ask for the same tracks and rings go through the kernel together."""
    alike: dict[tuple[tuple[Track, ...], Ring], list[Asked]] = {}
    for one in asked:
        widest = max(one.options.rings, key=RINGS.index)
        alike.setdefault((tuple(sorted(one.options.tracks)), widest), []).append(one)
    columns, model = catalogue.columns(season), model_for(season)
    return [
        line
        for (tracks, ring), together in alike.items()
        for line in _odds(together, Options(tracks=tracks, rings=(ring,)), columns, model)
    ]


def _odds(asked: Sequence[Asked], options: Options, columns: Columns, model: Model) -> Iterator[ScoredLine]:
    encoded = applicants_encode([applicant_of(one.profile) for one in asked], columns, model)
    top, values = max(one.options.top for one in asked), model.parameters.values
    hidden = [abstentions(columns, prior_of(columns, model.central, kind).no_base) for kind in encoded.kinds]
    for block in cohort_blocks(encoded, columns, model, top, options):
        tiers = np.where(block.p >= values["tier.target"], TARGET, REACH)
        hopeful = block.p[:, 0] >= values["tier.safety_low"]
        for at in range(len(block.rows)):
            one = asked[block.start + at]
            count = min(one.options.top, int((block.rows[at] != NONE).sum()))
            if block.doubtful[at] or (hopeful[at] and count):
                yield _line(
                    one, score(applicant_of(one.profile), options_of(one.options), columns, model), None
                )
                continue
            rows, tier = block.rows[at, :count].astype(np.int64), tiers[at, :count]
            abstained = hidden[encoded.kind[block.start + at]][rows]
            waived = encoded.waived[block.start + at]
            tier[abstained | np.isin(rows, waived) if len(waived) else abstained] = REACH
            marks = marks_of(tier, abstained)
            yield ScoredLine(one.number, one.reference, None, rows, marks, block.p[at, :count])


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
