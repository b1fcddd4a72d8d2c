"""What the core is told of one applicant: frozen values, unknown is ``None``, never zero.

Names and codes are those of the API contract. Nothing here validates: that was done once, at the edge.
"""

from dataclasses import dataclass, field
from typing import Literal

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

HANDS_ON: frozenset[str] = frozenset({"core_clerkship", "elective", "sub_internship", "externship"})
RINGS: tuple[Ring, ...] = ("los-angeles", "california", "west-coast", "national")


@dataclass(frozen=True, slots=True)
class Exam:
    """One USMLE step. ``score`` on the 1-300 scale; ``taken`` is YYYY-MM; attempts include the first."""

    status: ExamStatus | None = None
    score: int | None = None
    attempts: int | None = None
    taken: str | None = None
    practice_score: int | None = None

    @property
    def passed(self) -> bool | None:
        """None while it is not known: not said, not taken, or the result is pending."""
        return {"pass": True, "fail": False}.get(self.status or "")


@dataclass(frozen=True, slots=True)
class Experience:
    kind: ExperienceKind
    weeks: int | None = None
    state: str | None = None
    ring: Ring | None = None
    program_id: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    author: LetterAuthor
    state: str | None = None
    ring: Ring | None = None
    program_id: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    focus: ServiceFocus
    months: int | None = None
    ring: Ring | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    kind: TieKind
    state: str | None = None
    ring: Ring | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    ring: Ring | None = None
    states: tuple[str, ...] = ()
    program_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applicant:
    """A profile as the core reads it. ``None`` is not known; an empty tuple is known to be none."""

    applicant_type: ApplicantType | None = None
    graduation_year: int | None = None
    school_country: str | None = None
    visa_needed: VisaNeed | None = None
    ecfmg_certified: bool | None = None
    military_service: bool | None = None
    step1: Exam = field(default_factory=Exam)
    step2ck: Exam = field(default_factory=Exam)
    step3: Exam = field(default_factory=Exam)
    specialties: tuple[str, ...] = ()
    experience: tuple[Experience, ...] | None = None
    letters: tuple[Letter, ...] | None = None
    research_projects: int | None = None
    research_publications: int | None = None
    service: tuple[Service, ...] | None = None
    languages: tuple[str, ...] | None = None
    ties: tuple[Tie, ...] | None = None
    red_flags: tuple[RedFlag, ...] | None = None
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for. ``la_weight`` None: the default if Los Angeles is wished for, else 0.
    ``signals``: whether the lists place the signals of the season.
    ``max_applications`` 0: no list. ``ranges``: whether the answer says how wide its figures are, what would
    move the first ``explain`` rows, and whom to ask first."""

    rings: tuple[Ring, ...] = RINGS
    tracks: tuple[str, ...] = ("categorical", "primary-care")
    la_weight: float | None = None
    max_applications: int = 80
    max_usd: int | None = None
    must_include: tuple[str, ...] = ()
    must_exclude: tuple[str, ...] = ()
    signals: bool = True
    top: int = 200
    ranges: bool = True
    explain: int = 25
