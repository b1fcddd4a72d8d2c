import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit, logit
from scipy.stats import norm

from matching.scoring.luck import luck_nodes
from matching.scoring.probability import average, draw_probabilities, screen_probability

NODES = luck_nodes(16)


def averaged_plainly(log_odds: float, sd: float, sigma: float) -> float:
    """E σ(η + w x) by adaptive integration: the two normals add up to one of variance sd² + σ²."""
    width = np.hypot(sd, sigma)
    value, _ = quad(lambda x: expit(log_odds + width * x) * norm.pdf(x), -12, 12, epsabs=1e-12)
    return float(value)


@pytest.mark.parametrize("log_odds", [-6.0, -3.0, -1.0, 0.0, 2.0])
@pytest.mark.parametrize("sd", [0.3, 1.0, 1.3])
def test_average_is_the_integral(log_odds: float, sd: float) -> None:
    found = average(np.array([log_odds]), np.array([sd]), sigma=1.0, nodes=NODES)
    assert found.p[0] == pytest.approx(averaged_plainly(log_odds, sd, 1.0), rel=2e-3)
    assert found.p[0] == pytest.approx(found.p_z[0] @ NODES.weight, abs=1e-9)
    assert log_odds + found.averaging[0] == pytest.approx(logit(found.p[0]), abs=1e-9)


@given(st.lists(st.floats(-12, 8), min_size=2, max_size=20, unique=True), st.floats(0, 2), st.floats(0.1, 2))
def test_average_rises_with_the_log_odds(log_odds: list[float], sd: float, sigma: float) -> None:
    found = average(np.sort(log_odds), np.full(len(log_odds), sd), sigma=sigma, nodes=NODES)
    assert (np.diff(found.p) >= 0).all()
    assert (np.diff(found.p_z, axis=0) >= 0).all()
    assert (found.p > 0).all()
    assert (found.p < 1).all()


def test_average_rounds_the_logit_so_that_equals_tie() -> None:
    found = average(np.array([-2.0, -2.0 + 1e-13]), np.ones(2), sigma=1.0, nodes=NODES)
    assert found.p[0] == found.p[1]


def test_without_spread_or_luck_the_probability_is_that_of_the_log_odds() -> None:
    found = average(np.array([-2.0]), np.zeros(1), sigma=0.0, nodes=NODES)
    assert found.p[0] == pytest.approx(expit(-2.0))
    assert found.averaging[0] == pytest.approx(0, abs=1e-9)


def test_screen_is_near_enough_to_choose_rows_by() -> None:
    """The margin kept about every threshold is 1e-3."""
    log_odds = np.linspace(-9, 5, 200)
    for sd in (0.2, 1.0, 1.3):
        width = np.full(200, sd)
        exact = average(log_odds, width, sigma=1.0, nodes=NODES).p
        assert np.abs(screen_probability(log_odds, width, sigma=1.0) - exact).max() < 8e-4


def test_draws_are_probabilities_at_each_node() -> None:
    log_odds = np.array([[-3.0, -2.0], [-1.0, 0.0], [40.0, -40.0]])
    drawn, weight = draw_probabilities(log_odds, np.array([1.0, 0.5]))
    assert drawn.shape == (3, 2, len(weight))
    assert weight.sum() == pytest.approx(1)
    assert drawn.min() >= 0
    assert drawn.max() <= 1
    assert drawn[0, 0] @ weight == pytest.approx(averaged_plainly(-3.0, 0.0, 1.0), rel=1e-2)
