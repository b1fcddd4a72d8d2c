"""What the lists of one applicant may bring: interviews, a match, and where."""

import numpy as np

from matching.scoring.answer import Interviews, Range, ScopeAnswer
from matching.scoring.applicant import RINGS, Applicant
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.listing import LOS_ANGELES, Lists, willing_of
from matching.scoring.luck import interview_distribution
from matching.scoring.match_chance import match_if_interviewed, match_probability, match_probability_in
from matching.scoring.model import Model
from matching.scoring.terms import CENTRAL


def willingness(columns: Columns, rows: Ints, willing: Floats | float) -> Floats:
    """(r,) chance that an interview leads to a match there: none at one-year tracks, which match no one for
    good."""
    return np.where(columns.year_only[rows], 0.0, willing)


def rank_order(columns: Columns, rows: Ints, p: Floats, applicant: Applicant) -> Ints:
    """(r,) positions in the order she would rank them: where she wishes to be, then odds, then id."""
    wishes = applicant.wishes
    liked = np.zeros(len(rows), dtype=bool)
    if wishes.ring is not None and wishes.ring != "national":
        liked |= columns.ring[rows] <= RINGS.index(wishes.ring)
    if wishes.states:
        liked |= np.isin(columns.place_state, wishes.states)[columns.cell[rows] // 2]
    return np.lexsort((rows, -p, ~liked))


def scope_answers(
    lists: Lists,
    match: tuple[Floats, Floats],
    applicant: Applicant,
    columns: Columns,
    model: Model,
) -> tuple[ScopeAnswer, ...]:
    """The figures of each scope's list with its own signals. ``match`` (scopes,): low and high of a match,
    NaN where no ranges are asked for."""
    lows, highs = match
    if not any(len(rows) for rows in lists.picked):
        return tuple(_no_list(ring, float(lows[0])) for ring in lists.rings)
    willing_drawn = willing_of(applicant, model)
    answers = []
    for i, (ring, selection, rows) in enumerate(
        zip(lists.rings, lists.selections, lists.picked, strict=True)
    ):
        p_z, p = lists.p_z[i], lists.p[i]
        chance, p_la = selection.p_match, selection.p_la
        one_year = bool(columns.year_only[rows].any())
        if one_year or applicant.wishes.ring != "los-angeles":
            willing = willingness(columns, rows, willing_drawn[CENTRAL])
            order = rank_order(columns, rows, p, applicant)
            in_la, la_first = columns.ring[rows] == LOS_ANGELES, applicant.wishes.ring == "los-angeles"
            chance = match_probability(p_z, willing, model.nodes) if one_year else chance
            p_la = match_probability_in(p_z, willing, model.nodes, in_la, order, first=la_first)
        answers.append(
            ScopeAnswer(
                ring=ring,
                rows=rows,
                cost_usd=selection.cost_usd,
                expected=float(p.sum()),
                none=float((1.0 - p_z).prod(axis=0) @ model.nodes.weight),
                match=Range(chance, float(np.minimum(chance, lows[i])), float(np.maximum(chance, highs[i]))),
                p_los_angeles=p_la,
                stop_line=selection.stop_line,
                signals=lists.levels[i],
            )
        )
    return tuple(answers)


def _no_list(ring: int, low_high: float) -> ScopeAnswer:
    """No application brings no interview."""
    none = np.zeros(0, dtype=np.int64)
    return ScopeAnswer(ring, none, 0, 0.0, 1.0, Range(0.0, low_high, low_high), 0.0, 0, none)


def interviews_of(lists: Lists, model: Model) -> Interviews:
    """The distribution of the number of interviews from the recommended list."""
    if not len(lists.widest):
        return Interviews(0.0, 0, 0, 0, 1.0, np.ones(1))
    found = interview_distribution(lists.p_z[-1], model.nodes)
    expected = float(lists.p[-1].sum())
    return Interviews(expected, found.p10, found.p50, found.p90, found.none, found.pmf)


def match_if(lists: Lists, applicant: Applicant, columns: Columns, model: Model) -> Floats:
    """(s,) for the recommended list in the order picked: the chance that an interview there leads to a match
    there. Σ p × this = P(match)."""
    rows = lists.widest
    if not len(rows):
        return np.zeros(0)
    willing = willingness(columns, rows, willing_of(applicant, model)[CENTRAL])
    order = rank_order(columns, rows, lists.p[-1], applicant)
    return match_if_interviewed(lists.p_z[-1], willing, model.nodes, order)
