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
    """Programs whose residents are counted: ``rows`` (r,), residents ``total``, among them US-citizen IMGs
    ``us_imgs``, others ``non_us_imgs`` and all ``imgs``, each (r,), NaN where not known, faded with the
    ``age`` (r,) of the count in seasons."""

    rows: NDArray[np.int64]
    us_imgs: Floats
    non_us_imgs: Floats
    imgs: Floats
    total: Floats
    age: Floats


@dataclass(frozen=True)
class Fade:
    """How much a fact still says: half after ``fact.half_life`` seasons, by the season's fixed date, and
    shared with the facts that say otherwise."""

    application_year: int
    parameters: Parameters

    def age(self, fact: FactLike) -> float:
        """Seasons since the page was written."""
        year = fact.page_year
        unknown = self.parameters.values["fact.unknown_age"]
        return unknown if year is None else max(0.0, float(self.application_year - year))

    def weight(self, fact: FactLike) -> float:
        """In (0, 1]: 2^(−age / half-life) / (1 + facts that say otherwise)."""
        return math.exp2(-self.age(fact) / self.parameters.values["fact.half_life"]) / (1 + fact.conflicts)


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


def features_of(track: TrackLike, fade: Fade) -> list[tuple[float, float]]:
    """One (value, age in seasons) a feature, in the order of FEATURES: 0 where no fact shows it."""

    def sign(field: str, code: str) -> tuple[float, float]:
        fact = track.facts.get(field)
        return (fade.weight(fact), fade.age(fact)) if fact is not None and fact.value == code else (0.0, 0.0)

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
        (_academic_size(track, fade), 0.0),
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


_COUNTED = ("residents_us_img", "residents_non_us_img", "residents_img")


def counts_of(tracks: Sequence[TrackLike], fade: Fade) -> Counts:
    """The tracks whose residents are counted, and what is left of the counts."""
    found = [(row, counted) for row, track in enumerate(tracks) if (counted := _counts(track, fade))]
    table = np.array([counted for _, counted in found], dtype=np.float64).reshape(len(found), 5)
    return Counts(np.array([row for row, _ in found], dtype=np.int64), *table.T)


def _counts(track: TrackLike, fade: Fade) -> tuple[float, ...] | None:
    """US-citizen IMGs, other IMGs, all IMGs, residents, and the age of the oldest count. Of the three counts
    of IMGs two give the third; one that does not fit among the others or the residents is left out."""
    total = typed(track, "residents_total")
    told = {name: fact for name in _COUNTED if (fact := typed(track, name))}
    if total is None or not told:
        return None
    number = {name: float(fact.value or 0) for name, fact in told.items()}
    us, other, imgs = (number.get(name, math.nan) for name in _COUNTED)
    residents = float(total.value or 0)
    us = imgs - other if math.isnan(us) else us
    other = imgs - us if math.isnan(other) else other
    imgs = us + other if math.isnan(imgs) else imgs
    counts = [count if 0 <= count <= residents else math.nan for count in (us, other, imgs)]
    if all(math.isnan(count) for count in counts):
        return None
    facts = (total, *told.values())
    weight = min(fade.weight(fact) for fact in facts)
    return (*(weight * count for count in counts), weight * residents, max(fade.age(fact) for fact in facts))


def evidence_of(track: TrackLike, fade: Fade) -> float:
    """How much the program's own facts say: each counts by age, confidence and agreement.

    Government labels of the hospital are not the program's own and do not count.
    """
    values = fade.parameters.values
    return sum(
        fade.weight(fact) * values[f"fact.confidence.{fact.confidence}"]
        for fact in track.facts.values()
        if fact.source_kind != "government"
    )
