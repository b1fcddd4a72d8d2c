"""What every block of a cohort reads: the catalogue in the kernel's layout, and averages as a table."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.probability import average

WIDEST = 40.0  # log-odds at the ends of the tables
STEPS = 256  # entries to one log-odds: the straight line between two errs by less than 1e-6


@dataclass(frozen=True, eq=False)
class Design:
    """The m tracks asked for: catalogue ``rows`` (m,), and ``place`` (n,) of each row among them or -1.

    ``pair`` (m,) indexes the pairs of ``specialty`` and ``cell`` that occur; ``features`` (features, m).
    """

    rows: Ints
    place: Ints
    pair: Ints
    specialty: Ints
    cell: Ints
    features: Floats


@dataclass(frozen=True, eq=False)
class Averages:
    """``lift``: what averaging adds to log-odds from -WIDEST on, STEPS to one, at programs whose unknown part
    has the ``usual`` width."""

    lift: Floats
    usual: float

    def averaged(self, log_odds: Floats) -> Floats:
        """Logits of the averaged probabilities at ``log_odds`` (any shape)."""
        position = np.clip((log_odds + WIDEST) * STEPS, 0.0, len(self.lift) - 1.001)
        below = position.astype(np.int64)
        position -= below
        lift = self.lift[below]
        total: Floats = log_odds + lift
        total += position * (self.lift[below + 1] - lift)
        return total

    def plain(self, averaged: Floats) -> Floats:
        """The log-odds (c,) whose averaged logits are given."""
        grid = _grid()
        return np.interp(averaged, grid + self.lift, grid)


@lru_cache(maxsize=8)
def design_of(columns: Columns, tracks: tuple[str, ...], rings: tuple[str, ...]) -> Design:
    """The tracks of those kinds and rings, of every specialty."""
    options = Options(tracks=tracks, rings=tuple(ring for ring in Options().rings if ring in rings))
    rows = np.flatnonzero(scope_of(columns, Applicant(), options).asked)
    place = np.full(len(columns), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    cells = 2 * len(columns.places)
    pairs, pair = np.unique(columns.specialty[rows] * cells + columns.cell[rows], return_inverse=True)
    features = np.ascontiguousarray(columns.features[rows].T)
    return Design(rows, place, pair, pairs // cells, pairs % cells, features)


@lru_cache(maxsize=4)
def averages_of(model: Model) -> Averages:
    """The table of a model."""
    grid, values = _grid(), model.parameters.values
    widths = np.full(len(grid), values["openness_sd"])
    averaged = average(grid, widths, sigma=values["luck.sigma"], nodes=model.nodes)
    return Averages(averaged.averaging, values["openness_sd"])


def _grid() -> Floats:
    return np.arange(-WIDEST * STEPS, WIDEST * STEPS + 1) / STEPS
