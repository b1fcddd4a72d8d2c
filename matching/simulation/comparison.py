"""Seeds put together: means over seeds, 95% confidence intervals, and paired differences to our list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from matching.simulation.measures import Measured, Promised, SeedResult
from matching.simulation.strategies import OURS

METRICS: tuple[str, ...] = (
    "sent",
    "usd",
    "invited",
    "interviews",
    "none",
    "matched",
    "los_angeles",
    "california",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over seeds and half the width of its 95% interval (Student's t; nan for a single seed)."""

    mean: float
    half: float

    @property
    def low(self) -> float:
        return self.mean - self.half

    @property
    def high(self) -> float:
        return self.mean + self.half


@dataclass(frozen=True)
class Row:
    """One strategy at one number of programs. ``by`` metric; ``against``: minus ours, seed by seed."""

    strategy: str
    programs: int
    by: dict[str, Estimate]
    against: dict[str, Estimate]


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and 95% half-width of values that are one a seed. Raises ValueError where there are none."""
    if not len(values):
        raise ValueError("no seed, no mean")
    found = np.asarray(values, dtype=np.float64)
    seeds = len(found)
    half = float("nan")
    if seeds > 1:
        half = float(stdtrit(seeds - 1, 0.975) * found.std(ddof=1) / np.sqrt(seeds))
    return Estimate(float(found.mean()), half)


def rows_of(results: Sequence[SeedResult]) -> list[Row]:
    """The table, in the order in which strategies were played."""
    cells: dict[tuple[int, str], dict[int, Measured]] = {}
    for result in results:
        for one in result.measured:
            cells.setdefault((one.programs, one.strategy), {})[one.seed] = one
    rows = []
    for (programs, strategy), mine in cells.items():
        ours = cells[programs, OURS]
        by = {metric: estimate([getattr(mine[seed], metric) for seed in mine]) for metric in METRICS}
        against = {
            metric: estimate([getattr(mine[seed], metric) - getattr(ours[seed], metric) for seed in mine])
            for metric in METRICS
        }
        rows.append(Row(strategy, programs, by, against))
    return rows


def promises_of(results: Sequence[SeedResult], strategy: str, programs: int) -> dict[str, Estimate]:
    """What the model promised of its lists: interviews, matched and Los Angeles, over seeds."""
    found: list[Promised] = [
        one
        for result in results
        for one in result.promised
        if (one.strategy, one.programs) == (strategy, programs)
    ]
    return {
        metric: estimate([getattr(one, metric) for one in found])
        for metric in ("interviews", "matched", "los_angeles")
    }


def rates_of(results: Sequence[SeedResult]) -> list[Estimate]:
    """The crowd's match rate by kind of graduate, over seeds."""
    return [estimate(column.tolist()) for column in np.stack([result.rates for result in results]).T]
