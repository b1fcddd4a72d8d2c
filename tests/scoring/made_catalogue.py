"""Small catalogues made up for tests, scored with the real parameters, and strategies for applicants."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from matching.reference import model_for
from matching.scoring.answer import Answer
from matching.scoring.applicant import (
    Applicant,
    Exam,
    Options,
)
from matching.scoring.columns import Columns, columns_build
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.score import score
from programs.geography import DIVISION_BY_STATE, ring_of

SEASON = "2027"


@dataclass(frozen=True)
class MadeFact:
    value: float | str | None
    strictness: str = "strict"
    as_stated: str = "as stated"
    source_kind: str = "program_page"
    page_year: int | None = 2026
    confidence: str = "high"
    conflicts: int = 0
    id: int = 0
    others: tuple["MadeFact", ...] = ()


@dataclass(frozen=True)
class MadeTrack:
    id: str
    program_key: str
    specialty: str = "internal-medicine"
    track: str = "categorical"
    state: str = "NY"
    ring: str = "national"
    in_los_angeles_county: bool = False
    listing_status: str = "current"
    same_as: str | None = None
    facts: Mapping[str, MadeFact] = field(default_factory=dict)


def track_make(number: int = 1, place: tuple[str, str] = ("NY", "Kings"), **members: Any) -> MadeTrack:
    """A track with id ``sp…number``. ``facts`` by field: a value, or a MadeFact."""
    state, county = place
    facts = {
        name: replace(
            given if isinstance(given, MadeFact) else MadeFact(given),
            id=number * 1000 + zlib.crc32(name.encode()) % 1000,
        )
        for name, given in members.pop("facts", {}).items()
    }
    values: dict[str, Any] = {
        "id": f"sp{number:05d}",
        "program_key": f"key{number}",
        "state": state,
        "ring": ring_of(state, county),
        "in_los_angeles_county": county == "Los Angeles",
        **members,
    }
    return MadeTrack(**values, facts=facts)


def columns_of(*tracks: MadeTrack) -> Columns:
    model = model_now()
    return columns_build(tracks, parameters=model.parameters, season=SEASON, divisions=DIVISION_BY_STATE)


@lru_cache(maxsize=1)
def model_now() -> Model:
    return model_for(SEASON)


@dataclass(frozen=True)
class Told:
    """One row of an answer by what a reader of it sees."""

    p: float
    low: float
    high: float
    tier: int


EVERYTHING = Options(
    tracks=("categorical", "primary-care", "advanced", "preliminary", "transitional"),
    max_applications=3,
    signals=False,
)


def told(applicant: Applicant, columns: Columns, options: Options = EVERYTHING) -> dict[str, Told]:
    """Every row of the answer by track id: all tracks scored, as long as they are few."""
    return rows_of(score(applicant, options, columns, model_now()), columns)


def rows_of(answer: Answer, columns: Columns) -> dict[str, Told]:
    rows = answer.rows
    return {
        columns.ids[row]: Told(float(p), float(low), float(high), int(tier))
        for row, p, low, high, tier in zip(rows.row, rows.p, rows.low, rows.high, rows.tier, strict=True)
    }


def value_of(contributions: Floats, name: str) -> Floats:
    """(r,) a factor's column of the contributions."""
    column: Floats = np.asarray(contributions)[:, FACTOR_INDEX[name]]
    return column


def changed(applicant: Applicant, **members: Any) -> Applicant:
    """The applicant with other ``members``, whose names may come from a table."""
    return replace(applicant, **members)


def plain_applicant(**changes: Any) -> Applicant:
    """A US-citizen IMG of whom everything is known and nothing stands out."""
    return changed(
        Applicant(
            applicant_type="us_img",
            graduation_year=2025,
            visa_needed="none",
            ecfmg_certified=True,
            military_service=False,
            step1=Exam("pass", None, 1, "2023-08"),
            step2ck=Exam("pass", 230, 1),
            step3=Exam("not_taken", None, 0),
            experience=(),
            letters=(),
            research_projects=0,
            research_publications=0,
            service=(),
            languages=(),
            ties=(),
            red_flags=(),
        ),
        **changes,
    )
