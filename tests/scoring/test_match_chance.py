"""P(match) and its parts: against every outcome counted out, and their own laws."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.scoring.luck import FloatArray
from matching.scoring.match_chance import (
    IntArray,
    match_if_interviewed,
    match_probability,
    match_probability_draws,
    match_probability_in,
)
from tests.scoring.made_lists import NODES, chances

COUNTS = st.integers(1, 12)
LISTS = COUNTS.flatmap(
    lambda m: st.tuples(
        arrays(np.float64, (m, 16), elements=st.floats(0.0, 1.0)),
        arrays(np.float64, m, elements=st.floats(0.0, 1.0)),
        st.permutations(range(m)).map(np.array),
    )
)


def counted_out(p_z: FloatArray, willing: FloatArray, order: IntArray) -> FloatArray:
    """Chance to match at each program: every set of offers (interviewed and wanted), the best one taken."""
    landed = np.zeros(len(p_z))
    offer = p_z * willing[:, None]
    for outcome in product((False, True), repeat=len(p_z)):
        hit = np.array(outcome)
        if hit.any():
            best = next(row for row in order if hit[row])
            landed[best] += np.where(hit[:, None], offer, 1.0 - offer).prod(axis=0) @ NODES.weight
    return landed


@pytest.mark.parametrize("count", range(1, 11))
def test_match_probability_every_outcome(count: int) -> None:
    p_z, draw = chances(count, seed=count), np.random.default_rng(count)
    willing, order = draw.uniform(0.1, 0.9, count), draw.permutation(count)
    landed = counted_out(p_z, willing, order)
    assert match_probability(p_z, willing, NODES) == pytest.approx(landed.sum(), abs=1e-12)
    parts = match_if_interviewed(p_z, willing, NODES, order) * (p_z @ NODES.weight)
    assert parts == pytest.approx(landed, abs=1e-12)
    member = draw.random(count) < 0.5
    in_member = match_probability_in(p_z, willing, NODES, member, order, first=False)
    assert in_member == pytest.approx(landed[member].sum(), abs=1e-12)


def test_match_probability_no_program() -> None:
    none = np.zeros((0, 16))
    nobody = np.array([], dtype=bool)
    order = np.array([], dtype=np.intp)
    assert match_probability(none, 0.2, NODES) == 0.0
    assert match_if_interviewed(none, 0.2, NODES, order).shape == (0,)
    assert match_probability_in(none, 0.2, NODES, nobody, order, first=True) == 0.0
    assert match_probability_in(none, 0.2, NODES, nobody, order, first=False) == 0.0


def test_match_probability_one_willingness_for_all() -> None:
    p_z, order = chances(9), np.arange(9)
    each = np.full(9, 0.195)
    assert match_probability(p_z, 0.195, NODES) == match_probability(p_z, each, NODES)
    one, many = (match_if_interviewed(p_z, w, NODES, order) for w in (0.195, each))
    assert one.tolist() == many.tolist()


def test_match_probability_by_hand() -> None:
    assert match_probability(np.full((3, 16), 0.5), 0.4, NODES) == pytest.approx(1 - 0.8**3)


@given(LISTS)
def test_match_if_interviewed_sums_to_match(made: tuple[FloatArray, FloatArray, IntArray]) -> None:
    p_z, willing, order = made
    worth = match_if_interviewed(p_z, willing, NODES, order)
    total = (p_z @ NODES.weight) @ worth
    assert total == pytest.approx(match_probability(p_z, willing, NODES), abs=1e-9)
    assert ((worth >= 0.0) & (worth <= willing + 1e-12)).all()


@given(LISTS)
def test_match_probability_never_lower_with_a_program_more(
    made: tuple[FloatArray, FloatArray, IntArray],
) -> None:
    p_z, willing, _ = made
    found = [match_probability(p_z[:m], willing[:m], NODES) for m in range(len(p_z) + 1)]
    assert found == sorted(found)


@given(LISTS)
def test_match_probability_in_ranked_first_is_most(made: tuple[FloatArray, FloatArray, IntArray]) -> None:
    p_z, willing, order = made
    member = np.arange(len(p_z)) % 2 == 0
    first = match_probability_in(p_z, willing, NODES, member, order, first=True)
    ranked = match_probability_in(p_z, willing, NODES, member, order, first=False)
    assert ranked <= first + 1e-12
    assert first <= match_probability(p_z, willing, NODES) + 1e-12
    best = np.concatenate([np.flatnonzero(member), np.flatnonzero(~member)])
    at_best = match_probability_in(p_z, willing, NODES, member, best, first=False)
    assert at_best == pytest.approx(first, abs=1e-9)


def test_match_if_interviewed_better_rank_worth_more() -> None:
    p_z = np.repeat(chances(1), 5, axis=0)
    worth = match_if_interviewed(p_z, 0.3, NODES, np.array([4, 3, 2, 1, 0]))
    assert (np.diff(worth) > 0).all()
    assert worth[4] == pytest.approx(0.3)


def test_match_if_interviewed_impossible_interview() -> None:
    """No interview can come, so the answer is the limit: w, if still unmatched when the turn comes."""
    p_z = np.vstack([chances(1), np.zeros((1, 16))])
    worth = match_if_interviewed(p_z, 0.4, NODES, np.array([0, 1]))
    assert worth[1] == pytest.approx(0.4 * (1 - match_probability(p_z[:1], 0.4, NODES)))


def test_match_probability_draws_one_by_one() -> None:
    draw = np.random.default_rng(3)
    p_dz, willing = draw.random((64, 30, 16)) * 0.4, draw.uniform(0.16, 0.23, 64)
    by_program = np.swapaxes(p_dz, 0, 1)
    everyone, nobody = np.arange(30), np.arange(0)
    found, none = match_probability_draws(by_program, willing, NODES.weight, [everyone, nobody]).T
    singly = [match_probability(p_z, float(w), NODES) for p_z, w in zip(p_dz, willing, strict=True)]
    assert found == pytest.approx(singly, abs=1e-14)
    assert none == pytest.approx(np.zeros(64), abs=1e-15)


def test_match_chance_refuses() -> None:
    p_z = chances(3)
    with pytest.raises(ValueError, match="one a program"):
        match_probability(p_z, np.array([0.1, 0.2]), NODES)
    with pytest.raises(ValueError, match="between 0 and 1"):
        match_probability(p_z, 1.2, NODES)
    with pytest.raises(ValueError, match="between 0 and 1"):
        match_probability(p_z, np.array([0.1, np.nan, 0.1]), NODES)
    for order in ([0, 1], [0, 1, 1], [0, 1, 3]):
        with pytest.raises(ValueError, match="3 programs once"):
            match_if_interviewed(p_z, 0.2, NODES, np.array(order))
    with pytest.raises(ValueError, match="one member flag"):
        match_probability_in(p_z, 0.2, NODES, np.array([True]), np.arange(3), first=True)
    with pytest.raises(ValueError, match="do not fit"):
        match_probability_draws(p_z[:, None], np.array([0.1, 0.2]), NODES.weight, [])
