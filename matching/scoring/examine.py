"""The exact look at the rows kept: contributions, probability, and the range over the fixed draws."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats, program_normals
from matching.scoring.model import Model
from matching.scoring.prior import Spread
from matching.scoring.probability import Singles, average, draw_probabilities
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.terms import CENTRAL, Terms

LOW, HIGH = 0.10, 0.90


@dataclass(frozen=True)
class Examined:
    """``rows`` (r,) ascending; ``base`` (r,), ``contributions`` (r, factors) with ``averaging``; ``p_z``
    (r, K) at each node of luck, ``p`` (r,)."""

    rows: Ints
    base: Floats
    contributions: Floats
    p_z: Floats
    p: Floats

    def at(self, rows: Ints) -> Ints:
        """Positions of ``rows``, which must all be here."""
        return np.searchsorted(self.rows, rows)


def examine(terms: Terms, sd: Floats, rows: Ints, model: Model) -> Examined:
    """``rows`` (ascending) exactly: base + contributions = logit p, summed in the registry's order."""
    base = terms.base[CENTRAL, terms.columns.specialty[rows]]
    contributions = terms.contributions(rows)
    log_odds = base + contributions.sum(axis=1)
    sigma = model.parameters.values["luck.sigma"]
    averaged = average(log_odds, sd[rows], sigma=sigma, nodes=model.nodes)
    contributions[:, FACTOR_INDEX["averaging"]] = averaged.averaging
    return Examined(rows, base, contributions, averaged.p_z, averaged.p)


@dataclass(frozen=True)
class Ranged:
    """``rows`` (r,) ascending with ``low`` and ``high`` (r,); ``p_dz`` (r, DRAWS, K) and node ``weight``;
    ``log_odds`` (r, DRAWS) as drawn, and in them ``program`` (r, DRAWS), what is not known of the program."""

    rows: Ints
    low: Floats
    high: Floats
    p_dz: Singles
    weight: Singles
    log_odds: Floats
    program: Floats

    def at(self, rows: Ints) -> Ints:
        return np.searchsorted(self.rows, rows)


class Drawn(Protocol):
    """What gives (draws, r) log-odds of rows under each draw; ``Terms`` do."""

    @property
    def columns(self) -> Columns: ...

    def drawn_log_odds(self, rows: Ints) -> Floats: ...


def range_rows(
    terms: Drawn,
    sd: Floats,
    usual: Flags,
    examined: Examined,
    rows: Ints,
    model: Model,
    spread: Spread | None = None,
) -> Ranged:
    """10th and 90th percentile of the probability at ``rows`` (ascending, all examined) over the draws:
    parameters, what is not known of the program, and what the applicant has not said. ``spread``: the width
    in each draw of programs whose unknown part is not ``usual``; without it theirs is ``sd`` in all."""
    columns: Columns = terms.columns
    drawn_sd = model.drawn.row("openness_sd")[1:]
    widths = np.where(usual[rows][:, None], drawn_sd, sd[rows][:, None])
    if spread is not None:
        place = np.searchsorted(rows, spread.rows)
        here = np.append(rows, -1)[place] == spread.rows
        widths[place[here]] = spread.sd[1:, here].T
    program = widths * _normals(columns, model).take(rows, axis=0)
    log_odds = terms.drawn_log_odds(rows).T + program
    sigma = model.drawn.row("luck.sigma")[1:]
    p_dz, weight = draw_probabilities(log_odds, sigma)
    drawn = (weight @ p_dz.transpose(2, 0, 1).reshape(len(weight), -1)).reshape(log_odds.shape)
    low, high = low_high(drawn.astype(np.float64).T)
    p = examined.p[examined.at(rows)]
    return Ranged(rows, np.minimum(low, p), np.maximum(high, p), p_dz, weight, log_odds, program)


@lru_cache(maxsize=8)
def _normals(columns: Columns, model: Model) -> Floats:
    """(n, DRAWS) what is not known of each program, in each draw."""
    return np.ascontiguousarray(program_normals(model.drawn.program, columns.shift).T)


def low_high(drawn: Floats) -> tuple[Floats, Floats]:
    """10th and 90th percentile along the first axis, linear between the draws: each rises with every draw."""
    ordered = np.sort(drawn, axis=0)
    return _quantile(ordered, LOW), _quantile(ordered, HIGH)


def _quantile(ordered: Floats, share: float) -> Floats:
    position = share * (len(ordered) - 1)
    below = int(position)
    value: Floats = ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])
    return value
