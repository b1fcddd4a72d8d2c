"""From validated documents to the frozen values of the core."""

from applicants.schema import Exam as ExamDocument
from applicants.schema import ProfileDocument
from matching.schema import MatchOptions
from matching.scoring.applicant import (
    Applicant,
    Exam,
    Experience,
    Letter,
    Options,
    Service,
    Tie,
    Wishes,
)


def applicant_of(profile: ProfileDocument) -> Applicant:
    """The applicant as the core reads her; what was left out stays unknown."""
    school, research, wishes = profile.medical_school, profile.research, profile.wishes
    return Applicant(
        applicant_type=profile.applicant_type,
        graduation_year=profile.graduation_year,
        school_country=school.country if school else None,
        visa_needed=profile.visa_needed,
        ecfmg_certified=profile.ecfmg_certified,
        military_service=profile.military_service,
        step1=_exam(profile.step1),
        step2ck=_exam(profile.step2ck),
        step3=_exam(profile.step3),
        specialties=profile.specialties or (),
        experience=None
        if profile.experience is None
        else tuple(Experience(**vars(i)) for i in profile.experience),
        letters=None if profile.letters is None else tuple(Letter(**vars(i)) for i in profile.letters),
        research_projects=research.projects if research else None,
        research_publications=research.publications if research else None,
        service=None if profile.service is None else tuple(Service(**vars(i)) for i in profile.service),
        languages=profile.languages,
        ties=None if profile.ties is None else tuple(Tie(**vars(i)) for i in profile.ties),
        red_flags=profile.red_flags,
        wishes=Wishes(
            ring=wishes.ring if wishes else None,
            states=(wishes.states or ()) if wishes else (),
            program_types=(wishes.program_types or ()) if wishes else (),
        ),
    )


def options_of(options: MatchOptions) -> Options:
    """What is asked for."""
    return Options(**vars(options))


def _exam(document: ExamDocument | None) -> Exam:
    return Exam(**vars(document)) if document else Exam()
