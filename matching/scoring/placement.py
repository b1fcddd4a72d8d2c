"""Placing signals on lists already picked.

What a signal adds is larger the less the rest of the list leaves to add. So signals are placed twice, by
what each would add to the list without any and beside all the others, and the placement that brings more is
kept. Within a specialty they go where they add most, the stronger where the difference is largest.
"""

import numpy as np

from matching.scoring.board import Board
from matching.scoring.list_rules import STRONG, UNSIGNALLED, WEAK
from matching.scoring.luck import FloatArray
from matching.scoring.match_chance import IntArray


def signals_place(board: Board, lists: list[IntArray]) -> list[IntArray]:
    """The versions of each of ``lists`` (rows, in their order) with the signals placed."""
    signalled = board.candidates.signalled
    if signalled is None or not signalled.rows.size:
        return lists
    sizes = [rows.size for rows in lists]
    which, rows = np.repeat(np.arange(len(lists)), sizes), np.concatenate(lists)
    index = np.full(len(board.candidates.p_z), -1)
    index[signalled.rows] = np.arange(signalled.rows.size)
    at = (index[rows] >= 0).nonzero()[0]
    which, sent = which[at], index[rows[at]]
    code = board.candidates.specialty[signalled.rows[sent]]
    kept = _kept(board)[:, sent]
    open_z = np.array([board.start * board.missed[order].prod(axis=0) for order in lists])
    best_slot, best = np.full(at.size, UNSIGNALLED), open_z
    beside = open_z
    for _ in range(2):
        slot = _assign(np.einsum("ijk,jk->ij", 1.0 - kept, beside[which]), which, code, board.counts)
        beside = _open(open_z, kept, which, slot)
        better = beside.sum(axis=1) < best.sum(axis=1)
        best_slot = np.where(better[which], slot, best_slot)
        best = np.where(better[:, None], beside, best)
    versions = rows.copy()
    given = best_slot != UNSIGNALLED
    n, m = len(board.candidates.p_z), signalled.rows.size
    versions[at[given]] = n + best_slot[given] * m + sent[given]
    return np.split(versions, np.cumsum(sizes)[:-1])


def _kept(board: Board) -> FloatArray:
    """(2, m, K or 2K) the share of the unmatched weight that a signal leaves unmatched still."""
    signalled = board.candidates.signalled
    assert signalled is not None
    m = signalled.rows.size
    shape = (2, m, board.missed.shape[1])
    return board.missed[len(board.candidates.p_z) :].reshape(shape) / board.missed[signalled.rows]


def _assign(gain: FloatArray, which: IntArray, code: IntArray, counts: IntArray) -> IntArray:
    """The slot of each entry from its ``gain`` (2, entries): within each list and specialty those that gain
    most are signalled, and of these the stronger signal goes where it gains most over the weaker."""
    group = which * len(counts) + code
    strong, weak = counts[code, STRONG], counts[code, WEAK]
    chosen = rank_within(np.where(weak > 0, gain[WEAK], gain[STRONG]), group) < strong + weak
    over = np.where(chosen, gain[STRONG] - np.where(weak > 0, gain[WEAK], 0.0), -1.0)
    first = rank_within(over, group) < strong
    return np.where(chosen, np.where(first, STRONG, WEAK), UNSIGNALLED)


def rank_within(value: FloatArray, group: IntArray) -> IntArray:
    """Each entry's place within its group, the largest value first, ties as they stand."""
    order = np.lexsort((-value, group))
    grouped = group[order]
    first = np.ones(order.size, dtype=bool)
    np.not_equal(grouped[1:], grouped[:-1], out=first[1:])
    place = np.arange(order.size)
    rank = np.empty(order.size, dtype=np.intp)
    rank[order] = place - np.maximum.accumulate(np.where(first, place, 0))
    return rank


def _open(open_z: FloatArray, kept: FloatArray, which: IntArray, slot: IntArray) -> FloatArray:
    """The weight each list leaves unmatched by node, with its signals."""
    given = (slot != UNSIGNALLED).nonzero()[0]
    product = np.ones_like(open_z)
    np.multiply.at(product, which[given], kept[slot[given], given])
    return open_z * product
