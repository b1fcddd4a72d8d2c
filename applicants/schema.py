"""The profile document: exactly the members of the API contract, typed, frozen and strict.

Every member may be left out or null: not known. A list that is null is not known; an empty list is none.
Rules between members live in ``applicants.rules``; both are reached through ``services.profile_validate``.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from applicants.codes import COUNTRIES, LANGUAGES, STATES

ApplicantType = Literal["us_img", "non_us_img", "us_md", "us_do"]
ExamStatus = Literal["pass", "fail", "not_taken", "pending"]
Ring = Literal["los-angeles", "california", "west-coast", "national"]
ExperienceKind = Literal[
    "core_clerkship", "elective", "sub_internship", "externship", "observership", "research"
]
LetterAuthor = Literal["us_academic", "us_clinical", "non_us"]
ServiceFocus = Literal["free_clinic", "underserved", "rural", "community_health", "veterans", "other"]
TieKind = Literal["family", "residence", "grew_up", "education", "work"]
RedFlag = Literal["gap_unexplained", "professionalism"]
VisaNeed = Literal["none", "j1", "h1b", "either"]
ProgramType = Literal["university", "university-affiliated", "community", "safety-net", "military"]

MAX_ROWS = 40
MAX_NAME = 200
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def _known(codes: dict[str, str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in codes:
            raise PydanticCustomError("unknown_code", "not a code of the list")
        return value

    return AfterValidator(check)


def _no_controls(value: str) -> str:
    # PostgreSQL cannot hold NUL, and no name has a control character.
    if CONTROLS.search(value):
        raise PydanticCustomError("control_characters", "holds a control character")
    return value


Month = Annotated[
    str,
    Field(
        pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$",
        description="Year and month, YYYY-MM.",
        examples=["2023-08"],
    ),
]
State = Annotated[
    str,
    _known(STATES),
    Field(
        description="US state or territory, two capital letters.", json_schema_extra={"enum": list(STATES)}
    ),
]
Country = Annotated[
    str,
    _known(COUNTRIES),
    Field(description="ISO 3166-1 alpha-2 code.", json_schema_extra={"pattern": "^[A-Z]{2}$"}),
]
Language = Annotated[
    str, _known(LANGUAGES), Field(description="ISO 639-1 code.", json_schema_extra={"pattern": "^[a-z]{2}$"})
]
ProgramId = Annotated[
    str, Field(pattern=r"^sp[0-9]{5}$", description="Permanent program id.", examples=["sp01402"])
]
SpecialtySlug = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,59}$", description="Specialty slug.")]
SchoolName = Annotated[str, Field(min_length=1, max_length=MAX_NAME), AfterValidator(_no_controls)]
Weeks = Annotated[int, Field(ge=1, le=260)]
Months = Annotated[int, Field(ge=1, le=600)]


def _rows(description: str, *, least: int = 0, most: int = MAX_ROWS) -> Any:
    # The list itself is lax only so that a JSON list may become a tuple; what it holds stays strict.
    return Field(None, min_length=least, max_length=most, strict=False, description=description)


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, regex_engine="rust-regex")


class MedicalSchool(Document):
    """Where the medical degree is from."""

    country: Country | None = Field(None, description="Country of the school, ISO 3166-1 alpha-2.")
    name: SchoolName | None = Field(None, description="Name of the school, as the applicant writes it.")


class Exam(Document):
    """One USMLE step."""

    status: ExamStatus | None = Field(None, description="Latest result; pending is sat and not yet reported.")
    score: int | None = Field(None, ge=1, le=300, description="Three-digit score of the latest attempt.")
    attempts: int | None = Field(
        None, ge=0, le=6, description="How often it was sat, the latest included; 0 only with not_taken."
    )
    taken: Month | None = Field(
        None, description="Month of the latest attempt, YYYY-MM. Checks that depend on a date need it."
    )


class Step2CK(Exam):
    """USMLE Step 2 Clinical Knowledge."""

    practice_score: int | None = Field(
        None, ge=1, le=300, description="Latest practice score; stands for a pending score and widens ranges."
    )


class Experience(Document):
    """One piece of clinical or research experience in the United States."""

    kind: ExperienceKind = Field(description="Hands-on kinds count most; observership and research little.")
    weeks: Weeks | None = Field(None, description="Length in weeks.")
    state: State | None = Field(None, description="State it took place in.")
    ring: Ring | None = Field(None, description="Innermost ring it took place in; national is elsewhere.")
    program_id: ProgramId | None = Field(
        None, description="The program it took place at, if it is one of ours."
    )
    specialty: SpecialtySlug | None = Field(None, description="Specialty slug, or other.")


class Letter(Document):
    """One letter of recommendation."""

    author: LetterAuthor = Field(description="Who writes it: US academic, US clinician, or from elsewhere.")
    state: State | None = Field(None, description="State its author works in.")
    ring: Ring | None = Field(None, description="Innermost ring its author works in; national is elsewhere.")
    program_id: ProgramId | None = Field(
        None, description="The program its author teaches at, if one of ours."
    )
    specialty: SpecialtySlug | None = Field(None, description="The author's specialty slug, or other.")


class Research(Document):
    """Research in numbers."""

    projects: int | None = Field(None, ge=0, le=200, description="Projects with a real part in the work.")
    publications: int | None = Field(None, ge=0, le=500, description="Publications, abstracts included.")


class ServiceItem(Document):
    """One stretch of service to patients or a community."""

    focus: ServiceFocus = Field(description="Whom the service is for.")
    months: Months | None = Field(None, description="Length in months.")
    ring: Ring | None = Field(None, description="Innermost ring it took place in; national is elsewhere.")


class Tie(Document):
    """One tie to a place."""

    kind: TieKind = Field(description="What binds the applicant to the place.")
    state: State | None = Field(None, description="State of the tie.")
    ring: Ring | None = Field(
        None, description="Innermost ring of the tie; national is elsewhere, in `state`."
    )


class Wishes(Document):
    """What the applicant would like. Feeds fit, order and Los Angeles weight, never the odds."""

    ring: Ring | None = Field(None, description="The ring most wished for.")
    states: tuple[State, ...] | None = _rows("States wished for.", most=len(STATES))
    program_types: tuple[ProgramType, ...] | None = _rows("Program types wished for.", most=5)


class ProfileDocument(Document):
    """An applicant. Every member may be null or left out: not known, never none."""

    applicant_type: ApplicantType | None = Field(
        None, description="US-citizen IMG, non-US IMG, US MD or US DO."
    )
    graduation_year: int | None = Field(
        None,
        ge=1960,
        description="Year of the medical degree, 1960 to two years after the season's. A later one than the "
        "season's is read as if the degree were held in time: to plan with.",
    )
    medical_school: MedicalSchool | None = Field(None, description="Where the medical degree is from.")
    visa_needed: VisaNeed | None = Field(
        None, description="Visa needed to train; either: J-1 or H-1B will do."
    )
    ecfmg_certified: bool | None = Field(None, description="ECFMG certificate already held.")
    military_service: bool | None = Field(
        None, description="Serving in, or obliged to, the US armed forces: opens military programs."
    )
    step1: Exam | None = Field(None, description="USMLE Step 1. Scored only before 26 January 2022.")
    step2ck: Step2CK | None = Field(None, description="USMLE Step 2 CK.")
    step3: Exam | None = Field(None, description="USMLE Step 3.")
    specialties: tuple[SpecialtySlug, ...] | None = _rows("Specialties applied to, by slug.", least=1)
    experience: tuple[Experience, ...] | None = _rows("US clinical and research experience; [] is none.")
    letters: tuple[Letter, ...] | None = _rows("Letters of recommendation; [] is none.")
    research: Research | None = Field(None, description="Research in numbers.")
    service: tuple[ServiceItem, ...] | None = _rows("Service to patients or a community; [] is none.")
    languages: tuple[Language, ...] | None = _rows("Languages good enough for patients, ISO 639-1.")
    ties: tuple[Tie, ...] | None = _rows("Ties to places; [] is none.")
    red_flags: tuple[RedFlag, ...] | None = _rows("What programs may ask about; [] is none.")
    wishes: Wishes | None = Field(None, description="What the applicant would like.")
