"""From log-odds to the logit of the chance and back, as the model averages over what it does not know.

A chance says nothing of its log-odds until the spread of the program's unknown part is known: p averages
σ(η + s·u + σ·z) over u and z. The logit of p rises with η, nearly as a line, so that one table for each
spread, worked out by the core's own ``average``, gives both ways.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import logit

from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.luck import Nodes
from matching.scoring.probability import average

LOWEST, HIGHEST, STEP = -16.0, 12.0, 0.02
SPREAD_DECIMALS = 3


@dataclass(frozen=True, eq=False)
class Link:
    """``grid`` (g,) log-odds; ``logits`` (w, g) the logit of the chance for each spread; ``spread`` (n,) the
    table of each row. Beyond the grid the ends hold."""

    grid: Floats
    logits: Floats
    spread: Ints

    @classmethod
    def of(cls, sd: Floats, *, sigma: float, nodes: Nodes) -> Self:
        """Tables for rows whose programs' unknown part has standard deviation ``sd`` (n,)."""
        grid = np.arange(LOWEST, HIGHEST + STEP / 2, STEP)
        spreads, where = np.unique(np.round(sd, SPREAD_DECIMALS), return_inverse=True)
        tables = [average(grid, np.full(len(grid), s), sigma=sigma, nodes=nodes) for s in spreads]
        return cls(grid, np.array([logit(table.p) for table in tables]), where)

    def take(self, rows: Ints | Flags) -> Self:
        return type(self)(self.grid, self.logits, self.spread[rows])

    def logit_of(self, log_odds: Floats) -> Floats:
        """(n,) logit of the chance at ``log_odds`` (n,)."""
        found = np.empty(len(log_odds))
        for table, rows in self._rows():
            found[rows] = np.interp(log_odds[rows], self.grid, self.logits[table])
        return found

    def log_odds_of(self, logits: Floats) -> Floats:
        """(n,) the log-odds whose chance has the logit ``logits`` (n,)."""
        found = np.empty(len(logits))
        for table, rows in self._rows():
            found[rows] = np.interp(logits[rows], self.logits[table], self.grid)
        return found

    def _rows(self) -> list[tuple[int, Ints]]:
        order = np.argsort(self.spread, kind="stable")
        tables, starts = np.unique(self.spread[order], return_index=True)
        return list(zip(tables.tolist(), np.split(order, starts[1:]), strict=True))
