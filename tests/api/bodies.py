"""A good request, and changes to it by JSON pointer."""

import copy
from typing import Any

GOOD: dict[str, Any] = {
    "profile": {
        "applicant_type": "us_img",
        "graduation_year": 2025,
        "medical_school": {"country": "DM", "name": None},
        "visa_needed": "none",
        "ecfmg_certified": True,
        "step1": {"status": "pass", "score": None, "attempts": 1, "taken": "2023-08"},
        "step2ck": {"status": "pass", "score": 224, "attempts": 1, "taken": None},
        "step3": {"status": "not_taken", "score": None, "attempts": 0},
        "specialties": ["internal-medicine"],
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
    },
    "options": {
        "rings": ["los-angeles", "california", "west-coast", "national"],
        "tracks": ["categorical", "primary-care"],
        "la_weight": None,
        "max_applications": 80,
        "max_usd": None,
        "must_include": [],
        "must_exclude": [],
        "top": 200,
        "explain": 25,
    },
    "store": False,
}


def changed(*changes: tuple[str, Any]) -> dict[str, Any]:
    """The good request with values put at pointers: into lists by index, into objects by name."""
    body = copy.deepcopy(GOOD)
    for pointer, value in changes:
        *parents, last = pointer.strip("/").split("/")
        place: Any = body
        for part in parents:
            place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
        if isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value
    return body


def text_pointers(value: Any = None, at: str = "") -> list[str]:
    """Every place of the good request that holds text, or null where text may stand."""
    value = GOOD if value is None and not at else value
    if isinstance(value, dict):
        return [one for name, inner in value.items() for one in text_pointers(inner, f"{at}/{name}")]
    if isinstance(value, list):
        return [one for place, inner in enumerate(value) for one in text_pointers(inner, f"{at}/{place}")]
    return [at] if isinstance(value, str) else []
