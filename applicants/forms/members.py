"""Which input holds which member of the profile document, both ways."""

from collections.abc import Mapping
from typing import Any

from applicants import labels
from applicants.forms.answers import NONE_OF_THESE
from applicants.steps import ROWS

Path = tuple[str, ...]

MEMBERS: dict[str, Path] = {
    "applicant_type": ("applicant_type",),
    "school_country": ("medical_school", "country"),
    "school_name": ("medical_school", "name"),
    "graduation_year": ("graduation_year",),
    "ecfmg_certified": ("ecfmg_certified",),
    "visa_needed": ("visa_needed",),
    "military_service": ("military_service",),
    **{
        f"{exam}_{member}": (exam, member)
        for exam in ("step1", "step2ck", "step3")
        for member in ("status", "score", "attempts", "taken")
    },
    "step2ck_practice_score": ("step2ck", "practice_score"),
    "research_projects": ("research", "projects"),
    "research_publications": ("research", "publications"),
    "wish_ring": ("wishes", "ring"),
}
# Checkbox lists: an empty one is not known.
LISTS: dict[str, Path] = {"specialties": ("specialties",), "wish_types": ("wishes", "program_types")}
INPUTS: dict[Path, str] = {path: name for name, path in {**MEMBERS, **LISTS}.items()} | {
    ("languages",): "languages",
    ("red_flags",): "red_flags",
}


def member_set(document: dict[str, Any], path: Path, value: Any) -> None:
    """Put ``value`` at ``path``; what is not known is left out."""
    if value is None:
        return
    *parents, name = path
    for parent in parents:
        document = document.setdefault(parent, {})
    document[name] = value


def member_get(document: Mapping[str, Any], path: Path) -> Any:
    """The value at ``path``, None where any part of it is not there."""
    value: Any = document
    for name in path:
        value = value.get(name) if value is not None else None
    return value


def initial_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The single answers a document gives, as the page shows them."""
    initial = {name: member_get(document, path) for name, path in {**MEMBERS, **LISTS}.items()}
    for name in ("ecfmg_certified", "military_service"):
        initial[name] = {True: "yes", False: "no"}.get(initial[name])
    for name in ROWS:
        initial[f"{name}_none"] = document.get(name) == []
    languages = document.get("languages") or ()
    initial["languages"] = [code for code in languages if code in labels.COMMON_LANGUAGES]
    initial["red_flags"] = [NONE_OF_THESE] if document.get("red_flags") == [] else document.get("red_flags")
    return initial


def rows_of(document: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows a document fills, by list."""
    rows = {name: list(document.get(name) or ()) for name in ROWS}
    languages = document.get("languages") or ()
    rows["languages"] = [{"code": code} for code in languages if code not in labels.COMMON_LANGUAGES]
    rows["states"] = [{"state": state} for state in member_get(document, ("wishes", "states")) or ()]
    return rows
