"""What every block of a cohort reads: the catalogue in the kernel's layout, and averages as a table."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.probability import averaged_logits

LOWEST, HIGHEST = -40.0, 8.0  # log-odds at the ends of the tables
STEEP = 4.0  # above, 1 - p has too few digits left to be read between two entries
STEPS = 256  # entries to one log-odds: the cubic between two errs by some 1e-14


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
    """``cubic`` (entries, 4): the polynomial of what averaging adds to log-odds from LOWEST on, STEPS to one,
    at programs whose unknown part has the ``usual`` width."""

    cubic: Floats
    usual: float

    def averaged(self, log_odds: Floats) -> Floats:
        """Logits of the averaged probabilities at ``log_odds`` (c,)."""
        position = np.clip((log_odds - LOWEST) * STEPS, 0.0, len(self.cubic) - 0.001)
        below = position.astype(np.int64)
        position -= below
        cubic = self.cubic.take(below, axis=0)
        total: Floats = cubic[:, 3] * position
        for power in (2, 1):
            total += cubic[:, power]
            total *= position
        total += cubic[:, 0]
        total += log_odds
        return total


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
    _, averaged = averaged_logits(grid, widths, sigma=values["luck.sigma"], nodes=model.nodes)
    return Averages(_cubic(averaged - grid), values["openness_sd"])


def _cubic(values: Floats) -> Floats:
    """(m - 1, 4) coefficients between each two of ``values`` (m,), a step apart: through both, with slopes by
    three neighbours on either side."""
    slope = np.gradient(values)
    slope[3:-3] = sum(
        weight * (values[3 + k : len(values) - 3 + k] - values[3 - k : len(values) - 3 - k])
        for k, weight in ((1, 45 / 60), (2, -9 / 60), (3, 1 / 60))
    )
    rise = np.diff(values)
    return np.stack(
        (values[:-1], slope[:-1], 3 * rise - 2 * slope[:-1] - slope[1:], slope[:-1] + slope[1:] - 2 * rise),
        axis=1,
    )


def _grid() -> Floats:
    return np.arange(LOWEST * STEPS, HIGHEST * STEPS + 1) / STEPS
