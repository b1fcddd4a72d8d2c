"""Twelve applicants whose plans and briefs are read: the samples, and six others. None is a real person."""

from dataclasses import dataclass
from typing import Any

from applicants.personas import PERSONAS


@dataclass(frozen=True, slots=True)
class Someone:
    slug: str
    document: dict[str, Any]
    applied_before: bool | None = None


_US_IMG = {"applicant_type": "us_img", "visa_needed": "none", "medical_school": {"country": "GD"}}
_HERE = {"state": "CA", "ring": "los-angeles"}

TWELVE: tuple[Someone, ...] = (
    *(Someone(persona.slug, persona.document) for persona in PERSONAS),
    # Two years ahead: nothing sat, nothing done, everything still open.
    Someone(
        "student-early",
        {
            **_US_IMG,
            "graduation_year": 2028,
            "ecfmg_certified": False,
            "step1": {"status": "not_taken", "attempts": 0},
            "step2ck": {"status": "not_taken", "attempts": 0},
            "step3": {"status": "not_taken", "attempts": 0},
            "specialties": ["family-medicine"],
            "experience": [],
            "letters": [],
            "service": [],
            "research": {"projects": 0, "publications": 0},
            "languages": ["en"],
            "ties": [{"kind": "family", **_HERE}],
            "red_flags": [],
            "wishes": {"ring": "los-angeles"},
        },
        applied_before=False,
    ),
    # Went unmatched, two seasons out, with a gap that nobody has heard the reason of.
    Someone(
        "reapplicant-gap",
        {
            **_US_IMG,
            "graduation_year": 2024,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 221, "attempts": 1},
            "step3": {"status": "not_taken", "attempts": 0},
            "specialties": ["internal-medicine"],
            "experience": [{"kind": "core_clerkship", "weeks": 48, "state": "NY", "ring": "national"}],
            "letters": [{"author": "us_clinical", "state": "NY", "ring": "national"}],
            "service": [],
            "languages": ["en"],
            "ties": [{"kind": "grew_up", **_HERE}],
            "red_flags": ["gap_unexplained"],
            "wishes": {"ring": "los-angeles"},
        },
        applied_before=True,
    ),
    # A high Step 1 of the scored days and a low Step 2 CK: the large gap that is asked about.
    Someone(
        "score-drop",
        {
            **_US_IMG,
            "graduation_year": 2022,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "score": 238, "attempts": 1, "taken": "2020-06"},
            "step2ck": {"status": "pass", "score": 216, "attempts": 1, "taken": "2022-03"},
            "step3": {"status": "pass", "score": 214, "attempts": 1, "taken": "2024-05"},
            "specialties": ["psychiatry", "family-medicine"],
            "experience": [
                {"kind": "externship", "weeks": 8, "specialty": "psychiatry", **_HERE},
                {"kind": "research", "weeks": 40, **_HERE},
            ],
            "letters": [
                {"author": "us_academic", "specialty": "psychiatry", **_HERE},
                {"author": "us_clinical", "specialty": "family-medicine", **_HERE},
                {"author": "non_us"},
            ],
            "research": {"projects": 2, "publications": 3},
            "service": [{"focus": "veterans", "months": 18, "ring": "los-angeles"}],
            "languages": ["en", "hy"],
            "ties": [{"kind": "residence", **_HERE}],
            "red_flags": [],
            "wishes": {"ring": "los-angeles"},
        },
    ),
    # Step 2 CK failed and not yet passed, observerships only.
    Someone(
        "step2ck-failed",
        {
            **_US_IMG,
            "graduation_year": 2025,
            "ecfmg_certified": False,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "fail", "score": 209, "attempts": 1},
            "step3": {"status": "not_taken", "attempts": 0},
            "specialties": ["family-medicine"],
            "experience": [{"kind": "observership", "weeks": 6, **_HERE}],
            "letters": [],
            "languages": ["en", "es", "tl"],
            "ties": [],
            "red_flags": [],
            "wishes": {"ring": "california"},
        },
    ),
    # The fewest answers the form takes: most is not known.
    Someone(
        "eight-answers",
        {
            **_US_IMG,
            "graduation_year": 2026,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 231, "attempts": 1},
            "specialties": ["internal-medicine"],
            "wishes": {"ring": "los-angeles"},
        },
    ),
    # A US DO with a concern about conduct on file.
    Someone(
        "osteopath-conduct",
        {
            "applicant_type": "us_do",
            "visa_needed": "none",
            "medical_school": {"country": "US"},
            "graduation_year": 2027,
            "step1": {"status": "pass", "attempts": 2},
            "step2ck": {"status": "pass", "score": 226, "attempts": 1},
            "step3": {"status": "not_taken", "attempts": 0},
            "specialties": ["pediatrics"],
            "experience": [
                {"kind": "core_clerkship", "weeks": 50, **_HERE},
                {"kind": "sub_internship", "weeks": 4, "specialty": "pediatrics", **_HERE},
            ],
            "letters": [{"author": "us_academic", "specialty": "pediatrics", **_HERE}],
            "service": [{"focus": "underserved", "months": 24, "ring": "los-angeles"}],
            "languages": ["en", "es"],
            "ties": [{"kind": "grew_up", **_HERE}],
            "red_flags": ["professionalism"],
            "wishes": {"ring": "los-angeles", "program_types": ["community"]},
        },
    ),
)


def someone(slug: str) -> Someone:
    return next(each for each in TWELVE if each.slug == slug)
