"""Exchanges of single programs: never worse, never dearer, within the counts of signals."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.board import Board, prices_paid
from matching.scoring.swaps import SHORT, swaps_improve
from tests.scoring.made_lists import NODES, rules, signalled_candidates


@given(st.integers(0, 10_000), st.integers(1, 10), st.integers(0, 3))
def test_exchanges_only_help(seed: int, size: int, fixed: int) -> None:
    made = signalled_candidates(20, seed)
    board = Board(made, rules(most=size), NODES)
    start = np.random.default_rng(seed).permutation(20)[:size]
    inside = np.random.default_rng(seed + 1).random(20) < 0.8
    found = swaps_improve(board, start, inside, fixed)
    rows = board.row_of[found]
    assert len(set(rows.tolist())) == size
    assert rows[:fixed].tolist() == start[:fixed].tolist()
    assert (inside[rows] | np.isin(rows, start)).all()
    before, after = (board.start @ board.missed[one].prod(axis=0) for one in (start, found))
    assert after <= before + 1e-12
    assert prices_paid(board, rows)[0].sum() <= prices_paid(board, start)[0].sum()
    for code in range(2):
        for slot in range(2):
            sent = (made.specialty[rows] == code) & (board.slot_of[found] == slot)
            assert sent.sum() <= board.counts[code, slot]


def test_the_best_exchange_comes_first_and_enough_is_enough() -> None:
    made = signalled_candidates(12, 3)
    board = Board(made, rules(most=4), NODES)
    start, inside = np.array([0, 1, 2, 3]), np.ones(12, dtype=bool)
    left = float(board.start @ board.missed[start].prod(axis=0))
    assert swaps_improve(board, start, inside, 0, until=left).tolist() == start.tolist()
    one = swaps_improve(board, start, inside, 0, until=left - 1e-9)
    assert (one != start).sum() == 1


def test_a_long_list_is_left_alone() -> None:
    made = signalled_candidates(SHORT + 5, 1)
    board = Board(made, rules(most=SHORT + 1), NODES)
    start = np.arange(SHORT + 1)
    assert swaps_improve(board, start, np.ones(SHORT + 5, dtype=bool), 0) is start
