import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from matching.calibration.outcomes_link import Link
from matching.scoring.luck import luck_nodes
from matching.scoring.probability import average

NODES = luck_nodes(16)
SD = np.array([1.0, 0.37, 1.0, 0.8])
LINK = Link.of(SD, sigma=0.9, nodes=NODES)
log_odds_made = st.lists(st.floats(-12, 8), min_size=4, max_size=4).map(np.array)


@given(log_odds_made)
def test_chances_are_those_of_the_core(log_odds: np.ndarray) -> None:
    core = average(log_odds, SD, sigma=0.9, nodes=NODES)
    assert expit(LINK.logit_of(log_odds)) == pytest.approx(core.p, abs=1e-5)
    assert LINK.logit_of(log_odds) == pytest.approx(logit(core.p), abs=1e-4)


@given(log_odds_made)
def test_the_way_back_leads_back(log_odds: np.ndarray) -> None:
    assert LINK.log_odds_of(LINK.logit_of(log_odds)) == pytest.approx(log_odds, abs=1e-6)


def test_rows_taken_keep_their_spread() -> None:
    rows, log_odds = np.array([3, 1]), np.array([-2.0, -1.0, -3.0, -2.5])
    assert LINK.take(rows).logit_of(log_odds[rows]) == pytest.approx(LINK.logit_of(log_odds)[rows])


def test_wider_spread_pulls_chances_to_the_middle() -> None:
    wide, narrow = Link.of(np.array([1.5, 0.2]), sigma=1.0, nodes=NODES).logit_of(np.array([-3.0, -3.0]))
    assert wide > narrow > -3.0
