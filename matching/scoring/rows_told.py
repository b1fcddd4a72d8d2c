"""What is told of single tracks: range, tier, cause and verdicts of the rows kept of one scoring."""

import numpy as np

from matching.scoring.answer import Rows, Verdicts
from matching.scoring.applicant import Applicant
from matching.scoring.causes import NOT_NAMED, Causes, causes_of, list_draws
from matching.scoring.columns import Columns, Ints
from matching.scoring.examine import Examined, Ranged, range_rows
from matching.scoring.fit import fit_scores
from matching.scoring.gates import GateResults
from matching.scoring.list_figures import match_if
from matching.scoring.listing import Lists, willing_of
from matching.scoring.model import Model
from matching.scoring.scored import Scored, catalogue_score
from matching.scoring.signal_offer import NONE
from matching.scoring.tiers import abstentions, confidence_codes, tiers_assign


def rows_range(
    applicant: Applicant, scored: Scored, examined: Examined, rows: Ints, model: Model
) -> Ranged | None:
    """The range of ``rows``. Where the draws were left out they are made for the few rows a tier hangs on."""
    if scored.terms.width == 1:
        if not len(rows):
            return None
        scored = catalogue_score(applicant, scored.terms.columns, model)
    return range_rows(scored.terms, scored.sd, scored.usual, examined, rows, model, scored.spread)


def rows_tiers(
    scored: Scored, examined: Examined, ranged: Ranged | None, columns: Columns, model: Model
) -> Ints:
    """(examined,) tier codes. A row without a range cannot be a safety: its probability is below the line."""
    low = np.zeros(len(examined.rows))
    if ranged is not None:
        low[examined.at(ranged.rows)] = ranged.low
    rows = examined.rows
    held = scored.screening.waived | abstentions(columns, scored.no_base)
    return tiers_assign(
        p=examined.p,
        low=low,
        rules_pass=scored.rules_pass[rows],
        held_to_reach=held[rows],
        parameters=model.parameters,
    )


def rows_told(
    scored: Scored,
    examined: Examined,
    ranged: Ranged | None,
    tiers: Ints,
    lists: Lists,
    order: Ints,
    causes: Causes,
    applicant: Applicant,
    columns: Columns,
    model: Model,
) -> Rows:
    at = examined.at(order)
    matched, low = (np.full(len(order), np.nan) for _ in range(2))
    high = low
    matched[: len(lists.widest)] = match_if(lists, applicant, columns, model)
    signal = np.full(len(order), NONE)
    signal[: len(lists.widest)] = lists.levels[-1]
    if ranged is not None:
        low, high = (ends[ranged.at(order)] for ends in (ranged.low, ranged.high))
    return Rows(
        row=order,
        selected=np.arange(len(order)) < len(lists.widest),
        tier=tiers[at],
        p=examined.p[at],
        low=low,
        high=high,
        base=examined.base[at],
        contributions=examined.contributions[at],
        match_if=matched,
        fit=fit_scores(columns, order, applicant, model.parameters),
        confidence=confidence_codes(columns.evidence[order], model.parameters),
        abstained=abstentions(columns, scored.no_base)[order],
        signal=signal,
        cause=causes.cause,
        cause_share=causes.share,
    )


def rows_causes(
    scored: Scored, ranged: Ranged | None, order: Ints, lists: Lists, applicant: Applicant, model: Model
) -> Causes:
    """Of the ranges without signals."""
    if ranged is None:
        return Causes(np.full(len(order), NOT_NAMED), np.full(len(order), np.nan))
    drawn = list_draws(ranged, lists, willing_of(applicant, model), model)
    return causes_of(scored.terms, scored.person, ranged, order, len(lists.widest), drawn)


def rows_verdicts(gates: GateResults, rows: Ints) -> Verdicts:
    wanted = np.zeros(int(max(gates.rows.max(initial=0), rows.max(initial=0))) + 1, dtype=bool)
    wanted[rows] = True
    keep = wanted[gates.rows].nonzero()[0]
    keep = keep[np.lexsort((gates.gate[keep], gates.rows[keep]))]
    return Verdicts(
        row=gates.rows[keep],
        gate=gates.gate[keep],
        verdict=gates.verdict[keep],
        strict=gates.strict[keep],
        fact=gates.fact[keep],
    )
