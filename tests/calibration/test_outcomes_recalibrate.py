from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calibration.outcomes import Outcomes, Rules
from matching.calibration.outcomes_fits import Line
from matching.calibration.outcomes_recalibrate import (
    CANDIDATES,
    Recalibration,
    folds_of,
    gain_with_error,
    recalibrate,
)
from tests.calibration.made_outcomes import SD, link_of, outcomes_made, outcomes_of

RULES = Rules()


def decide(outcomes: Outcomes, rules: Rules = RULES) -> Recalibration:
    return recalibrate(outcomes, link_of(np.full(len(outcomes), SD)), rules, "us_img")


@pytest.mark.parametrize("seed", range(4))
def test_right_chances_are_kept_as_they_are(seed: int) -> None:
    found = decide(outcomes_made(seed))
    assert (found.kept, found.line, found.too_few) == ("identity", Line(), None)


@pytest.mark.parametrize("seed", range(4))
def test_a_shift_is_kept_and_found(seed: int) -> None:
    found = decide(outcomes_made(seed, intercept=-0.7))
    assert found.kept == "shift"
    assert found.shift
    assert found.line.intercept == pytest.approx(-0.7, abs=3 * found.shift.error.intercept)
    assert found.line.slope == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_stretch_is_kept_where_a_shift_would_not_do(seed: int) -> None:
    found = decide(outcomes_made(seed, intercept=-1.0, slope=0.55))
    assert found.kept == "stretch"
    assert found.line.slope == pytest.approx(0.55, abs=0.25)
    assert found.logistic
    assert found.logistic.line.slope + 2 * found.logistic.error.slope < 1


def test_what_was_kept_is_better_on_applicants_not_fitted_to() -> None:
    outcomes = outcomes_made(9, intercept=-0.8)
    found = decide(outcomes)
    losses = {candidate.name: candidate.log_loss for candidate in found.candidates}
    assert tuple(losses) == CANDIDATES
    assert losses["shift"] < losses["identity"]  # type: ignore[operator]
    gap = abs(found.chances.mean() - outcomes.interviewed.mean())
    assert gap < 0.2 * abs(outcomes.probability.mean() - outcomes.interviewed.mean())


@given(st.lists(st.integers(0, 12), min_size=40, max_size=80))
def test_no_applicant_is_on_both_sides_of_a_fold(applicant: list[int]) -> None:
    codes = np.concatenate((np.unique(applicant, return_inverse=True)[1], np.arange(5)))
    judged = []
    for train, test in folds_of(codes, 5):
        assert not set(codes[train]) & set(codes[test])
        judged += test.tolist()
    assert sorted(judged) == list(range(len(codes)))


def test_chances_of_unseen_applicants_do_not_hang_on_their_own_outcomes() -> None:
    outcomes = outcomes_made(10, intercept=-0.7)
    first = next(iter(folds_of(outcomes.applicant, RULES.folds)))[1]
    other = outcomes.interviewed.copy()
    other[first[:500]] = 0.0
    assert decide(replace(outcomes, interviewed=other)).chances[first] == pytest.approx(
        decide(outcomes).chances[first]
    )


@pytest.mark.parametrize(("applicants", "each"), [(49, 200), (60, 3)])
def test_too_few_outcomes_decide_nothing(applicants: int, each: int) -> None:
    found = decide(outcomes_made(1, applicants=applicants, each=each, intercept=-1))
    assert found.too_few == "needs 50 applicants and 100 rows of each outcome"
    assert (found.kept, found.line, found.candidates) == ("identity", Line(), ())


def test_a_candidate_that_would_turn_signs_is_refused_and_said_so() -> None:
    rng = np.random.default_rng(3)
    p = 0.1 + 0.5 * rng.random(4000)
    found = decide(outcomes_of(np.arange(4000) % 200, p, rng.random(4000) < 0.7 - p))
    stretch = found.candidates[CANDIDATES.index("stretch")]
    assert stretch.refused == "the slope is not positive: higher chances did not go with more interviews"
    assert found.kept != "stretch"
    assert found.logistic is None


def test_steps_are_never_kept_even_where_they_fit_best() -> None:
    rng = np.random.default_rng(4)
    p = 0.05 + 0.6 * rng.random(20_000)
    found = decide(
        outcomes_of(np.arange(20_000) % 400, p, rng.random(20_000) < np.where(p > 0.35, 0.5, 0.05))
    )
    gains = {candidate.name: candidate.gain for candidate in found.candidates}
    assert gains["isotonic"] > gains["stretch"]  # type: ignore[operator]
    assert found.kept in {"shift", "stretch"}


def test_the_same_rows_decide_the_same() -> None:
    one, two = (decide(outcomes_made(11, intercept=-0.4)) for _ in range(2))
    assert (one.kept, one.line, one.candidates) == (two.kept, two.line, two.candidates)
    assert np.array_equal(one.chances, two.chances)


def test_a_gain_is_as_sure_as_there_are_applicants() -> None:
    difference = np.random.default_rng(5).normal(0.1, 1, 50)
    thrice, codes = np.repeat(difference, 3), np.repeat(np.arange(50), 3)
    gain, error = gain_with_error(thrice, codes)
    assert gain == pytest.approx(difference.mean())
    assert error == pytest.approx(difference.std(ddof=1) / np.sqrt(50))
