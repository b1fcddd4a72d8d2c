"""Outcomes made up by the model's own rules, or by others, so that what must be found in them is known."""

import numpy as np
from scipy.special import expit

from matching.calibration.outcomes import SCORE_BANDS, Outcomes
from matching.calibration.outcomes_link import Link
from matching.scoring.draws import Floats
from matching.scoring.luck import luck_nodes

SD, SIGMA = 1.0, 1.0
VERSION = "1.0123456789"


def link_of(sd: Floats) -> Link:
    return Link.of(sd, sigma=SIGMA, nodes=luck_nodes(16))


def outcomes_made(
    seed: int,
    *,
    applicants: int = 150,
    each: int = 60,
    intercept: float = 0.0,
    slope: float = 1.0,
    luck: float = SIGMA,
    kind: str = "us_img",
) -> Outcomes:
    """Chances predicted from log-odds η; what happened drawn at ``intercept`` + ``slope`` · η, with luck
    shared by all programs of an applicant, of standard deviation ``luck``, and each program's own unknown
    part."""
    rng = np.random.default_rng(seed)
    n = applicants * each
    applicant = np.repeat(np.arange(applicants), each)
    log_odds = -2.2 + rng.normal(0, 0.7, applicants)[applicant] + rng.normal(0, 0.8, n)
    unseen = rng.normal(0, SD, n) + rng.normal(0, luck, applicants)[applicant]
    happened = rng.random(n) < expit(intercept + slope * log_odds + unseen)
    probability = expit(link_of(np.full(n, SD)).logit_of(log_odds))
    return outcomes_of(applicant, probability, happened.astype(np.float64), kind=kind)


def outcomes_of(
    applicant: object, probability: object, interviewed: object, kind: str = "us_img"
) -> Outcomes:
    """Outcomes from three columns; the other columns go round what there is."""
    codes = np.asarray(applicant, dtype=np.int64)
    n = len(codes)
    happened = np.asarray(interviewed, dtype=np.float64)
    return Outcomes(
        applicant=codes,
        probability=np.asarray(probability, dtype=np.float64),
        interviewed=happened,
        matched=np.where(happened > 0, 0.0, np.nan),
        program=np.array([f"sp{i % 4000:05d}" for i in range(n)]),
        version=np.full(n, VERSION),
        season=np.full(n, "2027"),
        kind=np.full(n, kind),
        specialty=np.array(["internal-medicine", "family-medicine"])[np.arange(n) % 2],
        band=np.array(SCORE_BANDS)[codes % len(SCORE_BANDS)],
    )
