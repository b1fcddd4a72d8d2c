"""From interviews to a match: one chance for the list as a whole, and what each interview is worth.

``w`` (``willing``) is the chance that an interview would lead to a match there if the applicant wanted it.
Given luck ``z`` programs decide on their own, so the list fails with ``Π (1 - w p_j(z))``, and the nodes of
luck are mixed last.

Source: docs of the model, stage 2. Everything here is P(match) of a list or its exact parts; nothing is
simulated.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matching.scoring.luck import FloatArray, Nodes, chances_check

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]
Real = TypeVar("Real", np.float32, np.float64)


def match_probability(p_z: FloatArray, willing: FloatArray | float, nodes: Nodes) -> float:
    """P(match) of a list: ``1 - E_z Π (1 - w p_j(z))``; 0 for an empty list.

    ``p_z`` (m, K): chance of an interview by program and node. ``willing``: one w, or one a program (m,).
    Raises ValueError where a shape or a value is not that of probabilities.
    """
    return _any(_missed(p_z, willing, nodes), nodes.weight)


def match_if_interviewed(
    p_z: FloatArray, willing: FloatArray | float, nodes: Nodes, order: IntArray
) -> FloatArray:
    """m_j (m,), by row of ``p_z``: the chance to match at program j, given an interview there.

    ``m_j = w · E_z[p_j(z) Π_{i above j} (1 - w p_i(z))] / p_j`` with the programs ranked as in ``order``
    (m,), row numbers, best first. So Σ p_j m_j = P(match) exactly. Where p_j is 0 the interview says nothing
    of luck, and m_j is w times the chance to be still unmatched when j's turn comes. Raises ValueError where
    a shape or value is wrong or ``order`` does not name every row once.
    """
    missed = _missed(p_z, willing, nodes)
    rows = _order_check(order, p_z.shape[0])
    above = np.ones_like(missed)
    np.cumprod(missed[rows[:-1]], axis=0, out=above[1:])
    ranked = p_z[rows]
    chance = ranked @ nodes.weight
    never = chance == 0.0
    open_still = np.where(never, above @ nodes.weight, (ranked * above) @ nodes.weight)
    result = np.empty(rows.size)
    result[rows] = open_still / np.where(never, 1.0, chance)
    return result * np.asarray(willing, dtype=np.float64)


def match_probability_in(
    p_z: FloatArray,
    willing: FloatArray | float,
    nodes: Nodes,
    member: BoolArray,
    order: IntArray,
    *,
    first: bool,
) -> float:
    """P(match at one of the ``member`` programs), such as those in Los Angeles.

    ``member`` (m,) bool by row. ``first``: the applicant ranks all members above all others, so only they
    count; otherwise the programs are ranked as in ``order`` (m,) and the parts Σ p_j m_j of the members are
    summed. Raises ValueError where a shape or a value is wrong.
    """
    if member.shape != p_z.shape[:1]:
        raise ValueError(f"expected one member flag a program, got {member.shape} for {p_z.shape[0]}")
    if first:
        chosen = np.asarray(willing)[member] if np.ndim(willing) else willing
        return match_probability(p_z[member], chosen, nodes)
    parts = (p_z @ nodes.weight) * match_if_interviewed(p_z, willing, nodes, order)
    return float(parts[member].sum())


def match_probability_draws(
    p_dz: npt.NDArray[Real], willing: FloatArray, weight: npt.NDArray[Real], lists: Sequence[IntArray]
) -> FloatArray:
    """P(match) of several lists under each of D draws of the parameters: (D, lists).

    ``p_dz`` (m, D, K), ``willing`` (D,), ``weight`` (K,), ``lists`` rows of ``p_dz``. Raises ValueError where
    the shapes do not fit.
    """
    if p_dz.ndim != 3 or willing.shape != p_dz.shape[1:2] or weight.shape != p_dz.shape[2:]:
        raise ValueError(f"shapes do not fit: {p_dz.shape}, {willing.shape}, {weight.shape}")
    missed = p_dz * (-willing).astype(p_dz.dtype)[:, None]
    missed += 1.0
    chance = [1.0 - (missed[rows].prod(axis=0) @ weight).astype(np.float64) for rows in lists]
    return np.stack(chance, axis=1)


def match_in_draws(
    p_dz: npt.NDArray[Real],
    willing: FloatArray,
    weight: npt.NDArray[Real],
    member: BoolArray,
    order: IntArray,
    *,
    first: bool,
) -> FloatArray:
    """(D,) P(match at one of the ``member`` programs) under each draw: ``match_probability_in``, drawn.

    Shapes as in ``match_probability_draws``; raises ValueError as it and ``match_probability_in`` do.
    """
    if member.shape != p_dz.shape[:1]:
        raise ValueError(f"expected one member flag a program, got {member.shape} for {p_dz.shape[0]}")
    if first:
        return match_probability_draws(p_dz, willing, weight, [np.flatnonzero(member)])[:, 0]
    rows = _order_check(order, p_dz.shape[0])
    chance = p_dz[rows] * willing.astype(p_dz.dtype)[:, None]
    above = np.ones_like(chance)
    np.cumprod(1.0 - chance[:-1], axis=0, out=above[1:])
    parts: FloatArray = ((chance * above)[member[rows]].sum(axis=0) @ weight).astype(np.float64)
    return parts


def _missed(p_z: FloatArray, willing: FloatArray | float, nodes: Nodes) -> FloatArray:
    """Chance of no match at each program and node, ``1 - w p`` (m, K)."""
    chances_check(p_z, nodes)
    w = np.asarray(willing, dtype=np.float64)
    if w.ndim and w.shape != p_z.shape[:1]:
        raise ValueError(f"expected one willingness, or one a program, got {w.shape} for {p_z.shape[0]}")
    if w.size and not (w.min() >= 0.0 and w.max() <= 1.0):
        raise ValueError("willingness must lie between 0 and 1")
    missed: FloatArray = 1.0 - (w[:, None] if w.ndim else w) * p_z
    return missed


def _any(missed: FloatArray, weight: FloatArray) -> float:
    """Chance that not every program was missed."""
    return max(0.0, 1.0 - float(missed.prod(axis=0) @ weight))


def _order_check(order: IntArray, count: int) -> IntArray:
    rows = np.asarray(order, dtype=np.intp)
    if rows.shape != (count,) or not np.array_equal(np.sort(rows), np.arange(count)):
        raise ValueError(f"the order must name each of the {count} programs once")
    return rows
