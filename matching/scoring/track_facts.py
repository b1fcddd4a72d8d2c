"""What the facts of one track say to the model: signs, kind, size, counts, evidence, each faded with age."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.scoring.draws import Floats
from matching.scoring.parameters import Parameters
from matching.scoring.registry import MISSION_WORDS
from matching.scoring.tracks import FactLike, TrackLike

# What a program's own pages may show, one column each: how the program reads to IMGs, and its kind.
FEATURES: tuple[str, ...] = (
    "accepts_img",
    "no_minimum",
    "holistic",
    "us_citizens_only",
    "university",
    "community",
    "safety_net_type",
    "university_research",
    "academic_size",
)
FEATURE_INDEX = {name: index for index, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class Counts:
    """Programs whose residents are counted: ``rows`` (r,), IMGs ``imgs`` and residents ``total`` (r,),
    faded with the age of the count; ``us_known`` where the count is of US-citizen IMGs alone."""

    rows: NDArray[np.int64]
    imgs: Floats
    total: Floats
    us_known: NDArray[np.bool_]


@dataclass(frozen=True)
class Fade:
    """How much an old fact still says: half after ``fact.half_life`` seasons, by the season's fixed date."""

    application_year: int
    parameters: Parameters

    def weight(self, fact: FactLike) -> float:
        values = self.parameters.values
        year = fact.page_year
        age = values["fact.unknown_age"] if year is None else max(0.0, self.application_year - year)
        return math.exp2(-age / values["fact.half_life"])


def typed(track: TrackLike, field: str) -> FactLike | None:
    """The fact, if its value could be typed."""
    fact = track.facts.get(field)
    return fact if fact is not None and fact.value is not None else None


def has_mission(track: TrackLike) -> bool:
    """Whether the program says it serves the underserved: safety net, or its stated mission names them."""
    for field, code in (("safety_net", "yes"), ("program_type", "safety-net")):
        fact = track.facts.get(field)
        if fact is not None and fact.value == code:
            return True
    mission = track.facts.get("mission")
    return mission is not None and any(word in mission.as_stated.lower() for word in MISSION_WORDS)


def features_of(track: TrackLike, fade: Fade) -> list[float]:
    """One value a feature, in the order of FEATURES."""

    def sign(field: str, code: str) -> float:
        fact = track.facts.get(field)
        return fade.weight(fact) if fact is not None and fact.value == code else 0.0

    university = sign("program_type", "university")
    return [
        sign("accepts_img", "yes"),
        sign("min_step2ck", "none"),
        sign("holistic_review", "yes"),
        sign("us_citizen_or_pr_only", "yes"),
        university,
        sign("program_type", "community"),
        sign("program_type", "safety-net"),
        university,
        _academic_size(track, fade),
    ]


def _academic_size(track: TrackLike, fade: Fade) -> float:
    """ln(resident FTEs over the reference), while the kind of program is not known. A hospital that reports
    next to none had its program after the report: that says nothing of its size."""
    values = fade.parameters.values
    fte = typed(track, "hospital_resident_fte")
    if (
        fte is None
        or "program_type" in track.facts
        or float(fte.value or 0) < values["academic_size.least_fte"]
    ):
        return 0.0
    return math.log(float(fte.value or 0) / values["academic_size.reference_fte"])


def counts_of(tracks: Sequence[TrackLike], fade: Fade) -> Counts:
    """The tracks whose residents are counted, and what is left of the counts."""
    found: list[tuple[int, float, float, bool]] = []
    for row, track in enumerate(tracks):
        total = typed(track, "residents_total")
        us_imgs, imgs = typed(track, "residents_us_img"), typed(track, "residents_img")
        counted = us_imgs or imgs
        if total is None or counted is None or float(counted.value or 0) > float(total.value or 0):
            continue
        weight = min(fade.weight(total), fade.weight(counted))
        found.append(
            (row, weight * float(counted.value or 0), weight * float(total.value or 0), us_imgs is not None)
        )
    return Counts(
        rows=np.array([row for row, *_ in found], dtype=np.int64),
        imgs=np.array([imgs for _, imgs, _, _ in found], dtype=np.float64),
        total=np.array([total for _, _, total, _ in found], dtype=np.float64),
        us_known=np.array([us for *_, us in found], dtype=bool),
    )


def evidence_of(track: TrackLike, fade: Fade) -> float:
    """How much the program's own facts say: each counts by age, confidence and agreement.

    Government labels of the hospital are not the program's own and do not count.
    """
    values = fade.parameters.values
    return sum(
        fade.weight(fact) * values[f"fact.confidence.{fact.confidence}"] / (1 + fact.conflicts)
        for fact in track.facts.values()
        if fact.source_kind != "government"
    )
