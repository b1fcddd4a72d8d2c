from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from matching.calibration.outcomes import Outcomes
from matching.calibration.outcomes_fits import (
    Data,
    Line,
    NoLine,
    isotonic_chances,
    logistic_error,
    logistic_fit,
    shift_error,
    shift_fit,
    stretch_fit,
)
from tests.calibration.made_outcomes import SD, link_of, outcomes_made, outcomes_of

lines = st.builds(Line, st.floats(-2, 2), st.floats(0.3, 2))


def data_of(outcomes: Outcomes) -> Data:
    return Data.of(outcomes, link_of(np.full(len(outcomes), SD)))


@given(lines, lines, st.floats(-5, 3))
def test_one_line_after_another_is_a_line(first: Line, then: Line, log_odds: float) -> None:
    both = then.after(first)
    moved = first.intercept + first.slope * log_odds
    assert both.intercept + both.slope * log_odds == pytest.approx(then.intercept + then.slope * moved)


def test_chances_as_they_are_stay_to_the_digit() -> None:
    outcomes = outcomes_made(1)
    data = data_of(outcomes)
    assert data.chances(Line()) == pytest.approx(outcomes.probability, abs=1e-15)
    assert data.chances(Line(1e-9, 1.0)) == pytest.approx(outcomes.probability, abs=1e-8)


@given(st.floats(-2, 2), st.floats(0.3, 2))
def test_a_line_with_a_positive_slope_keeps_the_order_of_chances(intercept: float, slope: float) -> None:
    data = data_of(outcomes_made(2, applicants=4, each=20))
    order = np.argsort(data.log_odds)
    assert (np.diff(data.chances(Line(intercept, slope))[order]) >= 0).all()


def test_a_shift_meets_the_observed_share_and_is_found_again() -> None:
    data = data_of(outcomes_made(3, applicants=1500, intercept=-0.7))
    shift = shift_fit(data)
    assert data.chances(shift).mean() == pytest.approx(data.happened.mean(), abs=1e-8)
    assert shift.slope == 1
    error = shift_error(data, shift)
    assert error < 0.05
    assert shift.intercept == pytest.approx(-0.7, abs=3 * error)


def test_a_stretch_is_found_again() -> None:
    data = data_of(outcomes_made(4, applicants=1500, intercept=-0.6, slope=0.7))
    assert stretch_fit(data).slope == pytest.approx(0.7, abs=0.06)
    assert stretch_fit(data).intercept == pytest.approx(-0.6, abs=0.15)


def test_a_stretch_gives_the_chances_the_logistic_line_asks_for() -> None:
    data = data_of(outcomes_made(5, intercept=-0.5, slope=0.7))
    wanted, line = logistic_fit(data), stretch_fit(data)
    asked = wanted.intercept + wanted.slope * data.logits
    assert logit(data.chances(line)) == pytest.approx(asked, abs=0.1)
    assert data.chances(line).mean() == pytest.approx(expit(asked).mean(), abs=1e-4)


def test_standard_errors_count_applicants_and_not_rows() -> None:
    data = data_of(outcomes_made(6, luck=1.5))
    apart = replace(data, applicant=np.arange(len(data.happened)))
    line = logistic_fit(data)
    assert shift_error(data, shift_fit(data)) > 2 * shift_error(apart, shift_fit(apart))
    assert logistic_error(data, line).intercept > logistic_error(apart, line).intercept


def test_standard_errors_are_of_the_size_that_new_samples_show() -> None:
    found = [shift_fit(data_of(outcomes_made(seed, applicants=80, each=30))) for seed in range(60)]
    stated = np.mean(
        [shift_error(data_of(outcomes_made(s, applicants=80, each=30)), found[s]) for s in range(10)]
    )
    assert np.std([line.intercept for line in found]) == pytest.approx(stated, rel=0.3)


@pytest.mark.parametrize("happened", [np.zeros(30), np.ones(30)])
def test_outcomes_that_are_all_alike_admit_no_line(happened: np.ndarray) -> None:
    data = data_of(outcomes_of(np.arange(30), np.linspace(0.1, 0.4, 30), happened))
    for fit in (shift_fit, stretch_fit):
        with pytest.raises(NoLine):
            fit(data)


def test_chances_that_are_all_alike_have_no_slope() -> None:
    data = data_of(outcomes_of(np.arange(30), np.full(30, 0.2), np.arange(30) % 2))
    with pytest.raises(NoLine, match="do not differ"):
        logistic_fit(data)


def test_a_slope_that_would_turn_signs_is_refused() -> None:
    chances = np.linspace(0.1, 0.6, 200)
    backwards = np.random.default_rng(1).random(200) < 0.7 - chances
    with pytest.raises(NoLine, match="not positive"):
        stretch_fit(data_of(outcomes_of(np.arange(200), chances, backwards)))


def test_steps_rise_and_stay_off_certainty() -> None:
    data = data_of(outcomes_made(7))
    steps = isotonic_chances(data, data)
    assert (np.diff(steps[np.argsort(data.logits)]) >= 0).all()
    assert steps.min() > 0
    assert steps.max() < 1
    assert expit(data.logits).shape == steps.shape
