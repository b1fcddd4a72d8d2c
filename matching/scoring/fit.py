"""Fit, 0 to 100: how far a program is what the applicant wishes for. Never multiplied with the odds."""

import numpy as np

from matching.scoring.applicant import RINGS, Applicant
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.parameters import Parameters
from matching.scoring.track_facts import FEATURE_INDEX

TYPE_FEATURES = {"university": "university", "community": "community", "safety-net": "safety_net_type"}
RINGS_APART = len(RINGS) - 1


def fit_scores(columns: Columns, rows: Ints, applicant: Applicant, parameters: Parameters) -> Floats:
    """(r,) 0 to 100, weighted over what she wishes for; NaN where she wishes for nothing in particular.

    A ring wished for counts in full inside it and less by each ring further out; a kind of program that is
    not known counts half.
    """
    parts: list[tuple[float, Floats]] = []
    wishes, values = applicant.wishes, parameters.values
    if wishes.ring is not None:
        beyond = np.maximum(columns.ring[rows] - RINGS.index(wishes.ring), 0)
        parts.append((values["fit.ring"], 1.0 - beyond / RINGS_APART))
    if wishes.states:
        states = np.isin(columns.place_state, wishes.states).astype(np.float64)
        parts.append((values["fit.state"], states[columns.cell[rows] // 2]))
    if wishes.program_types:
        parts.append(
            (
                values["fit.program_type"],
                _type_match(columns, rows, wishes.program_types, values["fit.unknown_type"]),
            )
        )
    if serves(applicant):
        parts.append((values["fit.mission"], (columns.cell[rows] % 2).astype(np.float64)))
    if not parts:
        return np.full(len(rows), np.nan)
    weight = sum(weight for weight, _ in parts)
    total = sum((weight * part for weight, part in parts), np.zeros(len(rows)))
    return np.round(100 * total / weight)


def serves(applicant: Applicant) -> bool:
    """Whether she has served the underserved, so that a program's mission matters to the fit."""
    return bool(applicant.service)


def _type_match(columns: Columns, rows: Ints, wished: tuple[str, ...], unknown: float) -> Floats:
    known = columns.type_known[rows]
    hit = np.zeros(len(rows), dtype=bool)
    other = known.copy()
    for name, feature in TYPE_FEATURES.items():
        is_type = columns.features[rows, FEATURE_INDEX[feature]] > 0
        other &= ~is_type
        if name in wished:
            hit |= is_type
    if "university-affiliated" in wished:
        hit |= other
    return np.where(known, hit.astype(np.float64), unknown)
