"""How far the fitted intercepts, and sample applicants' chances, follow each judgement.

One parameter at a time at each end of its range, on a smaller crowd, everything refitted; the same people and
programs each time, so that small differences show. A sample applicant keeps her list: the best list for the
stated parameters is nearly as good for others, to first order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.calibration.choose import signals_on
from matching.calibration.crowd import (
    Crowd,
    World,
    chances,
    crowd_make,
    intercept,
    intercept_fit,
    sent_again,
)
from matching.calibration.population import KINDS
from matching.scoring.applicant import Applicant, ApplicantType
from matching.scoring.columns import Ints
from matching.scoring.match_chance import match_probability
from matching.scoring.parameters import Parameter
from matching.scoring.probability import average
from matching.scoring.score import catalogue_score

IMGS: tuple[ApplicantType, ...] = ("us_img", "non_us_img")
# What is fitted, and what no chance of an interview or a match hangs on once the catalogue is in columns.
NOT_VARIED = (
    "base.",
    "applicant_type.",
    "recalibration.",
    "tier.",
    "list.",
    "fit.",
    "fact.",
    "confidence.",
    "action.",
    "ask.",
    "balance.",
)
CHOICE_ALONE = ("population.openness_known", "population.signals", "signal.")
LEAST = 1e-6  # log-odds: less is no effect


@dataclass(frozen=True)
class Sample:
    """An applicant to watch: ``rows`` (m,) of the catalogue are her list. ``name`` is short and her own."""

    name: str
    title: str
    applicant: Applicant
    rows: Ints


@dataclass(frozen=True)
class Effect:
    """What a parameter at ``value`` makes of the intercepts by kind, and of the samples' P(match) by name, as
    differences from the stated value's."""

    name: str
    value: float
    intercepts: Mapping[ApplicantType, float]
    samples: Mapping[str, float]


def kinds_of(name: str) -> tuple[ApplicantType, ...]:
    """The kinds of graduate whose crowds a parameter moves. One of the model moves all: the IMGs are looked
    at, for whom the product is."""
    parts = name.split(".")
    if "us_school" in parts:
        return ("us_md", "us_do")
    named = tuple(kind for kind in KINDS if kind in parts)
    everyone = KINDS if parts[0] == "population" else IMGS
    return named or everyone


def varied(world: World) -> list[Parameter]:
    """The parameters with a range that are looked at, in order of name."""
    return [
        row for row in world.model.parameters.rows() if row.uncertain and not row.name.startswith(NOT_VARIED)
    ]


def sample_match(world: World, sample: Sample, at: float) -> float:
    """P(match) of the sample's list at the intercept ``at``, signals on the best of it."""
    kind = sample.applicant.applicant_type or "us_img"
    scored = catalogue_score(sample.applicant, world.columns, world.model)
    ranked = sample.rows[np.argsort(-scored.log_odds[sample.rows], kind="stable")]
    odds = scored.log_odds[ranked] + at - intercept(world.values, kind)
    odds = odds + signals_on(ranked, world.columns, world.signals, world.values)
    ways = chances(world, kind)
    averaged = average(odds, scored.sd[ranked], sigma=ways.sigma, nodes=ways.nodes)
    return match_probability(averaged.p_z, ways.willing, ways.nodes)


def effects(world: World, samples: Sequence[Sample], *, people: int, seed: int) -> Iterator[Effect]:
    """The effect of every varied parameter at its low and its high end."""
    crowds = {kind: crowd_make(world, kind, people, seed) for kind in KINDS}
    stated = {kind: intercept_fit(world, [crowd]) for kind, crowd in crowds.items()}
    before = {sample.name: _match(world, sample, stated) for sample in samples}
    for parameter in varied(world):
        for value in (parameter.low, parameter.high):
            if value != parameter.value:
                changed = world.changed({parameter.name: value})
                fitted = {
                    kind: intercept_fit(changed, [_again(changed, crowds[kind], parameter.name, seed)])
                    for kind in kinds_of(parameter.name)
                }
                found = {kind: fitted[kind] - stated[kind] for kind in fitted}
                moved = {
                    sample.name: _match(changed, sample, fitted) - before[sample.name]
                    for sample in samples
                    if sample.applicant.applicant_type in fitted
                }
                yield Effect(parameter.name, value, found, moved)


def _match(world: World, sample: Sample, fitted: Mapping[ApplicantType, float]) -> float:
    return sample_match(world, sample, fitted[sample.applicant.applicant_type or "us_img"])


def _again(world: World, crowd: Crowd, name: str, seed: int) -> Crowd:
    """The crowd under a changed parameter: scored anew only where that could change a score."""
    if name.startswith(CHOICE_ALONE):
        return sent_again(crowd, world, seed)
    if name.startswith(("luck.", "match.")):
        return crowd
    return crowd_make(world, crowd.kind, len(crowd.members), seed)
