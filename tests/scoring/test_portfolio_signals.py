"""Lists with signals: within their counts, never worse for having them, and near the best there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.list_rules import UNSIGNALLED
from matching.scoring.portfolio import ListInfeasible, list_select, scopes_select
from tests.bench.list_bound import best_of_all, upper_bound
from tests.bench.list_cases import cases, small_cases
from tests.bench.lists import BAR, ratio_of
from tests.scoring.made_lists import ERAS, NODES, TOGETHER, rules, signalled_candidates
from tests.scoring.plain_list import cost

LIMITS = {
    "most": st.integers(1, 24),
    "max_usd": st.none() | st.integers(11, 300),
    "la_weight": st.sampled_from([0.0, 0.15, 1.0]),
}


@given(st.integers(0, 10_000), st.fixed_dictionaries(LIMITS), st.sampled_from([ERAS, TOGETHER]))
def test_a_signal_never_lowers_the_objective(seed: int, limits: dict[str, float], second: list[int]) -> None:
    made, asked = signalled_candidates(24, seed), rules(ERAS, second, **limits)  # type: ignore[arg-type]
    plain = replace(made, signalled=None)
    for with_signals, without in zip(
        scopes_select(made, asked, NODES), scopes_select(plain, asked, NODES), strict=True
    ):
        worth = [
            (one.p_match + asked.la_weight * one.p_la) * 100 * asked.usd_per_match_point - one.cost_usd
            for one in (with_signals, without)
        ]
        assert worth[0] >= worth[1] - 1e-6


@given(st.integers(0, 10_000), st.fixed_dictionaries(LIMITS))
def test_lists_with_signals_keep_every_limit(seed: int, limits: dict[str, float]) -> None:
    made, asked = signalled_candidates(24, seed), rules(**limits)  # type: ignore[arg-type]
    assert made.signalled is not None
    for scope, found in enumerate(scopes_select(made, asked, NODES)):
        rows = found.order.tolist()
        assert len(set(rows)) == len(rows) <= asked.max_applications
        assert (made.scope[found.order] <= scope).all()
        assert found.cost_usd == cost(made, asked, rows)
        assert asked.max_usd is None or found.cost_usd <= asked.max_usd
        sent = found.slot != UNSIGNALLED
        assert np.isin(found.order[sent], made.signalled.rows).all()
        used = np.zeros((2, 2), dtype=int)
        np.add.at(used, (made.specialty[found.order[sent]], found.slot[sent]), 1)
        assert (used <= made.signalled.counts).all()
        assert found.gains.sum() == pytest.approx(found.p_match + asked.la_weight * found.p_la, abs=1e-12)


def test_required_programs_are_in_and_may_be_signalled() -> None:
    made = signalled_candidates(24, 5)
    must = made.required.copy()
    must[np.argmax(made.p_z.mean(axis=1))] = True
    found = list_select(replace(made, required=must), rules(most=6), NODES, scope=3)
    assert np.flatnonzero(must)[0] in found.order
    with pytest.raises(ListInfeasible):
        list_select(replace(made, required=must, allowed=~must), rules(most=6), NODES, scope=3)


@pytest.mark.parametrize("case", list(cases(10)), ids=lambda case: case.name)
def test_lists_are_near_a_certified_bound(case: object) -> None:
    assert BAR <= ratio_of(case) <= 1 + 1e-9


@pytest.mark.parametrize("case", list(small_cases(6)), ids=lambda case: case.name)
def test_the_bound_is_no_less_than_the_best_list(case: object) -> None:
    made, asked = case.candidates, case.rules  # type: ignore[attr-defined]
    best = best_of_all(made, asked, NODES, scope=3)
    bound = upper_bound(made, asked, NODES, scope=3)
    assert best <= bound + 1e-9
    found = list_select(made, asked, NODES, scope=3)
    assert found.p_match + asked.la_weight * found.p_la <= best + 1e-9
