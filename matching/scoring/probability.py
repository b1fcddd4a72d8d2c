"""From log-odds to the probability of an interview: averaging over what is not known, at each state of luck.

    p_j(z) = E_u σ(η_j + s_j u + σ z),   p_j = E_z p_j(z),   u and z standard normal

by Gauss–Hermite quadrature, all programs at once. p_j rises with η_j whatever the nodes, since every weight
is positive and σ rises. ``averaging`` = logit p_j − η_j makes the contributions add up exactly.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from matching.scoring.draws import Floats
from matching.scoring.luck import Nodes, luck_nodes

Real = TypeVar("Real", np.float32, np.float64)

Singles = NDArray[np.float32]

PROGRAM_NODES = 7
DRAW_NODES = 8
DECIMALS = 9  # logits are rounded before tiers, sort and selection: the same everywhere


@lru_cache(maxsize=8)
def _nodes(count: int) -> Nodes:
    return luck_nodes(count)


@dataclass(frozen=True)
class Averaged:
    """``p_z`` (r, K) at each node of luck, ``p`` (r,) over luck, ``averaging`` (r,) log-odds."""

    p_z: Floats
    p: Floats
    averaging: Floats


def average(log_odds: Floats, sd: Floats, *, sigma: float, nodes: Nodes) -> Averaged:
    """Average ``log_odds`` (r,) over the program's unknown part with standard deviation ``sd`` (r,) and over
    shared luck of standard deviation ``sigma``. ``p`` has its logit rounded to ``DECIMALS``."""
    p_z, logits = averaged_logits(log_odds, sd, sigma=sigma, nodes=nodes)
    total = np.round(logits, DECIMALS)
    return Averaged(p_z, expit(total), total - log_odds)


def averaged_logits(log_odds: Floats, sd: Floats, *, sigma: float, nodes: Nodes) -> tuple[Floats, Floats]:
    """(r, K) probabilities at each node of luck, and (r,) their average's logits, not yet rounded."""
    inner = _nodes(PROGRAM_NODES)
    spread = log_odds + inner.z[:, None] * sd
    grid = _expit_sum(np.exp(-spread), np.exp(-sigma * nodes.z)[:, None, None])
    p_z: Floats = np.ascontiguousarray((inner.weight @ grid).T)
    return p_z, logit(p_z @ nodes.weight)


def screen_probability(log_odds: Floats, sd: Floats, *, sigma: float) -> Floats:
    """(n,) the same probability by one quadrature in single precision: only to choose which rows to keep.

    The two normal parts add up to one of variance s² + σ².
    """
    if not len(log_odds):
        return np.zeros(0)
    nodes = _nodes(DRAW_NODES)
    width = np.sqrt(sd * sd + sigma * sigma)
    usual = float(width.max())  # most programs are equally unknown; counts only narrow
    odds = np.exp(-log_odds).astype(np.float32)[:, None]
    luck, weight = _screen_nodes(usual)
    grid = odds * luck
    others = (width != usual).nonzero()[0]
    grid[others] = odds[others] * np.exp(-width[others, None] * nodes.z).astype(np.float32)
    grid += 1.0
    np.reciprocal(grid, out=grid)
    chosen: Floats = (grid @ weight).astype(np.float64)
    return chosen


@lru_cache(maxsize=8)
def _screen_nodes(width: float) -> tuple[Singles, Singles]:
    """(K,) what luck of that width does to odds at each node, and the nodes' weights."""
    nodes = _nodes(DRAW_NODES)
    return np.exp(-width * nodes.z).astype(np.float32), nodes.weight.astype(np.float32)


def draw_probabilities(log_odds: Floats, sigma: Floats) -> tuple[Singles, Singles]:
    """(r, draws, K) and (K,): probabilities at each node of luck in each draw, and the nodes' weights.

    ``log_odds`` (r, draws), what is not known of the program included; ``sigma`` (draws,). Single precision:
    percentiles of draws are no finer. In memory the nodes come first: that is the way it is worked out.
    """
    nodes = _nodes(DRAW_NODES)
    odds, luck = np.exp(-log_odds), np.exp(-sigma * nodes.z[:, None])
    grid = _expit_sum(odds.astype(np.float32), luck[:, None, :].astype(np.float32))
    return grid.transpose(1, 2, 0), nodes.weight.astype(np.float32)


def _expit_sum(odds: NDArray[Real], luck: NDArray[Real]) -> NDArray[Real]:
    """σ(a + b) at every node, from ``odds`` e^-a (m, r) and ``luck`` e^-b (K, 1, r) or (K, 1, 1): (K, m, r).

    1 / (1 + e^-a e^-b): as many exponentials as there are a and b, not pairs. Log-odds never overflow here.
    """
    grid = odds * luck
    grid += 1.0
    np.reciprocal(grid, out=grid)
    return grid
