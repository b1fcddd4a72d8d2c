"""From validated documents to the frozen values of the core."""

from dataclasses import asdict

import orjson

from applicants.schema import Exam as ExamDocument
from applicants.schema import ProfileDocument, Step2CK
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

# Members of the profile and of the core's applicant that go by one name, by how they are written.
PLAIN = (
    "applicant_type",
    "graduation_year",
    "visa_needed",
    "ecfmg_certified",
    "military_service",
    "languages",
    "red_flags",
)
RECORDS = ("experience", "letters", "service", "ties")
EXAMS = ("step1", "step2ck", "step3")


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


def profile_with(profile: ProfileDocument, changed: Applicant) -> ProfileDocument:
    """``profile`` as it reads once it says what ``changed`` says; what the core does not read stays.

    Not validated: an action leaves out what it cannot know, such as the score of an exam passed.
    """
    before = applicant_of(profile)
    told = profile.model_dump(mode="json")
    for member in PLAIN:
        if getattr(changed, member) != getattr(before, member):
            told[member] = _listed(getattr(changed, member))
    for member in RECORDS:
        if (new := getattr(changed, member)) != getattr(before, member):
            told[member] = None if new is None else [asdict(item) for item in new]
    for member in EXAMS:
        if (exam := getattr(changed, member)) != getattr(before, member):
            told[member] = {name: asdict(exam)[name] for name in _members_of(member)}
    publications, projects = changed.research_publications, changed.research_projects
    if (publications, projects) != (before.research_publications, before.research_projects):
        told["research"] = {"publications": publications, "projects": projects}
    if changed.specialties != before.specialties:
        told["specialties"] = list(changed.specialties) or None
    return ProfileDocument.model_validate_json(orjson.dumps(told))


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _members_of(exam: str) -> tuple[str, ...]:
    document = Step2CK if exam == "step2ck" else ExamDocument
    return tuple(document.model_fields)


def options_of(options: MatchOptions) -> Options:
    """What is asked for."""
    return Options(**vars(options))


def _exam(document: ExamDocument | None) -> Exam:
    return Exam(**vars(document)) if document else Exam()
