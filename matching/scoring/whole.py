"""The odds of every track at once, for browsing: no ranges, no reasons, one number each."""

import numpy as np

from matching.scoring.answer import Whole
from matching.scoring.applicant import Applicant
from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined, examine
from matching.scoring.fit import fit_scores
from matching.scoring.list_figures import willingness
from matching.scoring.listing import Lists, step_prices, willing_of
from matching.scoring.model import Model
from matching.scoring.probability import average
from matching.scoring.rows_told import rows_range
from matching.scoring.scored import Scored
from matching.scoring.terms import CENTRAL
from matching.scoring.tiers import abstentions, tiers_assign

_NOT_SCORED = -1


def whole_of(
    scored: Scored,
    examined: Examined,
    tiers: Ints,
    lists: Lists,
    asked: Flags,
    applicant: Applicant,
    model: Model,
) -> Whole:
    """``examined`` and ``tiers`` are those told of the rows kept, with the signals of ``lists``."""
    columns, values = scored.terms.columns, model.parameters.values
    n, rows = len(columns), np.arange(len(columns))
    averaged = average(scored.log_odds, scored.sd, sigma=values["luck.sigma"], nodes=model.nodes)
    p_z, p = averaged.p_z, averaged.p
    tier = _tiers(scored, p, applicant, model)
    p_z[examined.rows], p[examined.rows], tier[examined.rows] = examined.p_z, examined.p, tiers
    closed = scored.screening.out
    hidden = closed | abstentions(columns, scored.no_base)
    selected = np.zeros(n, dtype=bool)
    selected[lists.widest] = True
    counts = np.bincount(columns.specialty[lists.widest], minlength=len(columns.specialties))
    prices = step_prices(columns, model)
    gain = _gains(lists, p_z, willingness(columns, rows, willing_of(applicant, model)[CENTRAL]), model)
    taken = np.isin(columns.program, columns.program[lists.widest]) & ~selected
    return Whole(
        p=np.where(hidden, np.nan, p),
        tier=np.where(hidden, _NOT_SCORED, tier).astype(np.int8),
        fit=fit_scores(columns, rows, applicant, model.parameters),
        gain=np.where(hidden | taken, 0.0, gain),
        usd=prices[columns.specialty, counts[columns.specialty]],
        asked=asked,
        closed=closed,
        selected=selected,
    )


def _tiers(scored: Scored, p: Floats, applicant: Applicant, model: Model) -> Ints:
    """(n,) tier codes; only where the odds are high enough for a safety is the range worked out."""
    columns, values = scored.terms.columns, model.parameters.values
    low = np.zeros(len(p))
    hopeful = np.flatnonzero(p >= values["tier.safety_low"])
    if len(hopeful):
        examined = examine(scored.terms, scored.sd, hopeful, model)
        ranged = rows_range(applicant, scored, examined, hopeful, model)
        assert ranged is not None  # there are rows
        low[hopeful] = ranged.low
    return tiers_assign(
        p=p,
        low=low,
        rules_pass=scored.rules_pass,
        held_to_reach=scored.screening.waived | abstentions(columns, scored.no_base),
        parameters=model.parameters,
    )


def _gains(lists: Lists, p_z: Floats, willing: Floats, model: Model) -> Floats:
    """(n,) what each track adds to the chance of a match of the recommended list, or brings there."""
    listed = lists.widest
    missed = 1.0 - willing[listed, None] * p_z[listed]
    matched = willing[:, None] * p_z
    gain: Floats = matched @ (missed.prod(axis=0) * model.nodes.weight)
    for place, row in enumerate(listed.tolist()):
        without = np.delete(missed, place, axis=0).prod(axis=0)
        gain[row] = float(matched[row] @ (without * model.nodes.weight))
    return gain
