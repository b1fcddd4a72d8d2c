"""Short lists made better by exchanging one program at a time.

Where few programs are picked each one counts, and greedy picks may use up a signal, or a price, that another
order would have spent better. So a short list is improved by single exchanges, best first, until none helps:
another program or another signal in a program's place, for no more dollars and within the counts of signals.
"""

import numpy as np

from matching.scoring.board import Board
from matching.scoring.list_rules import UNSIGNALLED
from matching.scoring.match_chance import BoolArray, IntArray

SHORT = 30  # a longer list has lost less than can be told; the bench says so
_ENOUGH = 1e-12
_MOST_SWAPS = 60


def swaps_improve(
    board: Board,
    versions: IntArray,
    inside: BoolArray,
    fixed: int,
    *,
    longest: int = SHORT,
    until: float = -np.inf,
) -> IntArray:
    """``versions`` (s,) with exchanges, each in the place of what it replaces.

    The first ``fixed`` keep their program. ``inside`` (n,): candidates that may be picked. The list never
    costs more than before. A list of more than ``longest`` is left alone; exchanges end where the weight left
    unmatched is no more than ``until``.
    """
    if not 0 < versions.size <= longest:
        return versions
    versions = versions.copy()
    offered = np.flatnonzero(inside[board.row_of])
    for _ in range(max(_MOST_SWAPS, versions.size)):
        if float(board.start @ board.missed[versions].prod(axis=0)) <= until:
            break
        found = _best_swap(board, versions, offered, fixed)
        if found is None:
            break
        versions[found[0]] = found[1]
    return versions


def _best_swap(board: Board, versions: IntArray, offered: IntArray, fixed: int) -> tuple[int, int] | None:
    """The place and the version of the exchange that helps most."""
    missed = board.missed[versions]
    open_z = board.start * missed.prod(axis=0)
    after = (open_z / missed) @ board.missed[offered].T
    after[~_possible(board, versions, offered, fixed)] = np.inf
    place, which = divmod(int(after.argmin()), offered.size)
    return (place, int(offered[which])) if after[place, which] < open_z.sum() - _ENOUGH else None


def _possible(board: Board, versions: IntArray, offered: IntArray, fixed: int) -> BoolArray:
    """(s, offered): exchanges that keep every rule of the list."""
    specialty = board.candidates.specialty
    rows, new = board.row_of[versions], board.row_of[offered]
    same = rows[:, None] == new
    possible = same | ~np.isin(new, rows)
    possible[:fixed] &= same[:fixed]
    code, new_code = specialty[rows], specialty[new]
    slot, new_slot = board.slot_of[versions], board.slot_of[offered]
    used = np.zeros((len(board.paid), 3), dtype=np.intp)
    np.add.at(used, (code, slot), 1)
    room = np.append(board.counts, np.full((len(used), 1), len(board.row_of)), axis=1) - used
    freed = (code[:, None] == new_code) & (slot[:, None] == new_slot)
    possible &= (room[new_code, new_slot] > 0) | freed | (new_slot == UNSIGNALLED)
    counts = np.bincount(code, minlength=len(used)).tolist()
    paid = np.array(
        [[row[count - 1] if count else 0, row[count]] for row, count in zip(board.paid, counts, strict=True)]
    )
    dearer = np.where(code[:, None] == new_code, 0, paid[new_code, 1] - paid[code, 0][:, None])
    allowed: BoolArray = possible & (dearer <= 0)
    return allowed
