"""Any list of programs, whoever made it, told as our own is: the figures of it all, ranges and reasons.

What a strict rule closes brings nothing, and an old listing, which may be gone, is not counted on; both cost
their fee. A program that stands twice, in two tracks, is applied to once: its first track counts, the other
is told without counting. Signals are those given, within what the specialty has; more are not sent.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.scoring.advice import flips_of
from matching.scoring.answer import NO_FLIPS, Answer
from matching.scoring.applicant import RINGS, Applicant, Options
from matching.scoring.balance import Balance
from matching.scoring.columns import LISTING, Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined, examine
from matching.scoring.list_figures import interviews_of, scope_answers
from matching.scoring.list_judge import Sent, list_balance
from matching.scoring.list_rules import UNSIGNALLED, Selection
from matching.scoring.listing import (
    LOS_ANGELES,
    Lists,
    fees_saved,
    la_weight,
    slope_of,
    step_prices,
    willing_of,
)
from matching.scoring.model import Model
from matching.scoring.placement import rank_within
from matching.scoring.rows_told import rows_causes, rows_range, rows_tiers, rows_told, rows_verdicts
from matching.scoring.score import best_value
from matching.scoring.scored import Scored, catalogue_score
from matching.scoring.screened import screened_by
from matching.scoring.signal_offer import NONE, Offer, signals_offer
from matching.scoring.signal_ranges import (
    match_ranges,
    signal_ranges,
    signalled_examined,
    signalled_ranged,
    signals_used,
)
from matching.scoring.terms import CENTRAL

_WIDEST = len(RINGS) - 1


@dataclass(frozen=True, eq=False)
class Given:
    """``rows`` (s,) catalogue rows in her order, each once; ``levels`` (s,) the signal meant for each, into
    ``LEVELS``, or NONE."""

    rows: Ints
    levels: Ints

    def __post_init__(self) -> None:
        if self.rows.shape != self.levels.shape or len(np.unique(self.rows)) != len(self.rows):
            raise ValueError("each row of a given list stands once, with a signal or none")

    def only(self, kept: Flags) -> "Given":
        return Given(self.rows[kept], self.levels[kept])


def list_score(
    applicant: Applicant,
    given: Given,
    options: Options,
    columns: Columns,
    model: Model,
    *,
    flips: bool = False,
) -> Answer:
    """The answer whose recommended list is ``given``: its one scope is the nation.

    ``rows`` are those counted, in her order, then open tracks that are not counted; ``screened`` those
    closed. ``options`` say what the balance is held against. ``flips``: of every row.
    """
    scored = catalogue_score(applicant, columns, model)
    is_open = ~scored.screening.out[given.rows]
    first = first_of_program(columns, given.rows)
    counts = is_open & first & (columns.listing[given.rows] != LISTING["old"])
    counted = given.only(counts)
    order = np.concatenate((counted.rows, given.rows[is_open & ~counts]))
    closed = np.sort(given.rows[~is_open & first])
    examined = examine(scored.terms, scored.sd, np.sort(order), model)
    cost = list_cost(given.rows, columns, model)
    lists = lists_given(examined, counted, cost, applicant, columns, model, scored.sd)
    ranged = rows_range(applicant, scored, examined, examined.rows, model)
    examined = signalled_examined(examined, lists)
    tiers = rows_tiers(scored, examined, ranged, columns, model)
    signalled = signal_ranges(ranged, lists, model, slope_of(applicant, model)) if ranged else None
    match = match_ranges(lists, ranged, signalled, columns, willing_of(applicant, model))
    causes = rows_causes(scored, ranged, order, lists, applicant, model)
    told = signalled_ranged(ranged, signalled, lists) if ranged else None
    saved, saved_in_all = fees_saved(lists, closed, columns, model)
    programs = given.rows[first]
    asked = replace(options, ranges=True, explain=len(order), signals=lists.offer is not None)
    at = examined.at(order)
    return Answer(
        season=model.season,
        applicant=applicant,
        scopes=scope_answers(lists, match, applicant, columns, model),
        interviews=interviews_of(lists, model),
        rows=rows_told(scored, examined, told, tiers, lists, order, causes, applicant, columns, model),
        verdicts=rows_verdicts(scored.gates, np.concatenate((order, closed))),
        screened=closed,
        screened_usd=saved,
        screened_total_usd=saved_in_all,
        screened_by=screened_by(scored.gates, closed, lists, columns, model),
        waived=order[scored.screening.waived[order]],
        tiers_all=(0, 0, 0),
        unknown=scored.person.unknown,
        match_cause=causes.match,
        match_cause_share=causes.match_share,
        signals=signals_used(lists, columns, model),
        balance=_balance(
            scored,
            lists,
            programs,
            tiers[examined.at(given.rows[is_open & first])],
            applicant,
            options,
            columns,
            model,
        ),
        flips=flips_of(scored, examined, order, tiers[at], applicant, asked, model) if flips else NO_FLIPS,
    )


def list_cost(rows: Ints, columns: Columns, model: Model) -> int:
    """Application fees of the programs ``rows`` belong to, each program once."""
    once = rows[first_of_program(columns, rows)]
    counts = np.bincount(columns.specialty[once], minlength=len(columns.specialties))
    prices = step_prices(columns, model)
    return sum(int(row[:count].sum()) for row, count in zip(prices, counts.tolist(), strict=True))


def first_of_program(columns: Columns, rows: Ints) -> Flags:
    """(s,) whether no track of the same program stands before."""
    first = np.zeros(len(rows), dtype=bool)
    first[np.unique(columns.program[rows], return_index=True)[1]] = True
    return first


def lists_given(
    examined: Examined,
    given: Given,
    cost_usd: int,
    applicant: Applicant,
    columns: Columns,
    model: Model,
    sd: Floats,
) -> Lists:
    """``given`` as the one list there is, its odds with the signals sent."""
    rows = given.rows
    candidates = np.sort(rows)
    offer = None
    if len(rows):
        every = np.ones(len(rows), dtype=bool)
        offer = signals_offer(examined, candidates, every, sd, columns, model, slope_of(applicant, model))
    slot, levels = _slots(given, offer, columns)
    at = examined.at(rows)
    p_z, p = examined.p_z[at], examined.p[at]
    sent = np.flatnonzero(slot != UNSIGNALLED)
    if offer is not None and len(sent):
        index = np.searchsorted(offer.rows, rows[sent])
        p_z[sent], p[sent] = offer.p_z[slot[sent], index], offer.p[slot[sent], index]
    willing = float(willing_of(applicant, model)[CENTRAL])
    missed = 1.0 - willing * p_z * ~columns.year_only[rows][:, None]
    weight = model.nodes.weight
    in_la = columns.ring[rows] == LOS_ANGELES
    selection = Selection(
        order=np.arange(len(rows)),
        cost_usd=cost_usd,
        p_match=max(0.0, 1.0 - float(missed.prod(axis=0) @ weight)),
        p_la=max(0.0, 1.0 - float(missed[in_la].prod(axis=0) @ weight)),
        gains=np.zeros(len(rows)),
        usd=np.zeros(len(rows), dtype=np.int64),
        stop_line=len(rows),
        slot=slot,
    )
    return Lists((_WIDEST,), (selection,), (rows,), (levels,), (p_z,), (p,), offer)


def _balance(
    scored: Scored,
    lists: Lists,
    programs: Ints,
    tiers: Ints,
    applicant: Applicant,
    options: Options,
    columns: Columns,
    model: Model,
) -> Balance | None:
    """Against the best list of as many programs for no more dollars; None of an empty list. ``tiers``: of the
    open ones among ``programs``, as told."""
    if not len(programs):
        return None
    default = model.parameters.values["list.la_weight_default_if_stated"]
    weight, told = la_weight(applicant, options, default), lists.selections[-1]
    value = told.p_match + weight * told.p_la
    limits = replace(
        options,
        must_include=(),
        max_applications=len(programs),
        max_usd=told.cost_usd if options.max_usd is None else options.max_usd,
        signals=True,
    )
    best = best_value(scored, applicant, limits, columns, model)
    none = float((1.0 - lists.p_z[-1]).prod(axis=0) @ model.nodes.weight)
    sent = Sent(value=value, best=max(value, best), none=none, tiers=tiers)
    return list_balance(applicant, options, programs, columns, model, sent=sent)


def _slots(given: Given, offer: Offer | None, columns: Columns) -> tuple[Ints, Ints]:
    """(s,) slot and level of the signals sent: the first in her order, as many as there are."""
    slot = np.full(len(given.rows), UNSIGNALLED)
    if offer is None:
        return slot, np.full(len(given.rows), NONE)
    codes = columns.specialty[given.rows]
    for each in range(offer.level.shape[1]):
        meant = np.flatnonzero((given.levels != NONE) & (given.levels == offer.level[codes, each]))
        if len(meant):
            place = rank_within(-np.arange(len(meant), dtype=np.float64), codes[meant])
            slot[meant[place < offer.counts[codes[meant], each]]] = each
    return slot, offer.levels(given.rows, slot, columns)
