"""How far off chances look that are exactly right: no measure of outcomes is zero, by luck alone."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from matching.calibration.outcomes import Rules
from matching.calibration.outcomes_fits import Data
from matching.calibration.outcomes_metrics import measures, moments
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

SEASONS = 200


@dataclass(frozen=True)
class Noise:
    """Expected calibration error where the model is right: its mean over ``SEASONS`` made-up seasons, and the
    least and most of the central share of ``Rules.level`` of them."""

    ece: float
    low: float
    high: float


def noise_of(data: Data, sd: Floats, sigma: float, bins: Ints, rules: Rules) -> Noise:
    """Outcomes drawn from the model itself for the same rows: each program's unknown part of standard
    deviation ``sd`` (n,), luck of standard deviation ``sigma`` shared by all rows of an applicant. Seeded."""
    rng = np.random.default_rng(rules.seed)
    people, p = int(data.applicant.max()) + 1, data.chances_given
    found = np.empty(SEASONS)
    for season in range(SEASONS):
        luck = sigma * rng.standard_normal(people)[data.applicant]
        at = data.log_odds + luck + sd * rng.standard_normal(len(sd))
        happened = (rng.random(len(sd)) < expit(at)).astype(np.float64)
        found[season] = measures(moments(np.zeros_like(bins), p, happened, bins)[0]).ece
    tail = (1 - rules.level) / 2
    low, high = np.quantile(found, (tail, 1 - tail))
    return Noise(float(found.mean()), float(low), float(high))
