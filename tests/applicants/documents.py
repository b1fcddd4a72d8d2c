"""Profiles as a partner or the page sends them, and what is wrong with them."""

from copy import deepcopy
from typing import Any

from applicants.faults import Fault, ProfileInvalid
from applicants.schema import ProfileDocument
from applicants.services import profile_validate

SEASON = "2027"
# The example of the API contract.
EXAMPLE: dict[str, Any] = {
    "applicant_type": "us_img",
    "graduation_year": 2025,
    "medical_school": {"country": "DM", "name": None},
    "visa_needed": "none",
    "ecfmg_certified": True,
    "step1": {"status": "pass", "score": None, "attempts": 1, "taken": "2023-08"},
    "step2ck": {"status": "pass", "score": 224, "attempts": 1, "taken": None},
    "step3": {"status": "not_taken", "score": None, "attempts": 0},
    "specialties": ["internal-medicine", "family-medicine"],
    "experience": [
        {
            "kind": "sub_internship",
            "weeks": 8,
            "state": "CA",
            "ring": "los-angeles",
            "program_id": None,
            "specialty": "internal-medicine",
        }
    ],
    "letters": [
        {
            "author": "us_academic",
            "state": "CA",
            "ring": "los-angeles",
            "program_id": None,
            "specialty": "internal-medicine",
        }
    ],
    "research": {"projects": 2, "publications": 1},
    "service": [{"focus": "free_clinic", "ring": "los-angeles", "months": 12}],
    "languages": ["en", "es"],
    "ties": [{"kind": "family", "state": "CA", "ring": "los-angeles"}],
    "red_flags": [],
    "wishes": {"ring": "los-angeles", "states": [], "program_types": []},
}


def example(**members: Any) -> dict[str, Any]:
    return {**deepcopy(EXAMPLE), **members}


def valid(data: Any, **known: Any) -> ProfileDocument:
    return profile_validate(data, season=SEASON, **known)


def faults(data: Any, **known: Any) -> tuple[Fault, ...]:
    """What is wrong with ``data``; nothing for a valid profile."""
    try:
        profile_validate(data, season=SEASON, **known)
    except ProfileInvalid as invalid:
        return invalid.faults
    return ()


def places(data: Any, **known: Any) -> list[tuple[str, str]]:
    """Pointer and code of every fault."""
    return [(fault.pointer, fault.code) for fault in faults(data, **known)]
