from dataclasses import replace

import numpy as np

from matching.calibration.outcomes import Outcomes, Rules
from matching.calibration.outcomes_fits import Data
from matching.calibration.outcomes_metrics import bins_of
from matching.calibration.outcomes_noise import Noise, noise_of
from matching.calibration.outcomes_tables import assess
from tests.calibration.made_outcomes import SD, SIGMA, link_of, outcomes_made

RULES = Rules(resamples=20)


def noise(outcomes: Outcomes, sigma: float = SIGMA) -> Noise:
    sd = np.full(len(outcomes), SD)
    return noise_of(
        Data.of(outcomes, link_of(sd)), sd, sigma, bins_of(outcomes.probability, RULES.bins), RULES
    )


def ece(outcomes: Outcomes) -> float:
    found = assess(outcomes, RULES, "all").ece
    assert found
    return found.value


def test_right_chances_err_as_luck_has_it_and_wrong_ones_more() -> None:
    stated = noise(outcomes_made(0))
    errors = [ece(outcomes_made(seed)) for seed in range(20)]
    assert sum(stated.low <= error <= stated.high for error in errors) >= 17
    assert ece(outcomes_made(0, intercept=-1)) > stated.high


def test_fewer_applicants_and_shared_luck_make_more_noise() -> None:
    few, many = outcomes_made(1, applicants=40), outcomes_made(1, applicants=400)
    assert noise(few).ece > 1.5 * noise(many).ece
    apart = replace(few, applicant=np.arange(len(few)))
    assert noise(few).ece > 1.2 * noise(apart).ece


def test_the_same_rows_have_the_same_noise() -> None:
    assert noise(outcomes_made(2)) == noise(outcomes_made(2))
