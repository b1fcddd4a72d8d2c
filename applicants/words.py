"""Plain words for a member that has the wrong shape: its name, what it takes, and what to do."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from applicants.faults import MAX_TOKEN, Location
from applicants.schema import (
    Exam,
    Experience,
    Letter,
    MedicalSchool,
    ProfileDocument,
    Research,
    ServiceItem,
    Step2CK,
    Tie,
    Wishes,
)

MEMBERS: dict[tuple[str, ...], type] = {
    (): ProfileDocument,
    ("medical_school",): MedicalSchool,
    ("step1",): Exam,
    ("step2ck",): Step2CK,
    ("step3",): Exam,
    ("experience",): Experience,
    ("letters",): Letter,
    ("research",): Research,
    ("service",): ServiceItem,
    ("ties",): Tie,
    ("wishes",): Wishes,
}
LABELS: dict[tuple[str, ...], str] = {
    ("applicant_type",): "Applicant type",
    ("graduation_year",): "Graduation year",
    ("medical_school",): "Medical school",
    ("medical_school", "country"): "Medical school country",
    ("medical_school", "name"): "Medical school name",
    ("visa_needed",): "Visa",
    ("ecfmg_certified",): "ECFMG certification",
    ("military_service",): "Military service",
    **{
        (exam, *rest): f"{name}{words}"
        for exam, name in (("step1", "Step 1"), ("step2ck", "Step 2 CK"), ("step3", "Step 3"))
        for rest, words in (
            ((), ""),
            (("status",), " result"),
            (("score",), " score"),
            (("attempts",), " attempts"),
            (("taken",), " month"),
            (("practice_score",), " practice score"),
        )
    },
    ("research", "projects"): "Research projects",
    ("research", "publications"): "Publications",
    ("red_flags",): "Red flags",
    ("wishes", "ring"): "Wished region",
    ("wishes", "states"): "Wished states",
    ("wishes", "program_types"): "Wished program types",
}
ROWS = {
    "experience": "Experience",
    "letters": "Letter",
    "service": "Service",
    "ties": "Tie",
    "specialties": "Specialty",
    "languages": "Language",
    "states": "Wished state",
    "program_types": "Wished program type",
    "red_flags": "Red flag",
}
HINTS: dict[str, str] = {
    "score": "USMLE scores run from 1 to 300.",
    "practice_score": "USMLE scores run from 1 to 300.",
    "attempts": "Count every sitting, the latest included: 1 to 6.",
    "graduation_year": "Give the year of the medical degree, four digits.",
    "weeks": "Give the length in weeks, 1 to 260.",
    "months": "Give the length in months, 1 to 600.",
    "projects": "Count from 0 to 200.",
    "publications": "Count from 0 to 500.",
}
CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_member",
    "invalid_key": "unknown_member",
    "literal_error": "invalid_choice",
    "unknown_code": "invalid_choice",
    "greater_than_equal": "min_value",
    "less_than_equal": "max_value",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_pattern_mismatch": "invalid_format",
    "string_unicode": "invalid_characters",
    "control_characters": "invalid_characters",
}
TYPES = {
    "int_type": "a whole number without quotes or decimals",
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "an object with named members",
}
FORMATS = {
    "taken": "a year and month such as 2023-08",
    "program_id": "a program id such as sp01402, copied from the program's page",
    "specialty": "a specialty such as internal-medicine",
    "specialties": "a specialty such as internal-medicine",
}
CODED = {
    "state": "a US state by its two capital letters, such as CA",
    "states": "a US state by its two capital letters, such as CA",
    "country": "a country by its two capital letters (ISO 3166), such as DM",
    "languages": "a language by its two small letters (ISO 639-1), such as es",
}


def label_of(location: Location) -> str:
    """What people call the member at ``location``: "Step 2 CK score", "Letter 2, author,"."""
    names = tuple(part for part in location if isinstance(part, str))
    if not names:
        return "The profile"
    row = next((index for index, part in enumerate(location) if isinstance(part, int)), None)
    if row is None:
        return LABELS.get(names) or names[-1].replace("_", " ").capitalize()[:MAX_TOKEN]
    label = f"{ROWS.get(str(location[row - 1]), 'Row')} {int(location[row]) + 1}"
    member = str(location[-1]).replace("_", " ")[:MAX_TOKEN]
    return label if row == len(location) - 1 else f"{label}, {member},"


def code_of(kind: str) -> str:
    """Our stable code for pydantic's name of a fault; what is not named is a wrong type."""
    return CODES.get(kind, "invalid_type")


def detail_of(kind: str, location: Location, context: Mapping[str, Any]) -> str:
    """One or two sentences: what is wrong with the member at ``location`` and what to do."""
    code, label = code_of(kind), label_of(location)
    if code == "unknown_member":
        return _unknown(location)
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    unit = "characters" if kind == "string_too_long" else "entries"
    words = {
        "required": "is missing. Every row must say it: add it, or take the row out.",
        "invalid_choice": f"must be {_choices(name, context)}.",
        "min_value": f"must be {context.get('ge')} or more. {HINTS.get(name, '')}",
        "max_value": f"must be {context.get('le')} or less. {HINTS.get(name, '')}",
        "too_long": f"takes at most {context.get('max_length')} {unit}. Shorten it.",
        "too_short": "must not be empty. Fill it in, or leave it out if it is not known.",
        "invalid_format": f"must be {FORMATS.get(name)}.",
        "invalid_characters": "holds characters that cannot be kept. Type it again as plain text.",
        "invalid_type": f"must be {TYPES.get(kind)}, or null if it is not known.",
    }
    return f"{label} {words[code]}".strip()


def _choices(name: str, context: Mapping[str, Any]) -> str:
    listed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return CODED.get(name) or f"one of {listed}"


def _unknown(location: Location) -> str:
    name = str(location[-1])[:MAX_TOKEN] if location else ""
    parents = tuple(part for part in location[:-1] if isinstance(part, str))
    model = MEMBERS.get(parents, ProfileDocument)
    near = get_close_matches(name, getattr(model, "model_fields", {}), n=1)
    shown = name.encode("utf-8", "replace").decode("utf-8")
    if near:
        return f'There is no member "{shown}". Did you mean "{near[0]}"?'
    return f'There is no member "{shown}". Check its spelling, or take it out.'
