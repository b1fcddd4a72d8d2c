"""Low-discrepancy draws of everything uncertain: parameters, unknown facts of the applicant, programs.

Row 0 of every drawn array is the stated value; rows 1 to ``DRAWS`` are draws. So one evaluation of the
model gives the central answer and its range, and there is one path to both. The set is fixed and seeded:
each parameter and each fact keeps its own dimension whatever else is known, so two profiles (or two
programs) are compared under the same draws, and knowing more never reshuffles the rest.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from matching.scoring.parameters import Parameters

Floats = NDArray[np.float64]

# Costs and prospects, which move no probability; and what people are like, which is no part of the model: its
# means and shares stay as stated.
NEVER_DRAWN = ("action.", "ask.", "population.")
DRAWS = 64  # a power of two, as a Sobol sequence wants
SEED = 2027

# Facts of the applicant that may be unknown, each with its own dimension. Order is part of the seed.
UNKNOWN_FACTS: tuple[str, ...] = (
    "applicant_type",
    "step1_fail",
    "step2ck_score",
    "step2ck_fail",
    "step3_passed",
    "years_since_graduation",
    "usce_weeks",
    "letters",
    "publications",
    "visa",
    "gap_unexplained",
    "professionalism",
    "local",
)


@dataclass(frozen=True, eq=False)
class DrawnModel:
    """``values[name]`` (width,) for uncertain parameters, a float for the rest;
    ``fact[name]`` (width - 1,) uniforms in (0, 1); ``program`` (width - 1,) base points in (0, 1).

    A width of 1 is the stated values alone: the same model without its ranges, at a fraction of the work.
    """

    values: Mapping[str, Floats | float]
    fact: Mapping[str, Floats]
    program: Floats

    def __getitem__(self, name: str) -> Floats | float:
        return self.values[name]

    @property
    def width(self) -> int:
        return 1 + len(self.program)

    def row(self, name: str) -> Floats:
        """(width,) the parameter, also where no draw moves it."""
        value = self.values[name]
        return value if isinstance(value, np.ndarray) else np.full(self.width, value, dtype=np.float64)


def model_drawn(parameters: Parameters) -> DrawnModel:
    """The fixed draws of a parameter set: Sobol points scrambled by ``SEED`` (Owen 1998; scipy.stats.qmc).

    A parameter's quantile function is linear from ``low`` to ``value`` and from ``value`` to ``high``: its
    median is the stated value and no draw leaves the stated range, so a documented sign is never crossed.
    """
    from scipy.stats import qmc  # noqa: PLC0415 — slow to import, needed once a process

    uncertain = [p for p in parameters.rows() if p.uncertain and not p.name.startswith(NEVER_DRAWN)]
    width = 1 + len(UNKNOWN_FACTS) + len(uncertain)
    points = qmc.Sobol(width, scramble=True, rng=np.random.default_rng(SEED)).random(DRAWS)
    points = np.clip(points, 1e-9, 1 - 1e-9)
    values: dict[str, Floats | float] = dict(parameters.values)
    for column, parameter in enumerate(uncertain, start=1 + len(UNKNOWN_FACTS)):
        drawn = quantile_linear(points[:, column], parameter.low, parameter.value, parameter.high)
        values[parameter.name] = np.concatenate(([parameter.value], drawn))
    facts = {name: points[:, 1 + index] for index, name in enumerate(UNKNOWN_FACTS)}
    return DrawnModel(values, facts, points[:, 0])


def model_stated(parameters: Parameters) -> DrawnModel:
    """The stated values without a draw."""
    nothing = np.zeros(0)
    return DrawnModel(dict(parameters.values), dict.fromkeys(UNKNOWN_FACTS, nothing), nothing)


def quantile_linear(uniform: Floats, low: float, middle: float, high: float) -> Floats:
    """Quantiles of the distribution with median ``middle`` that is uniform on either side of it."""
    below = low + (middle - low) * 2 * uniform
    above = middle + (high - middle) * (2 * uniform - 1)
    return np.where(uniform < 0.5, below, above)


def program_shift(program_id: str) -> float:
    """The program's own rotation in [0, 1), from its permanent id."""
    return zlib.crc32(program_id.encode()) / 2**32


def program_normals(base: Floats, shift: Floats) -> Floats:
    """Standard normal draws (DRAWS, n) of what is not known of each program, by its ``shift`` (n,).

    Each program rotates the same base points by its own amount (Cranley and Patterson 1976): well spread
    for every program, near independent between programs, and the same wherever in the catalogue it stands.
    """
    rotated = np.mod(base[:, None] + shift[None, :], 1.0)
    normals: Floats = ndtri(np.clip(rotated, 1e-9, 1 - 1e-9))
    return normals
