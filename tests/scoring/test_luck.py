"""The number of interviews: against every outcome counted out, and its own laws."""

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit

from matching.scoring.luck import FloatArray, Nodes, interview_distribution, luck_nodes
from matching.scoring.match_chance import match_probability
from tests.scoring.made_lists import NODES, chances

SOME_CHANCES = st.integers(0, 40).flatmap(lambda m: arrays(np.float64, (m, 16), elements=st.floats(0.0, 1.0)))


def counted_out(p_z: FloatArray, nodes: Nodes) -> FloatArray:
    """The same distribution by listing every outcome of every program."""
    pmf = np.zeros(len(p_z) + 1)
    for outcome in product((0, 1), repeat=len(p_z)):
        hit = np.array(outcome, dtype=bool)[:, None]
        pmf[sum(outcome)] += np.where(hit, p_z, 1.0 - p_z).prod(axis=0) @ nodes.weight
    return pmf


def one_by_one(p_z: FloatArray, nodes: Nodes) -> FloatArray:
    """The same by the textbook recurrence, a program and a node at a time."""
    mixed = np.zeros(len(p_z) + 1)
    for node, weight in enumerate(nodes.weight):
        pmf = np.zeros(len(p_z) + 1)
        pmf[0] = 1.0
        for p in p_z[:, node]:
            pmf[1:] = pmf[1:] * (1.0 - p) + pmf[:-1] * p
            pmf[0] *= 1.0 - p
        mixed += weight * pmf
    return mixed


def test_luck_nodes_moments() -> None:
    nodes = luck_nodes()
    assert nodes.weight.sum() == pytest.approx(1.0, abs=1e-15)
    for power, moment in ((1, 0), (2, 1), (3, 0), (4, 3), (6, 15), (8, 105)):
        assert nodes.weight @ nodes.z**power == pytest.approx(moment, abs=1e-10)


def test_luck_nodes_shared_and_read_only() -> None:
    assert luck_nodes(16) is luck_nodes(16)
    with pytest.raises(ValueError, match="read-only"):
        luck_nodes(16).weight[0] = 1.0
    with pytest.raises(ValueError, match="at least one node"):
        luck_nodes(0)


@pytest.mark.parametrize("mean", [-4.0, -3.0, -2.0])
def test_luck_nodes_sixteen_suffice(mean: float) -> None:
    """At a luck of one log-odds the nodes cost P(match) under 1e-6 and P(no interview) under 1e-5."""
    eta = np.random.default_rng(1).normal(mean, 1.0, (80, 1))
    few, many = luck_nodes(16), luck_nodes(256)
    counted = [interview_distribution(expit(eta + nodes.z), nodes) for nodes in (few, many)]
    assert counted[0].none == pytest.approx(counted[1].none, abs=1e-5)
    assert counted[0].expected == pytest.approx(counted[1].expected, abs=1e-7)
    matched = [match_probability(expit(eta + nodes.z), 0.195, nodes) for nodes in (few, many)]
    assert matched[0] == pytest.approx(matched[1], abs=1e-6)


@pytest.mark.parametrize("count", range(11))
def test_interview_distribution_every_outcome(count: int) -> None:
    p_z = chances(count, seed=count)
    assert interview_distribution(p_z, NODES).pmf == pytest.approx(counted_out(p_z, NODES), abs=1e-13)


@pytest.mark.parametrize("count", [15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 200, 256, 300])
def test_interview_distribution_long_lists(count: int) -> None:
    p_z = chances(count, seed=count, spread=2.0)
    found = interview_distribution(p_z, NODES)
    assert found.pmf == pytest.approx(one_by_one(p_z, NODES), abs=1e-13)
    assert found.none == pytest.approx(found.pmf[0], rel=1e-12)


def test_interview_distribution_no_program() -> None:
    found = interview_distribution(np.zeros((0, 16)), NODES)
    assert found.pmf.tolist() == [1.0]
    assert (found.expected, found.p10, found.p50, found.p90, found.none) == (0.0, 0, 0, 0, 1.0)


def test_interview_distribution_certainties() -> None:
    found = interview_distribution(np.repeat([[1.0], [0.0], [1.0]], 16, axis=1), NODES)
    assert found.pmf == pytest.approx([0.0, 0.0, 1.0, 0.0], abs=1e-15)
    assert (found.p10, found.p50, found.p90) == (2, 2, 2)


def test_interview_distribution_percentiles_of_two_coins() -> None:
    found = interview_distribution(np.full((2, 16), 0.5), NODES)
    assert found.pmf == pytest.approx([0.25, 0.5, 0.25])
    assert (found.p10, found.p50, found.p90) == (0, 1, 2)


def test_interview_distribution_luck_shared_widens() -> None:
    """A hundred programs at 5 % each: alone 0.6 % have no interview, with shared luck many times more."""
    alone = interview_distribution(np.full((100, 16), 0.05), NODES)
    p_z = chances(100, mean=-3.35, spread=0.0)
    shared = interview_distribution(p_z * (5.0 / (p_z @ NODES.weight).sum()), NODES)
    assert shared.expected == pytest.approx(alone.expected)
    assert alone.none == pytest.approx(0.95**100)
    assert shared.none > 10 * alone.none


@given(SOME_CHANCES)
def test_interview_distribution_laws(p_z: FloatArray) -> None:
    found = interview_distribution(p_z, NODES)
    assert found.pmf.min() >= 0.0
    assert found.pmf.sum() == pytest.approx(1.0, abs=1e-12)
    assert found.expected == pytest.approx(float((p_z @ NODES.weight).sum()), abs=1e-12)
    assert found.pmf @ np.arange(len(p_z) + 1) == pytest.approx(found.expected, abs=1e-11)
    assert 0 <= found.p10 <= found.p50 <= found.p90 <= len(p_z)


@given(SOME_CHANCES.filter(len), st.randoms(use_true_random=False))
def test_interview_distribution_order_no_matter(p_z: FloatArray, random: Random) -> None:
    rows = list(range(len(p_z)))
    random.shuffle(rows)
    found, shuffled = (interview_distribution(p, NODES) for p in (p_z, p_z[rows]))
    assert found.pmf == pytest.approx(shuffled.pmf, abs=1e-13)


@pytest.mark.parametrize(
    ("p_z", "said"),
    [
        (np.zeros((3, 15)), "shape"),
        (np.zeros(16), "shape"),
        (np.full((1, 16), 1.1), "between 0 and 1"),
        (np.full((1, 16), -0.1), "between 0 and 1"),
        (np.full((1, 16), np.nan), "between 0 and 1"),
    ],
)
def test_interview_distribution_refuses(p_z: FloatArray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        interview_distribution(p_z, NODES)
