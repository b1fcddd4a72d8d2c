"""The columns of a CSV upload: one table for who reads it, who documents it, and who misspelt one.

What a column means is said by the member it stands for; how a cell is written is said here.
"""

from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel

from applicants.schema import (
    ApplicantType,
    Exam,
    ExamStatus,
    ExperienceKind,
    LetterAuthor,
    MedicalSchool,
    ProfileDocument,
    ProgramType,
    RedFlag,
    Research,
    Ring,
    ServiceFocus,
    Step2CK,
    TieKind,
    VisaNeed,
    Wishes,
)
from matching.schema import MatchOptions, Track

Kind = Literal["text", "whole", "number", "yes_no", "list", "records"]
BETWEEN, WITHIN = "|", ":"  # entries of one cell, and parts of one entry
NONE = "none"  # in a list: known to be none; an empty cell is not known


class Column(NamedTuple):
    """``into``: the member it fills. ``parts``: of records, the members of one entry in their order."""

    name: str
    into: tuple[str, ...]
    kind: Kind
    meaning: str
    values: str
    example: str
    parts: tuple[str, ...] = ()


WHOLE_PARTS = frozenset({"weeks", "months"})
_YES_NO = "yes or no"
_LISTED = f"separated by {BETWEEN}; {NONE} for none"


def _of(model: type[BaseModel], member: str) -> str:
    """As of JSON, less what its empty list means: how a cell says that is said with its values."""
    return (model.model_fields[member].description or "").replace("; [] is none", "")


def _codes(kind: Any) -> str:
    return ", ".join(get_args(kind))


def _profile(name: str, kind: Kind, values: str, example: str) -> Column:
    return Column(name, ("profile", name), kind, _of(ProfileDocument, name), values, example)


def _inner(
    name: str, member: str, model: type[BaseModel], field: str, kind: Kind, values: str, example: str
) -> Column:
    return Column(name, ("profile", member, field), kind, _of(model, field), values, example)


def _exam(step: str, model: type[Exam], *examples: str) -> tuple[Column, ...]:
    members: tuple[tuple[str, Kind, str], ...] = (
        ("status", "text", _codes(ExamStatus)),
        ("score", "whole", "1 to 300"),
        ("attempts", "whole", "0 to 6"),
        ("taken", "text", "YYYY-MM"),
    )
    if model is Step2CK:
        members = (*members, ("practice_score", "whole", "1 to 300"))
    return tuple(
        _inner(f"{step}_{member}", step, model, member, kind, values, example)
        for (member, kind, values), example in zip(members, examples, strict=True)
    )


def _records(name: str, codes: Any, parts: tuple[str, ...], example: str) -> Column:
    values = f"{WITHIN.join(parts)}, {_LISTED}; {parts[0]} is one of {_codes(codes)}"
    return Column(name, ("profile", name), "records", _of(ProfileDocument, name), values, example, parts)


def _option(name: str, kind: Kind, values: str, example: str) -> Column:
    return Column(name, ("options", name), kind, _of(MatchOptions, name), values, example)


COLUMNS: tuple[Column, ...] = (
    Column(
        "reference", ("reference",), "text", "Your own id of the applicant.", "1 to 128 characters", "a-1"
    ),
    _profile("applicant_type", "text", _codes(ApplicantType), "us_img"),
    _profile("graduation_year", "whole", "four digits", "2025"),
    _inner("school_country", "medical_school", MedicalSchool, "country", "text", "two capital letters", "DM"),
    _inner("school_name", "medical_school", MedicalSchool, "name", "text", "up to 200 characters", ""),
    _profile("visa_needed", "text", _codes(VisaNeed), "none"),
    _profile("ecfmg_certified", "yes_no", _YES_NO, "yes"),
    _profile("military_service", "yes_no", _YES_NO, ""),
    *_exam("step1", Exam, "pass", "", "1", "2023-08"),
    *_exam("step2ck", Step2CK, "pass", "224", "1", "", ""),
    *_exam("step3", Exam, "not_taken", "", "0", ""),
    _profile("specialties", "list", f"slugs of specialties, separated by {BETWEEN}", "internal-medicine"),
    _records(
        "experience",
        ExperienceKind,
        ("kind", "weeks", "state", "ring", "specialty", "program_id"),
        "sub_internship:8:CA:los-angeles:internal-medicine|elective:4:NY",
    ),
    _records(
        "letters",
        LetterAuthor,
        ("author", "state", "ring", "specialty", "program_id"),
        "us_academic:CA:los-angeles:internal-medicine",
    ),
    _inner("research_projects", "research", Research, "projects", "whole", "0 to 200", "2"),
    _inner("research_publications", "research", Research, "publications", "whole", "0 to 500", "1"),
    _records("service", ServiceFocus, ("focus", "months", "ring"), "free_clinic:12:los-angeles"),
    _profile("languages", "list", f"two small letters each, {_LISTED}", "en|es"),
    _records("ties", TieKind, ("kind", "state", "ring"), "family:CA:los-angeles"),
    _profile("red_flags", "list", f"{_codes(RedFlag)}, {_LISTED}", "none"),
    _inner("wishes_ring", "wishes", Wishes, "ring", "text", _codes(Ring), "los-angeles"),
    _inner("wishes_states", "wishes", Wishes, "states", "list", f"two capital letters each, {_LISTED}", ""),
    _inner(
        "wishes_program_types",
        "wishes",
        Wishes,
        "program_types",
        "list",
        f"{_codes(ProgramType)}, {_LISTED}",
        "",
    ),
    _option("rings", "list", f"{_codes(Ring)}, separated by {BETWEEN}", ""),
    _option("tracks", "list", f"{_codes(Track)}, separated by {BETWEEN}", ""),
    _option("la_weight", "number", "0 to 1", ""),
    Column(
        "max_applications",
        ("options", "max_applications"),
        "whole",
        "Programs on the recommended list, at most. Empty or 0: odds alone, which is far quicker.",
        "0 to 300",
        "0",
    ),
    _option("max_usd", "whole", "whole dollars; only with max_applications", ""),
    _option("must_include", "list", f"ids, separated by {BETWEEN}", ""),
    _option("must_exclude", "list", f"ids, separated by {BETWEEN}", ""),
    _option("signals", "yes_no", _YES_NO, ""),
    _option("top", "whole", "1 to 500; empty: 200", "200"),
)
BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}
