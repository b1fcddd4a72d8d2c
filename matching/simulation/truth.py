"""How the made-up world really is in one season: every number from fixtures/simulation.csv.

A number with a range is drawn anew for each seed, so that seeds differ in the world and not in luck alone,
and no list wins by having been tuned to one of them.
"""

from collections.abc import Mapping
from typing import get_args

import numpy as np

from matching.scoring.applicant import ApplicantType
from matching.scoring.draws import Floats
from matching.scoring.parameters import Parameters

KINDS: tuple[ApplicantType, ...] = get_args(ApplicantType)
US_IMG, NON_US_IMG, US_DO = KINDS.index("us_img"), KINDS.index("non_us_img"), KINDS.index("us_do")


class Truth:
    """The numbers of one world, and its random numbers."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.seed = seed
        chance = np.random.default_rng([seed, 0])
        self._values: Mapping[str, float] = {
            p.name: float(chance.uniform(p.low, p.high)) if p.uncertain else p.value
            for p in parameters.rows()
        }

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def get(self, name: str, otherwise: str) -> float:
        """The number, or where there is none the one that stands for it."""
        return self._values.get(name, self._values[otherwise])

    def each(self, family: str, members: tuple[str, ...] = KINDS) -> Floats:
        """``family.member`` for each member, as an array."""
        return np.array([self._values[f"{family}.{member}"] for member in members])

    def stream(self, part: int) -> np.random.Generator:
        """Random numbers of one part of the season, the same whatever the other parts draw."""
        return np.random.default_rng([self.seed, part])
