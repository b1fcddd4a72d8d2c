"""Seeded uniforms for the reference population, and the distributions that turn them into people.

One Latin hypercube a kind of graduate: every trait has its own dimension, stratified by itself, so a few
hundred people show the stated marginals, and a change of one parameter leaves the other traits as they are.
"""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import gammaincinv, ndtri

from matching.scoring.draws import Floats

# Order is part of the seed: add at the end.
TRAITS: tuple[str, ...] = (
    "strength",
    "step2ck",
    "step1_fail",
    "step2ck_fail",
    "years_out",
    "applications",
    "specialty",
    "second_specialty",
    "which_second",
    "home",
    "home_state",
    "second_tie",
    "tie_state",
    "usce_weeks",
    "usce_at_home",
    "usce_state",
    "rotation_here",
    "which_program",
    "letter_here",
    "letters",
    "letters_academic",
    "publications",
    "step3",
    "visa",
    "visa_j1_only",
    "ecfmg",
    "gap_unexplained",
    "professionalism",
    "service",
    "spanish",
)
_EDGE = 1e-9


def uniforms(kind: str, count: int, seed: int) -> dict[str, Floats]:
    """(count,) uniforms in (0, 1) by trait. Each kind of graduate has its own."""
    from scipy.stats import qmc  # noqa: PLC0415 — slow to import, needed by calibration alone

    rng = np.random.default_rng((seed, zlib.crc32(kind.encode())))
    points = qmc.LatinHypercube(len(TRAITS), rng=rng).random(count)
    points = np.clip(points, _EDGE, 1 - _EDGE)
    return {trait: points[:, index] for index, trait in enumerate(TRAITS)}


def linked(strength: Floats, own: Floats, correlation: float) -> Floats:
    """Uniforms that share a common strength: those of two traits correlate by ``correlation`` in [0, 1], as
    normal scores. Put back on an even grid by rank, so that the marginals stay exact."""
    mixed = np.sqrt(correlation) * ndtri(strength) + np.sqrt(1 - correlation) * ndtri(own)
    rank = np.empty(len(mixed))
    rank[np.argsort(mixed, kind="stable")] = np.arange(len(mixed))
    found: Floats = (rank + 0.5) / len(mixed)
    return found


def counts(uniform: Floats, mean: float, most: float = np.inf) -> Floats:
    """Whole numbers from 0 with this mean, each step up equally less likely (geometric), at most ``most``."""
    if mean <= 0:
        return np.zeros_like(uniform)
    found: Floats = np.minimum(np.floor(np.log1p(-uniform) / np.log(mean / (1 + mean))), most)
    return found


def binomial(uniform: Floats, mean: float, most: int) -> Floats:
    """Whole numbers from 0 to ``most`` with this mean: each of them as likely as the other."""
    share = min(max(mean / most, 0.0), 1.0)
    chance = np.array([1.0])
    for _ in range(most):
        chance = np.append(chance, 0.0) * (1 - share) + np.insert(chance, 0, 0.0) * share
    return np.searchsorted(np.cumsum(chance)[:-1], uniform).astype(np.float64)


def above(uniform: Floats, mean: float, sd: float, least: float) -> Floats:
    """Amounts above ``least`` with this mean and standard deviation, the higher ones less likely (gamma)."""
    over = mean - least
    if over <= 0 or sd <= 0:
        return np.full_like(uniform, max(mean, least))
    shape = (over / sd) ** 2
    found: Floats = least + gammaincinv(shape, uniform) * (over / shape)
    return found


def spread(uniform: Floats, mean: float, sd: float) -> Floats:
    """Positive amounts with this mean whose logarithm has standard deviation ``sd``."""
    found: Floats = mean * np.exp(sd * ndtri(uniform) - sd * sd / 2)
    return found


def pick(uniform: float, weights: Mapping[str, float]) -> str:
    """One of the names by its weight. Raises ValueError where none has any."""
    names = [name for name, weight in weights.items() if weight > 0]
    if not names:
        raise ValueError("nothing to choose from")
    edges = np.cumsum([weights[name] for name in names])
    return names[int(np.searchsorted(edges[:-1], uniform * edges[-1], side="right"))]


def pick_even(uniform: float, names: Sequence[str]) -> str:
    """One of the names, all alike."""
    return names[min(int(uniform * len(names)), len(names) - 1)]
