"""When each allowed action is possible, and what it makes of the profile."""

from dataclasses import replace

from matching.scoring.applicant import Applicant, Experience, Letter, Tie
from matching.scoring.program_actions import ROTATION_WEEKS
from matching.scoring.situation import (
    Situation,
    exam_passed,
    with_experience,
    with_letters,
)


def step1_passed(s: Situation) -> Applicant:
    exam = exam_passed(s.applicant.step1, score=None, taken=f"{s.application_year}-01")
    return replace(s.applicant, step1=exam)


def step3_passed(s: Situation) -> Applicant:
    return replace(s.applicant, step3=exam_passed(s.applicant.step3, score=None, taken=None))


def step3_possible(s: Situation) -> bool:
    """Open to graduates alone, whichever way the two steps before it stand."""
    return s.applicant.step3.status in ("not_taken", "fail", "pending") and s.graduated


def hands_on(weeks: int, s: Situation) -> Applicant:
    return with_experience(
        s.applicant, Experience(s.hands_on_kind, weeks, s.place.state, s.place.ring, None, s.specialty)
    )


def observership(s: Situation) -> Applicant:
    place = s.place
    item = Experience("observership", ROTATION_WEEKS, place.state, place.ring, None, s.specialty)
    return with_experience(s.applicant, item)


def experience_known(s: Situation) -> bool:
    return s.applicant.experience is not None


def letter(author: str, local: bool, s: Situation) -> Applicant:
    place = s.place
    state, ring = (place.state, place.ring) if local else (None, None)
    return with_letters(
        s.applicant,
        Letter("us_academic" if author == "us_academic" else "us_clinical", state, ring, None, s.specialty),
    )


def specialty_letter_possible(s: Situation) -> bool:
    most = s.values["letters.counted_most"]
    return s.applicant.letters is not None and s.letters_in_specialty < most


def academic_letter_possible(s: Situation) -> bool:
    letters = s.applicant.letters
    return letters is not None and all(letter.author != "us_academic" for letter in letters)


def local_letter_possible(s: Situation) -> bool:
    return s.applicant.letters is not None and s.place.state is not None and not s.has_local_letter


def publication_possible(s: Situation) -> bool:
    count = s.applicant.research_publications
    return count is not None and count < s.values["research.publications_cap"]


def publication(s: Situation) -> Applicant:
    return replace(s.applicant, research_publications=(s.applicant.research_publications or 0) + 1)


def spanish_possible(s: Situation) -> bool:
    return s.applicant.languages is not None and "es" not in s.applicant.languages


def spanish(s: Situation) -> Applicant:
    return replace(s.applicant, languages=(*(s.applicant.languages or ()), "es"))


def service_possible(already: int, s: Situation) -> bool:
    return s.applicant.service is not None and s.service_months + already < s.values["mission.full_months"]


def move_possible(s: Situation) -> bool:
    return s.applicant.ties is not None and s.place.state is not None and not s.has_home_there


def move(s: Situation) -> Applicant:
    tie = Tie("residence", s.place.state, s.place.ring)
    return replace(s.applicant, ties=(*(s.applicant.ties or ()), tie))


def gap_explained(s: Situation) -> Applicant:
    flags = tuple(flag for flag in s.applicant.red_flags or () if flag != "gap_unexplained")
    return replace(s.applicant, red_flags=flags)


def also(specialty: str, s: Situation) -> Applicant:
    return replace(s.applicant, specialties=(*s.applicant.specialties, specialty))


def also_possible(specialty: str, s: Situation) -> bool:
    return bool(s.applicant.specialties) and specialty not in s.applicant.specialties


def certificate_possible(s: Situation) -> bool:
    return s.is_img and s.applicant.ecfmg_certified is False and s.graduated
