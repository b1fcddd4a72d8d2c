"""What an applicant cannot change any more, said so that no one spends a year on it."""

from matching.scoring.applicant import Applicant
from matching.scoring.gates import attempts_needed
from matching.scoring.kinds import IMG_TYPES


def cannot_change(applicant: Applicant, application_year: int) -> tuple[str, ...]:
    """Codes of what applies to her and is known: scores, fails, years, school, citizenship, conduct."""
    year = applicant.graduation_year
    applies = {
        "step1_score": applicant.step1.status == "pass" and applicant.step1.score is not None,
        "step1_fails": (attempts_needed(applicant.step1) or 1) > 1,
        "step2ck_score": applicant.step2ck.status == "pass" and applicant.step2ck.score is not None,
        "step2ck_fails": (attempts_needed(applicant.step2ck) or 1) > 1,
        "graduation_year": year is not None and year < application_year,
        "school": applicant.applicant_type in IMG_TYPES,
        "citizenship": applicant.visa_needed not in (None, "none"),
        "professionalism": "professionalism" in (applicant.red_flags or ()),
    }
    return tuple(code for code, holds in applies.items() if holds)
