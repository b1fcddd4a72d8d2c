"""What an applicant may ask for, validated as the site validates it."""

from typing import Any

from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.schema import MatchOptions

PROFILE: dict[str, Any] = {
    "applicant_type": "us_img",
    "graduation_year": 2025,
    "visa_needed": "none",
    "ecfmg_certified": True,
    "step1": {"status": "pass", "attempts": 1},
    "step2ck": {"status": "pass", "score": 224, "attempts": 1},
    "specialties": ["internal-medicine"],
    "wishes": {"ring": "los-angeles"},
}


def profile_of(**members: Any) -> ProfileDocument:
    return profile_validate({**PROFILE, **members}, season="2027")


def options_of(**members: Any) -> MatchOptions:
    return MatchOptions.model_validate({"max_applications": 6, "top": 12, "explain": 3, **members})
