"""Sample applicants to try the product with. None is a real person; what a story leaves out is not known."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Persona:
    """``document`` is a profile as the API takes it, for the season 2027 (applications of autumn 2026)."""

    slug: str
    title: str
    story: str
    document: dict[str, Any]


_LOS_ANGELES = {"state": "CA", "ring": "los-angeles"}
_US_IMG = {
    "applicant_type": "us_img",
    "visa_needed": "none",
    "medical_school": {"country": "DM"},
    "specialties": ["internal-medicine", "family-medicine"],
    "step3": {"status": "not_taken", "attempts": 0},
    "red_flags": [],
}
_LOCAL = {
    "experience": [
        {"kind": "sub_internship", "weeks": 8, "specialty": "internal-medicine", **_LOS_ANGELES},
        {"kind": "elective", "weeks": 4, **_LOS_ANGELES},
    ],
    "letters": [{"author": "us_academic", "specialty": "internal-medicine", **_LOS_ANGELES}],
    "service": [{"focus": "free_clinic", "months": 12, "ring": "los-angeles"}],
    "languages": ["en", "es"],
    "ties": [{"kind": "family", **_LOS_ANGELES}],
    "wishes": {"ring": "los-angeles"},
}

PERSONAS: tuple[Persona, ...] = (
    Persona(
        slug="los-angeles-224",
        title="Los Angeles, Step 2 CK 224",
        story=(
            "US-citizen IMG of a Caribbean school, graduated last year. Step 1 passed at the first attempt, "
            "Step 2 CK 224 at the first, ECFMG certified. 8 weeks sub-internship and 4 weeks elective in "
            "Los Angeles, a letter from an academic there, 12 months in a free clinic there, Spanish, "
            "family in Los Angeles. Wants Los Angeles: internal or family medicine."
        ),
        document={
            **_US_IMG,
            **_LOCAL,
            "graduation_year": 2025,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 224, "attempts": 1},
        },
    ),
    Persona(
        slug="step1-fail",
        title="A Step 1 fail, then a pass",
        story=(
            "US-citizen IMG of a Caribbean school, graduated last year. Failed Step 1 once and passed at the "
            "second attempt, then Step 2 CK 224 at the first. The same Los Angeles experience, letter, "
            "service and family as the first sample."
        ),
        document={
            **_US_IMG,
            **_LOCAL,
            "graduation_year": 2025,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 2},
            "step2ck": {"status": "pass", "score": 224, "attempts": 1},
        },
    ),
    Persona(
        slug="repeat-218",
        title="Step 2 CK 218 at the second attempt, ten years out",
        story=(
            "US-citizen IMG, graduated ten years ago. Step 1 passed at the first attempt, Step 2 CK 218 at "
            "the second, ECFMG certified. 8 weeks of observership in California, one letter from a US "
            "clinician. Wants internal or family medicine, Los Angeles first."
        ),
        document={
            **_US_IMG,
            "graduation_year": 2016,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 218, "attempts": 2},
            "experience": [{"kind": "observership", "weeks": 8, "state": "CA", "ring": "california"}],
            "letters": [{"author": "us_clinical", "state": "CA", "ring": "california"}],
            "languages": ["en"],
            "wishes": {"ring": "los-angeles"},
        },
    ),
    Persona(
        slug="strong-245",
        title="Step 2 CK 245 with strong letters",
        story=(
            "US-citizen IMG, graduated this year. Both steps passed at the first attempt, Step 2 CK 245, "
            "ECFMG certified. 48 weeks of clerkships and an 8-week sub-internship in New York, three letters "
            "by academic internists there, two publications, lives in New York. Wants internal medicine."
        ),
        document={
            **_US_IMG,
            "specialties": ["internal-medicine"],
            "graduation_year": 2026,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 245, "attempts": 1},
            "experience": [
                {"kind": "core_clerkship", "weeks": 48, "state": "NY", "ring": "national"},
                {
                    "kind": "sub_internship",
                    "weeks": 8,
                    "state": "NY",
                    "ring": "national",
                    "specialty": "internal-medicine",
                },
            ],
            "letters": [
                {"author": "us_academic", "state": "NY", "ring": "national", "specialty": "internal-medicine"}
                for _ in range(3)
            ],
            "research": {"projects": 3, "publications": 2},
            "languages": ["en"],
            "ties": [{"kind": "residence", "state": "NY", "ring": "national"}],
            "wishes": {"ring": "national", "states": ["NY"]},
        },
    ),
    Persona(
        slug="pending-step2ck",
        title="Step 2 CK pending",
        story=(
            "US-citizen IMG, graduates next spring. Step 1 passed at the first attempt, the Step 2 CK result "
            "is pending after a practice score of 228. 40 weeks of clerkships in California, grew up in Los "
            "Angeles, speaks Spanish. Wants Los Angeles: internal medicine, family medicine or psychiatry."
        ),
        document={
            **_US_IMG,
            "specialties": ["internal-medicine", "family-medicine", "psychiatry"],
            "graduation_year": 2027,
            "ecfmg_certified": False,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pending", "attempts": 1, "practice_score": 228},
            "experience": [{"kind": "core_clerkship", "weeks": 40, "state": "CA", "ring": "california"}],
            "languages": ["en", "es"],
            "ties": [{"kind": "grew_up", **_LOS_ANGELES}],
            "wishes": {"ring": "los-angeles"},
        },
    ),
    Persona(
        slug="non-us-visa",
        title="Non-US IMG who needs a visa",
        story=(
            "Citizen of another country, graduated in India two years ago, needs a J-1 or H-1B visa. Both "
            "steps passed at the first attempt, Step 2 CK 238, ECFMG certified. 12 weeks of electives in "
            "Texas, one letter from a US academic. Wants internal medicine anywhere."
        ),
        document={
            "applicant_type": "non_us_img",
            "visa_needed": "either",
            "medical_school": {"country": "IN"},
            "graduation_year": 2024,
            "ecfmg_certified": True,
            "step1": {"status": "pass", "attempts": 1},
            "step2ck": {"status": "pass", "score": 238, "attempts": 1},
            "step3": {"status": "not_taken", "attempts": 0},
            "specialties": ["internal-medicine"],
            "experience": [{"kind": "elective", "weeks": 12, "state": "TX", "ring": "national"}],
            "letters": [{"author": "us_academic", "state": "TX", "ring": "national"}],
            "languages": ["en", "hi"],
            "red_flags": [],
            "wishes": {"ring": "national"},
        },
    ),
)


def persona_get(slug: str) -> Persona | None:
    """The sample of this slug, if there is one."""
    return next((persona for persona in PERSONAS if persona.slug == slug), None)
