"""One pick after another: fee steps, ties, money that runs out, programs that add nothing or cost nothing."""

import numpy as np

from matching.scoring.portfolio import (
    list_select,
)
from tests.scoring.made_lists import ERAS, EVEN, NODES, SOON_DEARER, TOGETHER, candidates, chances, rules


def test_list_select_cheap_steps_first() -> None:
    """Two specialties alike: a fourth of the first is dearer, so the second's first three come before it."""
    p_z = np.repeat(chances(1), 12, axis=0)
    made = candidates(p_z, specialty=np.array([0] * 6 + [1] * 6), scope=np.zeros(12, np.int8))
    found = list_select(made, rules(SOON_DEARER, SOON_DEARER, most=8), NODES, scope=0)
    assert found.order.tolist() == [0, 1, 2, 6, 7, 8, 3, 4]
    assert found.usd.tolist() == [11] * 6 + [30] * 2
    assert found.cost_usd == 126


def test_list_select_ties_go_to_the_lower_index() -> None:
    """Rows that differ by rounding alone are a tie, wherever they stand."""
    p_z = np.repeat(chances(1), 40, axis=0)
    p_z[1::2] *= 1.0 + 4e-16
    made = candidates(p_z, specialty=np.arange(40) % 2, scope=np.zeros(40, np.int8))
    assert list_select(made, rules(most=40), NODES, scope=0).order.tolist() == list(range(40))


def test_list_select_price_together_is_spread() -> None:
    """$99 for up to 18 is $5.50 each when compared, but the first pick pays it."""
    p_z = np.repeat(chances(1), 40, axis=0)
    made = candidates(p_z, specialty=np.repeat([0, 1], 20), scope=np.zeros(40, np.int8))
    found = list_select(made, rules(ERAS, TOGETHER, most=25), NODES, scope=0)
    assert made.specialty[found.order].tolist() == [1] * 18 + [0] * 7
    assert found.usd.tolist() == [99] + [0] * 17 + [11] * 7


def test_list_select_passes_over_what_it_cannot_pay() -> None:
    """$62: the better specialty's fourth costs 30, so the money goes on to the other's at 11."""
    p_z = np.vstack([chances(6, 1, mean=0.0, spread=0.0), chances(6, 2, mean=-5.0, spread=0.0)])
    made = candidates(p_z, specialty=np.repeat([0, 1], 6), scope=np.zeros(12, np.int8))
    found = list_select(made, rules(SOON_DEARER, EVEN, max_usd=62), NODES, scope=0)
    assert made.specialty[found.order].tolist() == [0, 0, 0, 1, 1]
    assert found.cost_usd == 53
    none = list_select(made, rules(SOON_DEARER, EVEN, max_usd=0), NODES, scope=0)
    assert (none.order.size, none.cost_usd, none.p_match, none.p_la, none.stop_line) == (0, 0, 0.0, 0.0, 0)


def test_list_select_hopeless_programs_fill_last() -> None:
    p_z = np.vstack([np.zeros((2, 16)), chances(2)])
    made = candidates(p_z, scope=np.zeros(4, np.int8), specialty=np.zeros(4, np.intp))
    found = list_select(made, rules(ERAS, most=3), NODES, scope=0)
    assert sorted(found.order[:2].tolist()) == [2, 3]
    assert found.order[2] == 0
    assert found.gains[2] == 0.0
    sure = candidates(np.ones((4, 16)), scope=np.zeros(4, np.int8), specialty=np.zeros(4, np.intp))
    assert list_select(sure, rules(ERAS, most=4, willing=1.0), NODES, scope=0).order.tolist() == [0, 1, 2, 3]


def test_list_select_free_programs() -> None:
    made = candidates(chances(4), scope=np.zeros(4, np.int8), specialty=np.array([0, 1, 0, 1]))
    found = list_select(made, rules(ERAS, [0] * 60, most=4), NODES, scope=0)
    assert made.specialty[found.order].tolist() == [1, 1, 0, 0]
    assert found.cost_usd == 22
