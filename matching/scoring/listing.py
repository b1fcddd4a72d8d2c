"""Stage 4 for one applicant: the list of each scope, what it costs, and what it may bring."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import RINGS, Applicant, Options
from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined
from matching.scoring.kinds import UNSAID, by_kind
from matching.scoring.list_rules import ListInfeasible
from matching.scoring.model import Model
from matching.scoring.portfolio import Candidates, ListRules, Selection, list_select, scopes_select
from matching.scoring.signal_offer import NONE, Offer, signals_offer
from matching.scoring.terms import CENTRAL

LOS_ANGELES = RINGS.index("los-angeles")
YEAR_ONLY_SCALE = 1e-6  # below every real difference, above rounding


@dataclass(frozen=True)
class Lists:
    """The selections of the scopes asked for, innermost first.

    By scope: ``picked`` (s,) catalogue rows in the order picked; ``levels`` (s,) the signal of each, or NONE;
    ``p_z`` (s, K) and ``p`` (s,) its odds with that signal. ``offer``: what signals could have done.
    ``value``: the objective of the recommended list, ``best``: that of one no longer and no dearer into which
    no program must go.
    """

    rings: tuple[int, ...]
    selections: tuple[Selection, ...]
    picked: tuple[Ints, ...]
    levels: tuple[Ints, ...]
    p_z: tuple[Floats, ...]
    p: tuple[Floats, ...]
    offer: Offer | None = None
    value: float = 0.0
    best: float = 0.0

    @property
    def widest(self) -> Ints:
        return self.picked[-1]


def lists_make(
    examined: Examined,
    rows: Ints,
    applicant: Applicant,
    options: Options,
    columns: Columns,
    model: Model,
    rings: tuple[int, ...],
    sd: Floats,
) -> Lists:
    """Pick each scope's list, and its signals, from the candidates ``rows`` (one track a program, ascending).

    ``sd`` (n,): what is not known of each track. Raises ListInfeasible, with catalogue rows, where what must
    be in does not fit.
    """
    values = model.parameters.values
    required = np.zeros(len(rows), dtype=bool)
    if options.must_include:
        required = np.isin(columns.program[rows], _programs_named(columns, options.must_include))
    scale, offer = _pick_scale(columns.year_only[rows]), None
    if options.signals:
        offer = signals_offer(examined, rows, required, sd, columns, model, slope_of(applicant, model))
    candidates = Candidates(
        p_z=examined.p_z[examined.at(rows)] * scale[:, None],
        program=columns.program[rows],
        specialty=columns.specialty[rows],
        in_la=columns.ring[rows] == LOS_ANGELES,
        scope=columns.ring[rows].astype(np.int8),
        allowed=np.ones(len(rows), dtype=bool),
        required=required,
        signalled=offer.signalled(rows, scale) if offer else None,
    )
    rules = ListRules(
        max_applications=options.max_applications,
        max_usd=options.max_usd,
        la_weight=la_weight(applicant, options, values["list.la_weight_default_if_stated"]),
        usd_per_match_point=values["list.usd_per_match_point"],
        willing=float(willing_of(applicant, model)[CENTRAL]),
        step_usd=step_prices(columns, model),
    )
    try:
        if len(rings) == len(RINGS):
            selections = scopes_select(candidates, rules, model.nodes)
        else:
            selections = tuple(list_select(candidates, rules, model.nodes, scope=ring) for ring in rings)
    except ListInfeasible as error:
        raise ListInfeasible(error.detail, tuple(rows[list(error.rows)].tolist())) from None
    told = [
        _signalled(selection, rows[selection.order], examined, offer, columns) for selection in selections
    ]
    picked, levels, p_z, p = zip(*told, strict=True)
    value = best = _objective(selections[-1], rules)
    if required.any():
        widest = selections[-1]
        free = replace(rules, max_applications=len(widest.order), max_usd=widest.cost_usd)
        other = replace(candidates, required=np.zeros(len(rows), dtype=bool))
        best = max(best, _objective(list_select(other, free, model.nodes, scope=rings[-1]), rules))
    return Lists(rings, selections, picked, levels, p_z, p, offer, value, best)


def _objective(selection: Selection, rules: ListRules) -> float:
    return selection.p_match + rules.la_weight * selection.p_la


def _signalled(
    selection: Selection, chosen: Ints, examined: Examined, offer: Offer | None, columns: Columns
) -> tuple[Ints, Ints, Floats, Floats]:
    """The catalogue rows ``chosen``, the signal of each, and their odds with it."""
    at = examined.at(chosen)
    p_z, p, levels = examined.p_z[at], examined.p[at], np.full(len(chosen), NONE)
    if offer is not None:
        levels = offer.levels(chosen, selection.slot, columns)
        sent = np.flatnonzero(levels != NONE)
        slot, index = selection.slot[sent], np.searchsorted(offer.rows, chosen[sent])
        p_z[sent], p[sent] = offer.p_z[slot, index], offer.p[slot, index]
    return chosen, levels, p_z, p


def lists_none(rings: tuple[int, ...]) -> Lists:
    """No list in any scope, for who asks for odds alone."""
    none = np.zeros(0, dtype=np.int64)
    nothing = Selection(
        order=none, cost_usd=0, p_match=0.0, p_la=0.0, gains=np.zeros(0), usd=none, stop_line=0, slot=none
    )
    count, empty = len(rings), np.zeros(0)
    return Lists(
        rings, (nothing,) * count, (none,) * count, (none,) * count, (empty,) * count, (empty,) * count
    )


def _pick_scale(year_only: Flags) -> Floats:
    """(c,) what programs' odds are weighed by when picked. Beside programs that match for good, those for one
    year only come last, in their own order; asked for alone, they are picked like any other."""
    if year_only.all():
        return np.ones(len(year_only))
    return np.where(year_only, YEAR_ONLY_SCALE, 1.0)


def slope_of(applicant: Applicant, model: Model) -> float:
    """By how much a recalibration on outcomes stretches the log-odds of her kind of graduate."""
    kind = applicant.applicant_type or UNSAID
    return float(by_kind("recalibration.slope", kind, model.drawn)[CENTRAL])


@lru_cache(maxsize=8)
def step_prices(columns: Columns, model: Model) -> NDArray[np.int64]:
    """(specialties, …) dollars for one program more, by how many of the specialty are in already."""
    return model.fees.steps_usd([model.services[name] for name in columns.specialties])


def la_weight(applicant: Applicant, options: Options, default: float) -> float:
    """What a match in Los Angeles adds: as asked, else the default if Los Angeles is wished for, else 0."""
    if options.la_weight is not None:
        return options.la_weight
    return default if applicant.wishes.ring == "los-angeles" else 0.0


def _programs_named(columns: Columns, ids: tuple[str, ...]) -> list[int]:
    return [int(columns.program[columns.row_of[name]]) for name in ids if name in columns.row_of]


def willing_of(applicant: Applicant, model: Model) -> Floats:
    """(width,) the chance that an interview would lead to a match there, for her kind of graduate."""
    return by_kind("match.willing", applicant.applicant_type or UNSAID, model.drawn)


@lru_cache(maxsize=8)
def _paid(columns: Columns, model: Model) -> NDArray[np.int64]:
    """(specialties, …) dollars for c programs of a specialty in all."""
    prices = step_prices(columns, model)
    return np.asarray(np.cumsum(prices, axis=1) - prices, dtype=np.int64)


def fees_saved(lists: Lists, closed: Ints, columns: Columns, model: Model) -> tuple[Ints, int]:
    """What the programs ``closed`` by strict rules would have cost beyond the recommended list: each alone,
    and all together."""
    prices = step_prices(columns, model)
    counts = np.bincount(columns.specialty[lists.widest], minlength=len(prices))
    each = prices[np.arange(len(prices)), counts][columns.specialty[closed]]
    in_all = fees_saved_by(lists, closed, np.zeros_like(closed), 1, columns, model)
    return each, int(in_all[0])


def fees_saved_by(
    lists: Lists, closed: Ints, group: Ints, groups: int, columns: Columns, model: Model
) -> NDArray[np.int64]:
    """(groups,) what programs ``closed`` (c,) of each ``group`` (c,) would have cost beyond the recommended
    list, all together."""
    prices, paid = step_prices(columns, model), _paid(columns, model)
    each, last = np.arange(len(prices)), prices.shape[1] - 1
    counts = np.bincount(columns.specialty[lists.widest], minlength=len(prices))
    code = group * len(prices) + columns.specialty[closed]
    more = counts + np.bincount(code, minlength=groups * len(prices)).reshape(groups, len(prices))
    stepped = np.minimum(more, last)
    saved = paid[each, stepped] + (more - stepped) * prices[:, last] - paid[each, counts]
    return np.asarray(saved.sum(axis=1), dtype=np.int64)
