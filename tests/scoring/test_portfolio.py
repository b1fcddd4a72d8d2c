"""The list: equal to the plain way of picking it, near the best there is, always within its limits."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.luck import FloatArray
from matching.scoring.portfolio import (
    Candidates,
    ListRules,
    Selection,
    list_select,
    scopes_select,
)
from tests.scoring.made_lists import (
    EVEN,
    NODES,
    SOON_DEARER,
    TOGETHER,
    candidates,
    chances,
    problems,
    rules,
)
from tests.scoring.plain_list import best_list, cost, objective, plain_select


def net(made: Candidates, asked: ListRules, rows: list[int]) -> float:
    """Dollars the list is worth beyond those it costs."""
    return objective(made, asked, rows) * 100 * asked.usd_per_match_point - cost(made, asked, rows)


def same(one: Selection, other: Selection) -> bool:
    return one.order.tolist() == other.order.tolist() and one.gains.tobytes() == other.gains.tobytes()


@given(problems())
def test_list_select_equals_the_plain_way(problem: tuple[Candidates, ListRules]) -> None:
    made, asked = problem
    for scope, found in enumerate(scopes_select(made, asked, NODES)):
        picked, gains, stop = plain_select(made, asked, scope)
        if asked.max_usd is not None and (asked.step_usd[:, 0] == TOGETHER[0]).any():
            assert net(made, asked, found.order.tolist()) >= net(made, asked, picked) - 1e-9
            continue
        assert found.order.tolist() == picked
        assert found.gains == pytest.approx(gains, rel=1e-9)
        assert found.stop_line == stop
        assert found.cost_usd == found.usd.sum() == cost(made, asked, picked)
        assert found.p_match + asked.la_weight * found.p_la == pytest.approx(objective(made, asked, picked))
        assert found.gains.sum() == pytest.approx(objective(made, asked, picked), abs=1e-12)


@given(problems())
def test_list_select_keeps_its_limits(problem: tuple[Candidates, ListRules]) -> None:
    made, asked = problem
    for scope, found in enumerate(scopes_select(made, asked, NODES)):
        rows = found.order
        inside = made.allowed & (made.scope <= scope)
        assert len(set(rows.tolist())) == rows.size <= asked.max_applications
        assert inside[rows].all()
        assert asked.max_usd is None or found.cost_usd <= asked.max_usd
        assert 0 <= found.stop_line <= rows.size
        assert (found.gains >= 0.0).all()
        if asked.max_usd is None:
            assert rows.size == min(asked.max_applications, inside.sum())


@given(problems())
def test_scopes_select_is_four_lists(problem: tuple[Candidates, ListRules]) -> None:
    made, asked = problem
    for scope, found in enumerate(scopes_select(made, asked, NODES)):
        assert same(found, list_select(made, asked, NODES, scope=scope))


@given(problems(), st.integers(0, 30))
def test_list_select_nests_under_the_count(problem: tuple[Candidates, ListRules], fewer: int) -> None:
    made, asked = problem
    asked = replace(asked, max_usd=None)
    whole = list_select(made, asked, NODES, scope=3)
    part = list_select(made, replace(asked, max_applications=fewer), NODES, scope=3)
    shorter = min(part.order.size, whole.order.size)
    assert part.order[:shorter].tolist() == whole.order[:shorter].tolist()


@given(problems(ties=False))
def test_list_select_permuted_candidates(problem: tuple[Candidates, ListRules]) -> None:
    made, asked = problem
    rows = np.random.default_rng(len(made.p_z)).permutation(len(made.p_z))
    columns = ("p_z", "program", "specialty", "in_la", "scope", "allowed", "required")
    turned = Candidates(**{name: getattr(made, name)[rows] for name in columns})
    found, again = (list_select(given, asked, NODES, scope=3) for given in (made, turned))
    assert made.program[found.order].tolist() == turned.program[again.order].tolist()
    assert found.gains == pytest.approx(again.gains, rel=1e-12)


@given(problems())
def test_list_select_same_input_same_bytes(problem: tuple[Candidates, ListRules]) -> None:
    made, asked = problem
    copied = replace(made, p_z=made.p_z.copy())
    assert same(list_select(made, asked, NODES, scope=3), list_select(copied, asked, NODES, scope=3))


@given(problems())
def test_list_select_worth_falls_dollar_for_dollar(problem: tuple[Candidates, ListRules]) -> None:
    """Where prices are even no later pick brings more: the stop line cuts the list once."""
    made, asked = problem
    asked = replace(asked, step_usd=np.array([EVEN, EVEN]))
    found = list_select(made, asked, NODES, scope=3)
    assert (np.diff(found.gains) <= 1e-15).all()
    worth = found.gains * 100.0 * asked.usd_per_match_point >= 10.0
    assert worth.tolist() == [pick < found.stop_line for pick in range(worth.size)]


@pytest.mark.parametrize("seed", range(12))
def test_list_select_near_the_best_of_all_lists(seed: int) -> None:
    """Under a count limit as good as the best; a few dollars may be left over under a small money limit."""
    made = candidates(chances(10, seed), seed)
    counted = rules(EVEN, EVEN, most=4)
    paid = rules(SOON_DEARER, SOON_DEARER, max_usd=75)
    by_count, by_money = (list_select(made, asked, NODES, scope=3).gains.sum() for asked in (counted, paid))
    assert 1 - 1 / np.e < 0.999 <= by_count / best_list(made, counted) <= 1 + 1e-12
    assert 0.95 <= by_money / best_list(made, paid) <= 1 + 1e-12


def most_possible(made: Candidates, asked: ListRules, start: npt.NDArray[np.intp]) -> float:
    """No list brings more than this: Frank-Wolfe on the concave relaxation, each step certifying a bound."""
    logs = np.log1p(-asked.willing * made.p_z)
    share = np.zeros(len(made.p_z))
    share[start] = 1.0
    bound = np.inf
    for step in range(200):
        open_z: FloatArray = NODES.weight * np.exp(share @ logs)
        slope = -logs @ open_z
        corner = np.zeros_like(share)
        corner[np.argsort(-slope)[: asked.max_applications]] = 1.0
        bound = min(bound, 1.0 - float(open_z.sum()) + float(slope @ (corner - share)))
        share += (corner - share) / (step + 3.0)
    return bound


@pytest.mark.parametrize("seed", range(3))
def test_list_select_close_to_a_certified_bound(seed: int) -> None:
    made = candidates(chances(600, seed), seed)
    even = rules([10] * 100, [10] * 100, most=80, la_weight=0.0)
    found = list_select(made, even, NODES, scope=3)
    assert found.p_match >= 0.999 * most_possible(made, even, found.order)


def test_list_select_los_angeles_weighed() -> None:
    """A wish for Los Angeles brings its programs forward, never a lower chance there."""
    made = candidates(chances(200, 5), 5)
    plain, wished = (list_select(made, rules(la_weight=w, most=40), NODES, scope=3) for w in (0.0, 1.0))
    assert wished.p_la > plain.p_la
    assert wished.p_match < plain.p_match
    assert made.in_la[wished.order].sum() > made.in_la[plain.order].sum()


def test_list_select_stop_line_moves_with_the_exchange_rate() -> None:
    made = candidates(chances(100, 2), 2)
    lines = [
        list_select(made, rules(most=60, usd_per_match_point=usd), NODES, scope=3).stop_line
        for usd in (0.0, 20.0, 50.0, 150.0, 1e9)
    ]
    assert lines == sorted(lines)
    assert (lines[0], lines[-1]) == (0, 60)


def test_list_select_required_first() -> None:
    p_z = chances(30, 4)
    worst = np.argsort(p_z @ NODES.weight)[:3]
    required = np.zeros(30, dtype=bool)
    required[worst] = True
    made = candidates(p_z, 4, required=required, scope=np.zeros(30, np.int8))
    asked = rules(SOON_DEARER, SOON_DEARER, most=12, usd_per_match_point=20.0)
    found = list_select(made, asked, NODES, scope=0)
    picked, _, stop = plain_select(made, asked, 0)
    assert set(found.order[:3].tolist()) == set(worst.tolist())
    assert found.order.tolist() == picked
    assert found.stop_line == stop >= 3


def test_list_select_required_counts_within_its_scope() -> None:
    scope = np.array([0, 3], np.int8)
    made = candidates(chances(2), scope=scope, required=np.array([False, True]), specialty=np.array([0, 0]))
    inner, outer = (list_select(made, rules(most=1), NODES, scope=s) for s in (0, 3))
    assert (inner.order.tolist(), outer.order.tolist()) == ([0], [1])


def test_list_select_nothing_to_pick() -> None:
    nobody = candidates(np.zeros((0, 16)))
    for found in scopes_select(nobody, rules(), NODES):
        assert (found.order.size, found.cost_usd, found.p_match, found.p_la, found.stop_line) == (
            0,
            0,
            0.0,
            0.0,
            0,
        )
    barred = candidates(chances(5), allowed=np.zeros(5, dtype=bool))
    assert list_select(barred, rules(), NODES, scope=3).order.size == 0
    assert list_select(candidates(chances(5)), rules(most=0), NODES, scope=3).order.size == 0
