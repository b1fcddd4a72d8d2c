"""Ways to choose where to apply, for the same number of programs and the same money.

Ours is the model's list. The others order the programs of her specialties that anyone could apply to; only
those that use our odds know our gates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import best_tracks, listable, scope_of
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.listing import step_prices
from matching.scoring.model import Model
from matching.scoring.probability import screen_probability
from matching.scoring.score import catalogue_score, score
from matching.scoring.signals import LEVELS
from matching.simulation.acceptance import Ints, Singles
from matching.simulation.applying import signal_strengths

OURS, UNSIGNALLED = "ours", "ours without signals"
OURS_HALF, OURS_WHOLE = "ours, Los Angeles +0.5", "ours, Los Angeles +1"
BY_ODDS, BY_LIKING, TIERS = "top by our odds", "top by preference", "tiers 25/50/25"
LOS_ANGELES, STATES, FRIENDLY = "all Los Angeles first", "IMG-friendly by state", "IMG-friendly at random"
CROWD = "as the crowd chooses"
# What a match in Los Angeles adds to one, in matches; None is the model's default.
OUR_WEIGHTS: dict[str, float | None] = {OURS: None, UNSIGNALLED: None, OURS_HALF: 0.5, OURS_WHOLE: 1.0}
OTHERS: tuple[str, ...] = (BY_ODDS, BY_LIKING, TIERS, LOS_ANGELES, STATES, FRIENDLY, CROWD)


@dataclass(frozen=True)
class Budget:
    """At most so many programs, at most so many dollars of application fees."""

    programs: int
    usd: int


@dataclass(frozen=True, eq=False)
class Chooser:
    """What one applicant may choose from and by: ``rows`` (r,) of the catalogue, one track a program, in the
    market; ``p`` (r,) our chance of an interview, 0 behind a stated rule; ``liked`` (n,) how much she likes
    each program; ``believed`` (n,) the same with her hopes, as the crowd chooses; ``lot`` (n,) chance."""

    rows: Ints
    p: Floats
    liked: Singles
    believed: Singles
    lot: Singles


@dataclass(frozen=True, eq=False)
class Ours:
    """The model's list, the signal it gives each row (its place in ``LEVELS``, or -1), and what it
    expects: interviews, P(match), P(match in Los Angeles)."""

    rows: Ints
    signals: Ints
    expected: float
    match: float
    los_angeles: float


def ours(
    applicant: Applicant, columns: Columns, model: Model, budget: Budget, la_weight: float | None
) -> Ours:
    """The recommended list within the budget."""
    options = Options(max_applications=budget.programs, max_usd=budget.usd, top=1, la_weight=la_weight)
    widest = score(applicant, options, columns, model).widest
    return Ours(widest.rows, widest.signals, widest.expected, widest.match.value, widest.p_los_angeles)


def candidates(applicant: Applicant, columns: Columns, model: Model, open_rows: Ints) -> tuple[Ints, Floats]:
    """(r,) the rows she may apply to, one a program, and our chance of an interview at each."""
    scored = catalogue_score(applicant, columns, model.central)
    allowed = scope_of(columns, applicant, Options()).asked & listable(columns, applicant, Options())
    rows = best_tracks(columns, open_rows[allowed[open_rows]], scored.log_odds)
    sigma = model.parameters.values["luck.sigma"]
    p = screen_probability(scored.log_odds[rows], scored.sd[rows], sigma=sigma)
    p[scored.screening.out[rows]] = 0.0
    return rows, p


def chosen(
    name: str, chooser: Chooser, columns: Columns, model: Model, friendly: Floats, budget: Budget
) -> Ints:
    """Rows by the strategy ``name`` within the budget, best first. ``friendly`` (n,): 1 where a program says
    that it takes IMGs or has them. Raises KeyError for a name that is none of OTHERS."""
    rows, liked = chooser.rows, chooser.liked[chooser.rows]
    if name == TIERS:
        return affordable(_tiers(chooser, budget.programs), columns, model, budget)
    kind = friendly[rows]
    keys: dict[str, Sequence[NDArray[Any]]] = {
        BY_ODDS: (-chooser.p,),
        BY_LIKING: (-liked,),
        LOS_ANGELES: (-liked, columns.ring[rows]),
        STATES: (rows, columns.place_state[columns.cell[rows] // 2], -kind),
        FRIENDLY: (chooser.lot[rows], -kind),
        CROWD: (-chooser.believed[rows],),
    }
    return affordable(rows[np.lexsort((rows, *keys[name]))], columns, model, budget)


def affordable(order: Ints, columns: Columns, model: Model, budget: Budget) -> Ints:
    """The first of ``order`` that the budget pays for; who is too dear is passed over."""
    prices = step_prices(columns, model)
    counts, left = [0] * len(prices), budget.usd
    picked: list[int] = []
    for row, code in zip(order.tolist(), columns.specialty[order].tolist(), strict=True):
        if len(picked) == budget.programs:
            break
        price = int(prices[code, counts[code]])
        if price <= left:
            left -= price
            counts[code] += 1
            picked.append(row)
    return np.array(picked, dtype=np.int64)


def signals_worth(levels: Ints, gold: float) -> Singles:
    """(s,) how strong the signals of a list are: ``gold``, 1 for silver and plain ones, 0 for none."""
    return np.where(levels < 0, 0.0, np.where(levels == LEVELS.index("gold"), gold, 1.0)).astype(np.float32)


def first_signalled(rows: Ints, columns: Columns, model: Model, gold: float) -> Singles:
    """(s,) the signals of a list in its own order: each specialty's go to its first programs."""
    given = np.zeros(len(rows), dtype=np.float32)
    for code in np.unique(columns.specialty[rows]).tolist():
        of_code = np.flatnonzero(columns.specialty[rows] == code)
        counts = model.signals.of(columns.specialties[code])
        given[of_code] = signal_strengths(counts, len(of_code), gold)
    return given


def _tiers(chooser: Chooser, most: int) -> Ints:
    """A quarter reach, half target, a quarter safety, by thirds of our odds; in each what she likes best."""
    open_rows = np.flatnonzero(chooser.p > 0)
    by_odds = open_rows[np.argsort(-chooser.p[open_rows], kind="stable")]
    safety, target, reach = np.array_split(by_odds, 3)
    quarter = most // 4
    parts = []
    for tier, count in ((safety, quarter), (target, most - 2 * quarter), (reach, quarter)):
        rows = chooser.rows[tier]
        parts.append(rows[np.argsort(-chooser.liked[rows], kind="stable")[:count]])
    picked = np.concatenate(parts)
    return picked[np.argsort(-chooser.liked[picked], kind="stable")]
