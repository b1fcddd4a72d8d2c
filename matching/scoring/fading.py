"""Old facts in the draws: how fast they fade is a judgement with a range, like any other.

The columns of the catalogue hold what a fact still says at the stated half-life. With another half-life it
says 2^(−age · (1/h − 1/h₀)) times as much.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import DrawnModel, Floats


@dataclass(frozen=True)
class Aged:
    """What the draws change of one ``feature`` (its index) at ``rows`` (r,): ``change`` (width, r) is added
    to it, zero in row 0."""

    feature: int
    rows: Ints
    change: Floats


def fade_drawn(ages: Floats, drawn: DrawnModel) -> Floats:
    """(width, r) what facts of ``ages`` (r,) in seasons say in each draw, against the stated half-life: row 0
    is one."""
    rates = 1.0 / drawn.row("fact.half_life")
    faded: Floats = np.exp2(-ages * (rates - rates[0])[:, None])
    return faded


@lru_cache(maxsize=8)
def features_aged(columns: Columns, drawn: DrawnModel) -> tuple[Aged, ...]:
    """Every feature that rests on a fact of an earlier season. Nothing where nothing is drawn."""
    found = []
    for feature in range(columns.features.shape[1]) if drawn.width > 1 else ():
        values, ages = columns.features[:, feature], columns.feature_age[:, feature]
        rows = np.flatnonzero((values != 0) & (ages > 0))
        if len(rows):
            found.append(Aged(feature, rows, values[rows] * (fade_drawn(ages[rows], drawn) - 1.0)))
    return tuple(found)
