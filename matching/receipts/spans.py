"""Ranges of the programs that moved, at one end: as they were kept, else worked out without a signal."""

from collections.abc import Iterable

import numpy as np

from matching.receipts.ends import End
from matching.scoring.answer import Answer, Verdicts
from matching.scoring.examine import examine
from matching.scoring.rows_told import rows_range, rows_verdicts
from matching.scoring.scored import catalogue_score

Span = tuple[float, float]


def spans_kept(answer: Answer) -> dict[int, Span]:
    """(low, high) by row of the catalogue, of the rows the answer tells."""
    rows = answer.rows
    columns = (rows.row.tolist(), rows.low.tolist(), rows.high.tolist(), rows.abstained.tolist())
    return {
        row: (low, high)
        for row, low, high, hidden in zip(*columns, strict=True)
        if not hidden and low == low  # noqa: PLR0124  (NaN: no ranges were asked for)
    }


def spans_reckoned(end: End, rows: Iterable[int]) -> dict[int, Span]:
    """(low, high) of ``rows``, which stand on no list and so have no signal."""
    wanted = np.array(sorted(rows), dtype=np.int64)
    if not len(wanted):
        return {}
    scored = catalogue_score(end.applicant, end.columns, end.model)
    examined = examine(scored.terms, scored.sd, wanted, end.model)
    ranged = rows_range(end.applicant, scored, examined, wanted, end.model)
    assert ranged is not None  # there are rows
    spans = zip(ranged.low.tolist(), ranged.high.tolist(), strict=True)
    return dict(zip(wanted.tolist(), spans, strict=True))


def verdicts_of(end: End, rows: Iterable[int]) -> Verdicts:
    """What the stated rules of ``rows`` say of the applicant."""
    scored = catalogue_score(end.applicant, end.columns, end.model.central)
    return rows_verdicts(scored.gates, np.array(sorted(rows), dtype=np.int64))
