import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from matching.calibration.choose import Sent
from matching.calibration.fit import CalibrationFailed, Chances, match_rate, outcome, shift_fit
from matching.scoring.luck import luck_nodes
from matching.scoring.match_chance import match_probability

CHANCES = Chances(0.2, 1.1, luck_nodes(16))


def sent(*sizes: int, seed: int = 1) -> Sent:
    draw = np.random.default_rng(seed)
    total = sum(sizes)
    return Sent(draw.normal(-3, 1, total), np.arange(total), np.cumsum([0, *sizes]))


def test_outcome_is_the_cores_own_arithmetic_person_by_person() -> None:
    given_ = sent(5, 0, 30, 1)
    found = outcome(given_, 0.4, CHANCES)
    for person in range(given_.people):
        odds = given_.log_odds[given_.start[person] : given_.start[person + 1]] + 0.4
        p_z = expit(odds[:, None] + CHANCES.sigma * CHANCES.nodes.z)
        assert found.match[person] == pytest.approx(
            match_probability(p_z, CHANCES.willing, CHANCES.nodes), abs=1e-12
        )
    assert found.interviews[0] == pytest.approx(
        float(expit(given_.log_odds[0] + 0.4 + CHANCES.sigma * CHANCES.nodes.z) @ CHANCES.nodes.weight)
    )
    assert match_rate(given_, 0.4, CHANCES) == pytest.approx(found.match.mean())


def test_who_applies_nowhere_matches_nowhere() -> None:
    found = outcome(sent(0, 0), 0.0, CHANCES)
    assert found.match.tolist() == [0.0, 0.0]
    assert len(found.interviews) == 0


@given(st.floats(-6, 6), st.floats(0.01, 3))
def test_the_match_rate_rises_with_the_level(shift: float, more: float) -> None:
    given_ = sent(12, 20)
    assert match_rate(given_, shift, CHANCES) < match_rate(given_, shift + more, CHANCES)


@given(st.floats(0.05, 0.9))
def test_shift_fit_meets_its_target_over_all_crowds(target: float) -> None:
    crowds = [sent(20, 40), sent(40, 10, 30, seed=2)]
    shift = shift_fit(crowds, target, CHANCES, what="us_img")
    rates = [match_rate(crowd, shift, CHANCES) for crowd in crowds]
    assert np.mean(rates) == pytest.approx(target, abs=1e-5)


def test_shift_fit_says_what_cannot_be_met() -> None:
    with pytest.raises(CalibrationFailed, match=r"us_do: no intercept gives a match rate of 0\.9"):
        shift_fit([sent(1, 1)], 0.9, CHANCES, what="us_do")
