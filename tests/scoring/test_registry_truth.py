"""The registry says what the scorer does: which fact, member and parameter moves which factor."""

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Service, Tie
from matching.scoring.columns import columns_build
from matching.scoring.draws import Floats, model_stated
from matching.scoring.model import Model
from matching.scoring.parameters import Parameters
from matching.scoring.registry import FACTORS, LOCAL
from matching.scoring.registry_stages import STAGES
from matching.scoring.score import catalogue_score
from programs.fact_fields import FACT_FIELDS
from programs.geography import DIVISION_BY_STATE
from programs.reference import reference_rows
from tests.scoring.made_catalogue import (
    SEASON,
    MadeFact,
    MadeTrack,
    changed,
    model_now,
    plain_applicant,
    track_make,
)
from tests.scoring.test_registry import every_kind_of_applicant, every_kind_of_track

TIES = set(LOCAL)  # the largest in full, the others in part
OPEN = {"openness", "program_type", "academic_size"}
NAMES = [factor.name for factor in FACTORS]
PARAMETERS = reference_rows("parameters")

BUSY = plain_applicant(
    graduation_year=2020,
    step1=Exam("pass", 205, 2, "2019-05"),
    step2ck=Exam("pass", 240, 2),
    step3=Exam("pass", 220, 1),
    experience=(Experience("elective", 12, "NY", None, "sp00001", "internal-medicine"),),
    letters=(Letter("us_academic", "NY", None, "sp00001", "internal-medicine"),),
    service=(Service("rural", 6),),
    ties=(Tie("family", "NY"),),
    research_publications=2,
    red_flags=("gap_unexplained",),
)
VALUES: dict[str, Any] = {
    "program_type": "university",
    "residents_total": 40.0,
    "mission": MadeFact(None, as_stated="We serve the underserved"),
    "avg_step2ck": 245.0,
    "hospital_resident_fte": 300.0,
    "min_step2ck": "none",
}
# A field that speaks only beside another one.
BESIDE: dict[str, dict[str, Any]] = {
    "residents_total": {"residents_us_img": 9.0},
    "residents_us_img": {"residents_total": 30.0},
    "residents_non_us_img": {"residents_total": 30.0, "residents_img": 20.0},
    "residents_img": {"residents_total": 30.0},
}


def contributions(applicant: Applicant, tracks: Iterable[MadeTrack], model: Model) -> Floats:
    """(tracks, 1 + factors): the base first."""
    columns = columns_build(
        list(tracks), parameters=model.parameters, season=SEASON, divisions=DIVISION_BY_STATE
    )
    terms = catalogue_score(applicant, columns, model).terms
    found = terms.contributions(np.arange(len(columns)))
    return np.column_stack((terms.base[0, columns.specialty], found))


def moved(one: Floats, two: Floats) -> set[str]:
    """The factors (and ``base``) that differ anywhere."""
    differ = np.abs(one - two).max(axis=0) > 1e-12
    return {name for name, is_other in zip(["base", *NAMES], differ.tolist(), strict=True) if is_other}


def value_for(field: str) -> Any:
    entry = FACT_FIELDS[field]
    if field in VALUES:
        return VALUES[field]
    if entry.kind == "code":
        return "yes" if "yes" in entry.codes else entry.codes[0]
    return 9.0 if entry.kind == "number" else MadeFact(None)


@pytest.mark.parametrize("field", sorted(FACT_FIELDS))
def test_a_fact_moves_the_factors_that_name_it_and_no_other(field: str) -> None:
    model = model_now().central
    beside = BESIDE.get(field, {})
    without, with_it = (
        contributions(BUSY, [track_make(1, facts=facts)], model)
        for facts in (beside, {**beside, field: value_for(field)})
    )
    named = {factor.name for factor in FACTORS if field in factor.fact_fields}
    others = {"gates"} if field in ("usce_months_required", "ecfmg_required_at", "min_step1") else set()
    if field in BESIDE:  # counts shrink what the kind of program and the hospital's size tell
        named |= {"program_type", "academic_size"} & moved(without, with_it)
    if field == "program_type":  # and a kind that is known silences the size; here none is
        named -= {"mission"}  # only a safety net has one by its kind
    assert named - {"gates"} <= moved(without, with_it) <= named | others


MEMBERS: dict[str, dict[str, Any]] = {
    "graduation_year": {"graduation_year": 2012},
    "step1": {"step1": Exam("pass", 230, 1, "2019-05")},
    "step2ck": {"step2ck": Exam("pass", 207, 1)},
    "step3": {"step3": Exam("fail", None, 1)},
    "experience": {"experience": ()},
    "letters": {"letters": ()},
    "service": {"service": ()},
    "languages": {"languages": ("en", "es")},
    "ties": {"ties": ()},
    "research": {"research_publications": 0},
    "red_flags": {"red_flags": ()},
    "visa_needed": {"applicant_type": "non_us_img", "visa_needed": "j1"},
}
EVERY_FACT = {
    "program_type": "university",
    "safety_net": "yes",
    "accepts_img": "yes",
    "max_attempts_step1": 4.0,
    "max_attempts_step2ck": 4.0,
    "max_years_since_graduation": 20.0,
}


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_moves_the_factors_that_name_it_and_no_other(member: str) -> None:
    tracks = [track_make(1, facts=EVERY_FACT), track_make(2, ("NJ", "Essex"), facts={"safety_net": "yes"})]
    model = model_now().central
    before = changed(BUSY, applicant_type="non_us_img") if member == "visa_needed" else BUSY
    one, two = (
        contributions(applicant, tracks, model) for applicant in (before, changed(BUSY, **MEMBERS[member]))
    )
    named = {factor.name for factor in FACTORS if member in factor.members}
    assert named - {"gates"} <= moved(one, two) <= named | (TIES if named & TIES else set())


@lru_cache(maxsize=1)
def people_and_tracks() -> tuple[tuple[Applicant, ...], tuple[MadeTrack, ...]]:
    old = {"accepts_img": MadeFact("yes", page_year=2020), "avg_step2ck": MadeFact(245.0, page_year=None)}
    more = (
        track_make(51, facts=old),
        track_make(52, ("CA", "Los Angeles"), facts={"program_type": "safety-net"}),
        track_make(53, facts=EVERY_FACT),
    )
    return (BUSY, *every_kind_of_applicant()), (*every_kind_of_track(), *more)


def with_values(values: dict[str, float]) -> Model:
    """The model at its stated values, but for these."""
    rows = [
        {**row, "value": repr(values[row["name"]]), "low": "", "high": ""} if row["name"] in values else row
        for row in PARAMETERS
    ]
    parameters, model = Parameters.from_rows(rows), model_now()
    return replace(model, parameters=parameters, drawn=model_stated(parameters))


def far_end(row: dict[str, str]) -> float:
    ends = (float(row["low"]), float(row["high"]))
    return max(ends, key=lambda end: abs(end - float(row["value"])))


def named_by(name: str) -> tuple[set[str], set[str]]:
    """Factors and stages that name the parameter."""
    factors = {factor.name for factor in FACTORS for p in factor.parameters if fnmatchcase(name, p)}
    return factors, {title for title, patterns in STAGES for p in patterns if fnmatchcase(name, p)}


def moved_by(values: dict[str, float]) -> set[str]:
    people, tracks = people_and_tracks()
    model, found = with_values(values), set[str]()
    for applicant, before in zip(people, as_stated(), strict=True):
        found |= moved(before, contributions(applicant, tracks, model))
    return found


@lru_cache(maxsize=1)
def as_stated() -> list[Floats]:
    people, tracks = people_and_tracks()
    return [contributions(applicant, tracks, model_now().central) for applicant in people]


UNCERTAIN = {
    row["name"]: far_end(row) for row in PARAMETERS if row["low"] and float(row["low"]) < float(row["high"])
}
OF_THE_LOG_ODDS = {"Base by kind of graduate and specialty", "What is not said", "Age of facts"}
AT_WORK = [name for name in UNCERTAIN if (by := named_by(name))[0] or by[1] & OF_THE_LOG_ODDS]


@pytest.mark.parametrize("name", AT_WORK)
def test_a_parameter_moves_only_what_the_registry_says(name: str) -> None:
    named, stages = named_by(name)
    if "Base by kind of graduate and specialty" in stages:
        named.add("base")
    if stages & {"What is not said", "Age of facts"}:
        named |= set(NAMES)
    if named & TIES:
        named |= TIES
    if named & OPEN:  # counts weigh the three against each other
        named |= OPEN
    if named & {"step1", "step2ck_attempts", "graduation"}:  # a limit that is met gives back a part
        named |= {"gates", "score_trend"}
    assert moved_by({name: UNCERTAIN[name]}) <= named


def test_what_no_factor_names_moves_none() -> None:
    others = {name: end for name, end in UNCERTAIN.items() if name not in AT_WORK}
    assert others
    assert {name for name in others if name.startswith("recalibration.")} == set()
    assert moved_by(others) == set()
