"""The one registry against what it names: fact fields, profile members, parameters."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, get_args

import pytest

from applicants.schema import ProfileDocument
from matching.scoring.action_costs import cost_of
from matching.scoring.actions import ACTIONS, PROGRAM_ACTIONS
from matching.scoring.applicant import Applicant, ApplicantType, Exam, Letter, Options, Service, Wishes
from matching.scoring.columns import columns_build
from matching.scoring.model import Model, model_build
from matching.scoring.registry import (
    FACTOR_INDEX,
    FACTORS,
    GATE_INDEX,
    GATES,
    LOCAL,
)
from matching.scoring.registry_stages import CALIBRATION, KEPT_FOR_LATER, STAGES
from matching.scoring.score import score
from programs.fact_fields import FACT_FIELDS
from programs.geography import DIVISION_BY_STATE
from programs.reference import reference_rows
from tests.scoring.made_catalogue import SEASON, MadeFact, MadeTrack, plain_applicant, track_make

PARAMETERS = sorted(row["name"] for row in reference_rows("parameters"))
PATTERNS = [
    *((factor.name, pattern) for factor in FACTORS for pattern in factor.parameters),
    *((title, pattern) for title, patterns in STAGES for pattern in patterns),
    *(("kept for later", pattern) for pattern in KEPT_FOR_LATER),
]


class Watched(dict[str, Any]):
    """Remembers which keys were read."""

    def __init__(self, values: Any, seen: set[str]) -> None:
        super().__init__(values)
        self.seen = seen

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


def watched_model(seen: set[str]) -> Model:
    model = model_build(
        season=SEASON,
        parameters=reference_rows("parameters"),
        states=reference_rows("state_openness"),
        fees=reference_rows("fees"),
        signals=reference_rows("signals"),
        services={row["slug"]: row["application_service"] for row in reference_rows("specialties")},
    )
    model.parameters.values = Watched(model.parameters.values, seen)
    model.parameters._by_name = Watched(model.parameters._by_name, seen)
    object.__setattr__(model.drawn, "values", Watched(model.drawn.values, seen))
    return model


def every_kind_of_track() -> Iterator[MadeTrack]:
    facts: list[dict[str, Any]] = [
        {"hospital_resident_fte": 200.0, "accepts_img": MadeFact("yes", confidence="medium", page_year=None)},
        {"program_type": "university", "holistic_review": MadeFact("yes", confidence="low")},
        {"residents_us_img": 3.0, "residents_total": 20.0, "safety_net": "yes"},
        {"min_step2ck": MadeFact(290.0, "preference"), "max_attempts_step1": 6.0, "avg_step2ck": 240.0},
        {"min_step2ck": 290.0, "program_type": "community", "us_citizen_or_pr_only": "yes"},
        {"program_type": "safety-net", "min_step2ck": "none"},
    ]
    for number, row in enumerate(reference_rows("specialties"), start=1):
        place = (("CA", "Los Angeles"), ("CA", "Fresno"), ("NY", "Kings"))[number % 3]
        yield track_make(number, place, specialty=row["slug"], facts=facts[number % len(facts)])


def every_kind_of_applicant() -> Iterator[Applicant]:
    yield Applicant()
    for kind in get_args(ApplicantType):
        yield Applicant(applicant_type=kind)
        yield plain_applicant(
            applicant_type=kind,
            visa_needed="none",
            step1=Exam("pass", 205, 3, "2020-05"),
            step2ck=Exam("pending", None, 1, None, 228),
            letters=(Letter("us_academic"),),
            service=(Service("rural"),),
            wishes=Wishes("los-angeles", ("NY",), ("university",)),
        )


def members_of(name: str) -> bool:
    return name in ProfileDocument.model_fields


def test_names_are_each_used_once_and_indexed_in_order() -> None:
    assert [FACTOR_INDEX[factor.name] for factor in FACTORS] == list(range(len(FACTORS)))
    assert [GATE_INDEX[gate.name] for gate in GATES] == list(range(len(GATES)))
    assert set(LOCAL) <= set(FACTOR_INDEX)
    assert FACTORS[-1].name == "averaging"


@pytest.mark.parametrize(
    "entry", [*FACTORS, *GATES], ids=lambda entry: f"{type(entry).__name__}-{entry.name}"
)
def test_every_fact_field_and_profile_member_exists(entry: Any) -> None:
    assert [field for field in entry.fact_fields if field not in FACT_FIELDS] == []
    assert [member for member in entry.members if not members_of(member)] == []
    assert entry.title


@pytest.mark.parametrize(("where", "pattern"), PATTERNS)
def test_every_parameter_the_registry_names_exists(where: str, pattern: str) -> None:
    assert any(fnmatchcase(name, pattern) for name in PARAMETERS), (where, pattern)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_of_the_file_is_named(name: str) -> None:
    found = [where for where, pattern in PATTERNS if fnmatchcase(name, pattern)]
    assert found, name
    assert found == ["kept for later"] or "kept for later" not in found, name


def test_the_core_reads_every_parameter_but_those_kept_for_later() -> None:
    seen: set[str] = set()
    model = watched_model(seen)
    columns = columns_build(
        list(every_kind_of_track()), parameters=model.parameters, season=SEASON, divisions=DIVISION_BY_STATE
    )
    for applicant in every_kind_of_applicant():
        score(applicant, Options(), columns, model)
    for name in [action.name for action in ACTIONS] + [action.name for action in PROGRAM_ACTIONS]:
        cost_of(name, model.parameters.values)
    dated = {name for name in PARAMETERS if ".pass_mark." in name}  # read by the checks of a profile
    kept = {name for name in PARAMETERS for p in KEPT_FOR_LATER if fnmatchcase(name, p)}
    calibration = {name for name in PARAMETERS for p in CALIBRATION if fnmatchcase(name, p)}
    assert set(PARAMETERS) - seen - dated - calibration == kept
