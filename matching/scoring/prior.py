"""What programs are like to applicants of one kind: the part of every score that no applicant changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.factor_context import PriorContext
from matching.scoring.fading import features_aged
from matching.scoring.kinds import UNSAID, kind_weights
from matching.scoring.model import Model
from matching.scoring.openness import base_log_odds, counts_add, openness_add
from matching.scoring.terms import CENTRAL, Terms

Weight = Floats | float


@dataclass(frozen=True)
class Spread:
    """``rows`` (r,) ascending whose unknown part has not the usual width, and that width ``sd`` (width, r):
    at the stated values and in each draw."""

    rows: Ints
    sd: Floats


@dataclass(frozen=True)
class Prior:
    """``terms``, the specialties without a base, and the standard deviation (n,) of what is not known of each
    program, ``usual`` (n,) where it is that of programs without counts; ``spread`` of the others. Shared and
    never written."""

    terms: Terms
    no_base: list[bool]
    sd: Floats
    usual: Flags
    spread: Spread


@lru_cache(maxsize=16)
def prior_of(columns: Columns, model: Model, applicant_type: str) -> Prior:
    """For a kind of graduate, or for ``UNSAID``: the stated mix of all kinds. Worked out once."""
    if applicant_type == UNSAID:
        weights = kind_weights(UNSAID, model.drawn)
        return _mixed([(weight, prior_of(columns, model, kind)) for kind, weight in weights.items()], model)
    context = PriorContext(applicant_type, columns, model.parameters, model.drawn, model.states)
    base, no_base = base_log_odds(context)
    terms = Terms(columns, base, aged=features_aged(columns, model.drawn))
    openness_add(terms, context)
    counted = counts_add(terms, context)
    nothing = Spread(np.zeros(0, dtype=np.int64), np.zeros((terms.width, 0)))
    return _prior(terms, no_base, Spread(counted.rows, counted.sd) if counted else nothing, model)


def _prior(terms: Terms, no_base: list[bool], spread: Spread, model: Model) -> Prior:
    sd = np.full(len(terms.columns), model.parameters.values["openness_sd"])
    sd[spread.rows] = spread.sd[CENTRAL]
    usual = np.ones(len(terms.columns), dtype=bool)
    usual[spread.rows] = False
    return Prior(terms, no_base, sd, usual, spread)


def _mixed(parts: list[tuple[Weight, Prior]], model: Model) -> Prior:
    """Every term by its weight; the variance of what is not known likewise. A specialty has a base where it
    has one for all kinds."""
    columns = parts[0][1].terms.columns
    base = np.asarray(_sum((weight, prior.terms.base) for weight, prior in parts))
    terms = Terms(columns, base, aged=parts[0][1].terms.aged)
    for family in ("constant", "specialty", "cell", "feature"):
        found: dict[object, Floats] = {}
        for weight, prior in parts:
            table: Mapping[object, Floats] = getattr(prior.terms, family)
            for key, value in table.items():
                found[key] = found.get(key, 0.0) + _times(weight, value)
        getattr(terms, family).update(found)
    for weight, prior in parts:
        terms.sparse.extend(
            (factor, rows, _times(weight, value)) for factor, rows, value in prior.terms.sparse
        )
    rows = np.unique(np.concatenate([prior.spread.rows for _, prior in parts]))
    variance = _sum((weight, _sd(prior, rows, model) ** 2) for weight, prior in parts)
    no_base = [any(missing) for missing in zip(*(prior.no_base for _, prior in parts), strict=True)]
    return _prior(terms, no_base, Spread(rows, np.sqrt(variance)), model)


def _sd(prior: Prior, rows: Ints, model: Model) -> Floats:
    """(width, r) the standard deviation at ``rows``, usual or not."""
    found = np.repeat(model.drawn.row("openness_sd")[:, None], len(rows), axis=1)
    found[:, np.searchsorted(rows, prior.spread.rows)] = prior.spread.sd
    return found


def _times(weight: Weight, value: Floats) -> Floats:
    """``value`` (width, …) times ``weight`` (width,)."""
    lead = np.asarray(weight)
    weighted: Floats = value * lead.reshape(lead.shape + (1,) * (value.ndim - lead.ndim))
    return weighted


def _sum(parts: Iterable[tuple[Weight, Floats]]) -> Floats:
    first, *rest = (_times(weight, value) for weight, value in parts)
    return sum(rest, first)
