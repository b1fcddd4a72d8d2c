"""Signals on a list already picked: within the counts, where they add most."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.board import Board
from matching.scoring.list_rules import STRONG, UNSIGNALLED, WEAK
from matching.scoring.placement import rank_within, signals_place
from tests.scoring.made_lists import NODES, rules, signalled_candidates


@given(st.integers(0, 10_000), st.integers(0, 9))
def test_signals_keep_the_programs_and_the_counts(seed: int, size: int) -> None:
    board = Board(signalled_candidates(12, seed), rules(), NODES)
    rows = np.random.default_rng(seed).permutation(12)[:size]
    (versions,) = signals_place(board, [rows])
    assert board.row_of[versions].tolist() == rows.tolist()
    for code, slot in product(range(2), (STRONG, WEAK)):
        sent = (board.candidates.specialty[rows] == code) & (board.slot_of[versions] == slot)
        assert sent.sum() <= board.counts[code, slot]
    assert board.start @ board.missed[versions].prod(axis=0) <= board.start @ board.missed[rows].prod(axis=0)


@pytest.mark.parametrize("seed", range(8))
def test_signals_are_placed_nearly_as_well_as_can_be(seed: int) -> None:
    board = Board(signalled_candidates(6, seed), rules(la_weight=0.0), NODES)
    rows = np.arange(6)
    (versions,) = signals_place(board, [rows])
    found = 1 - board.start @ board.missed[versions].prod(axis=0)
    best = 0.0
    for slots in product((STRONG, WEAK, UNSIGNALLED), repeat=6):
        tried = np.array([board.version[slot][row] for row, slot in enumerate(slots)])
        used = [
            ((board.candidates.specialty == code) & (board.slot_of[tried] == slot)).sum()
            for code, slot in product(range(2), (STRONG, WEAK))
        ]
        if (np.array(used).reshape(2, 2) <= board.counts).all():
            best = max(best, float(1 - board.start @ board.missed[tried].prod(axis=0)))
    assert found >= 0.999 * best


def test_rank_within_counts_from_the_largest_of_each_group() -> None:
    value, group = np.array([1.0, 3.0, 2.0, 5.0, 3.0]), np.array([0, 0, 0, 1, 0])
    assert rank_within(value, group).tolist() == [3, 0, 2, 0, 1]
    assert rank_within(value[:0], group[:0]).tolist() == []
