"""How many interviews a list's chances brought to expect, from the chances alone.

The chance at a program says nothing of its log-odds until it is known how much is not known of the program.
The spread stated for a program without counted residents is taken for all; it moves no chance, and the range
of the number of interviews hardly.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import logit

from matching.calibration.outcomes_link import Link
from matching.scoring.luck import interview_distribution
from matching.scoring.model import Model
from matching.scoring.probability import average

DIGITS = 6


def forecast_of(chances: Sequence[float], model: Model) -> dict[str, Any] | None:
    """Expected interviews, the middle eight in ten, the chance of none, and the share of each number of
    interviews. None where no application had a chance."""
    known = np.array([chance for chance in chances if 0 < chance < 1])
    if not len(known):
        return None
    sigma, nodes = model.parameters.values["luck.sigma"], model.nodes
    sd = np.full(len(known), model.parameters.values["openness_sd"])
    log_odds = Link.of(sd, sigma=sigma, nodes=nodes).log_odds_of(logit(known))
    found = interview_distribution(average(log_odds, sd, sigma=sigma, nodes=nodes).p_z, nodes)
    return {
        "applications": len(known),
        "expected": round(float(known.sum()), DIGITS),
        "p10": found.p10,
        "p90": found.p90,
        "none": round(found.none, DIGITS),
        "histogram": [round(float(share), DIGITS) for share in found.pmf],
    }
