"""The intercepts at which the reference population matches at the headline rates.

All log-odds of a kind of graduate move together with her intercept, so everyone is scored once and a shift is
looked for. Given luck z programs decide on their own:

    P(match) = 1 − E_z Π_j (1 − w σ(η_j + s_j u_j + shift + σ z)),   u_j the program's actual hidden openness.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from matching.calibration.choose import Sent
from matching.scoring.draws import Floats
from matching.scoring.luck import Nodes

WIDEST = 15.0  # log-odds a shift may be looked for
PRECISION = 1e-6


class CalibrationFailed(ValueError):
    """No intercept reproduces the target; the message says which."""


@dataclass(frozen=True)
class Chances:
    """From log-odds to a match: ``willing`` w, the standard deviation ``sigma`` of luck and its nodes."""

    willing: float
    sigma: float
    nodes: Nodes


@dataclass(frozen=True)
class Outcome:
    """What a shift implies: ``match`` (people,) chance of a match; ``interviews`` (t,) chance of one at each
    application."""

    match: Floats
    interviews: Floats


def outcome(sent: Sent, shift: float, chances: Chances) -> Outcome:
    """Chances of everyone at ``shift`` log-odds above the scores."""
    p_z = _interviews(sent, shift, chances)
    weight = chances.nodes.weight
    return Outcome(_match(p_z, sent, chances), p_z @ weight)


def match_rate(sent: Sent, shift: float, chances: Chances) -> float:
    """Mean P(match) of the people; it rises with ``shift``."""
    return float(_match(_interviews(sent, shift, chances), sent, chances).mean())


def shift_fit(sent: Sequence[Sent], target: float, chances: Chances, *, what: str) -> float:
    """The shift at which the mean match rate over ``sent`` is ``target``. Raises CalibrationFailed, naming
    ``what``."""

    def miss(shift: float) -> float:
        return float(np.mean([match_rate(part, shift, chances) for part in sent])) - target

    low, high = -1.0, 1.0
    while miss(low) > 0 and low > -WIDEST:
        low *= 2
    while miss(high) < 0 and high < WIDEST:
        high *= 2
    if miss(low) > 0 or miss(high) < 0:
        raise CalibrationFailed(f"{what}: no intercept gives a match rate of {target:g}")
    return float(brentq(miss, low, high, xtol=PRECISION))


def _interviews(sent: Sent, shift: float, chances: Chances) -> Floats:
    """(t, K) chance of an interview at each application and node of luck."""
    grid = np.exp(-sent.log_odds - shift)[:, None] * np.exp(-chances.sigma * chances.nodes.z)
    grid += 1.0
    found: Floats = np.reciprocal(grid, out=grid)
    return found


def _match(p_z: Floats, sent: Sent, chances: Chances) -> Floats:
    """(people,) 1 − E_z Π (1 − w p); somebody who could apply nowhere has no chance."""
    match = np.zeros(sent.people)
    filled = np.diff(sent.start) > 0
    if filled.any():
        missed = np.multiply.reduceat(1.0 - chances.willing * p_z, sent.start[:-1][filled], axis=0)
        match[filled] = 1.0 - missed @ chances.nodes.weight
    return match
