"""The members of a profile an advisor may ask for, and whether a profile states one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# By name, dotted where it lies in another, in the order a form asks for them.
MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "applicant_type": "kind of applicant",
        "graduation_year": "year of graduation",
        "medical_school.country": "country of the medical school",
        "medical_school.name": "name of the medical school",
        "visa_needed": "visa needed",
        "ecfmg_certified": "ECFMG certificate",
        "military_service": "service in the armed forces",
        "step1.status": "Step 1 result",
        "step1.score": "Step 1 score",
        "step1.attempts": "attempts at Step 1",
        "step1.taken": "month of Step 1",
        "step2ck.status": "Step 2 CK result",
        "step2ck.score": "Step 2 CK score",
        "step2ck.attempts": "attempts at Step 2 CK",
        "step2ck.taken": "month of Step 2 CK",
        "step3.status": "Step 3 result",
        "step3.score": "Step 3 score",
        "step3.attempts": "attempts at Step 3",
        "specialties": "specialties",
        "experience": "US clinical experience",
        "letters": "letters of recommendation",
        "research.projects": "research projects",
        "research.publications": "publications",
        "service": "volunteer work",
        "languages": "languages",
        "ties": "ties to places",
        "red_flags": "gaps or conduct notes",
        "wishes.ring": "where she wishes to train",
    }
)


def member_of(profile: Mapping[str, Any], name: str) -> Any:
    """What a profile says there; None where it says nothing."""
    value: Any = profile
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def stated(profile: Mapping[str, Any], name: str) -> bool:
    """An empty list is said: none."""
    return member_of(profile, name) is not None
