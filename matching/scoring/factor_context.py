"""What factors are given: the catalogue, the drawn parameters, and the applicant as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import Columns
from matching.scoring.draws import DrawnModel, Floats
from matching.scoring.kinds import IMG_TYPES
from matching.scoring.parameters import Parameters
from matching.scoring.person import Person


@dataclass(frozen=True)
class StatePrior:
    """How open a state is against the nation, as log-odds; None where no prior is possible."""

    us_img: float | None
    non_us_img: float | None


@dataclass(frozen=True)
class PriorContext:
    """All that is known before the applicant herself is looked at: what kind of graduate she is."""

    applicant_type: str
    columns: Columns
    parameters: Parameters
    drawn: DrawnModel
    states: Mapping[str, StatePrior]

    @property
    def is_img(self) -> bool:
        return self.applicant_type in IMG_TYPES

    @property
    def width(self) -> int:
        return self.drawn.width

    def value(self, name: str) -> Floats | float:
        """The parameter: a float, or (width,) with the stated value first."""
        return self.drawn.values[name]


@dataclass(frozen=True)
class FactorContext(PriorContext):
    """The same with the applicant."""

    person: Person


def column(value: Floats | float) -> Floats:
    """(width, 1), or (1, 1) where no draw moves it."""
    return np.array([[value]]) if isinstance(value, float) else value.reshape(-1, 1)
