"""The terms of one applicant over a made-up catalogue, factor by factor."""

import numpy as np

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.registry import FACTORS
from matching.scoring.score import Scored, catalogue_score
from tests.scoring.made_catalogue import MadeTrack, columns_of, model_now


def scored(applicant: Applicant, columns: Columns) -> Scored:
    return catalogue_score(applicant, columns, model_now())


def factors_of(applicant: Applicant, *tracks: MadeTrack) -> list[dict[str, float]]:
    """``{factor: contribution}`` of each track, in order of id; ``base`` beside them."""
    columns = columns_of(*tracks)
    terms = scored(applicant, columns).terms
    contributions = terms.contributions(np.arange(len(columns)))
    found = []
    for row in range(len(columns)):
        named = dict(zip((f.name for f in FACTORS), contributions[row].tolist(), strict=True))
        found.append({**named, "base": float(terms.base[0, columns.specialty[row]])})
    return found


def factor(name: str, applicant: Applicant, track: MadeTrack) -> float:
    """One factor's contribution at one track."""
    return factors_of(applicant, track)[0][name]


def drawn_factor(name: str, applicant: Applicant, track: MadeTrack) -> Floats:
    """(1 + DRAWS,) one factor at one track: the central value and every draw."""
    columns = columns_of(track)
    values: Floats = scored(applicant, columns).terms.values(name, columns.program)[:, 0]
    return values


def value(name: str) -> float:
    """A parameter's stated value."""
    return model_now().parameters.values[name]
