"""What was predicted and what happened, as arrays: the ground of every measure on outcomes."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats

Words = NDArray[np.str_]

NOT_SAID = "not-said"
BAND_EDGES = (220, 230, 240, 250)
SCORE_BANDS = ("below-220", "220-229", "230-239", "240-249", "250-up")


@dataclass(frozen=True)
class Rules:
    """How outcomes are measured: ``bins`` of equal count; ranges of ``level`` from ``resamples`` resamples of
    whole applicants, seeded by ``seed``; ``folds`` of grouped cross-validation. A group of fewer applicants
    than ``least_group`` is withheld, a cell of fewer than ``least_cell`` suppressed. A kind of graduate is
    recalibrated from ``least_applicants`` with ``least_events`` interviews and as many refusals."""

    bins: int = 10
    resamples: int = 1000
    level: float = 0.95
    seed: int = 2027
    folds: int = 5
    least_group: int = 20
    least_cell: int = 5
    least_applicants: int = 50
    least_events: int = 100


@dataclass(frozen=True, eq=False)
class Outcomes:
    """n rows, one for each program an applicant applied to under one version of the model.

    ``applicant`` (n,) codes: rows of one code hang together; ``probability`` (n,) the predicted chance of an
    interview, within (0, 1); ``interviewed`` and ``matched`` (n,) 1.0, 0.0 or NaN where not known;
    ``program``, ``version``, ``season``, ``kind`` (of graduate), ``specialty``, ``band`` (of the Step 2 CK
    score) (n,) words.
    """

    applicant: Ints
    probability: Floats
    interviewed: Floats
    matched: Floats
    program: Words
    version: Words
    season: Words
    kind: Words
    specialty: Words
    band: Words

    def __len__(self) -> int:
        return len(self.applicant)

    def take(self, rows: Ints | Flags) -> Self:
        """The rows named, in that order, with their applicants coded anew from 0."""
        chosen = {field.name: getattr(self, field.name)[rows] for field in fields(self)}
        chosen["applicant"] = np.unique(chosen["applicant"], return_inverse=True)[1]
        return replace(self, **chosen)

    @property
    def known(self) -> Flags:
        """(n,) rows whose interview is known to have come or not."""
        return ~np.isnan(self.interviewed)

    @property
    def applicants(self) -> int:
        return len(np.unique(self.applicant))


def band_of(score: int) -> str:
    """The band of a Step 2 CK score."""
    return SCORE_BANDS[sum(score >= edge for edge in BAND_EDGES)]
