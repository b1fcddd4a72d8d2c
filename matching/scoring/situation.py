"""Where an applicant stands when it is asked what she may still do: her place, her field, what is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matching.scoring.applicant import (
    HANDS_ON,
    Applicant,
    Exam,
    Experience,
    ExperienceKind,
    Letter,
    Ring,
    Service,
)
from matching.scoring.kinds import IMG_TYPES
from matching.scoring.local_factors import HOME_TIES, ring_state
from matching.scoring.person import US_AUTHORS, pass_mark, service_months

AHEAD = ("not_taken", "pending")


@dataclass(frozen=True, slots=True)
class Site:
    """A program as an action sees it: its track id, where it is, its specialty."""

    program_id: str
    state: str
    ring: Ring
    specialty: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where she would go: the place she wishes for, else her home's. ``state`` None: anywhere in the US."""

    state: str | None = None
    ring: Ring | None = None


@dataclass(frozen=True)
class Situation:
    """An applicant of one season, and the model's stated ``values``."""

    applicant: Applicant
    application_year: int
    values: Mapping[str, float]

    def with_applicant(self, applicant: Applicant) -> "Situation":
        return replace(self, applicant=applicant)

    @property
    def is_img(self) -> bool:
        return self.applicant.applicant_type in IMG_TYPES

    @property
    def graduated(self) -> bool:
        """Whether she will hold the degree when applications open; an unstated year is taken as a yes."""
        year = self.applicant.graduation_year
        return year is None or year <= self.application_year

    @property
    def hands_on_kind(self) -> ExperienceKind:
        """What hands-on work is open to her: electives end with the degree."""
        return "externship" if self.graduated else "sub_internship"

    @property
    def specialty(self) -> str | None:
        """The field she would work and publish in: the first she applies to."""
        return next(iter(self.applicant.specialties), None)

    @property
    def place(self) -> Place:
        wishes = self.applicant.wishes
        if wishes.ring in ("los-angeles", "california"):
            return Place("CA", wishes.ring)
        if wishes.states:
            return Place(wishes.states[0])
        homes = [tie for tie in self.applicant.ties or () if tie.kind in HOME_TIES]
        states = [tie.state or ring_state(tie.ring) for tie in homes]
        return Place(next((state for state in states if state), None))

    @property
    def has_hands_on(self) -> bool:
        return any(item.kind in HANDS_ON for item in self.applicant.experience or ())

    @property
    def service_months(self) -> float:
        return service_months(self.applicant, self.values["mission.months_if_unstated"])

    @property
    def letters_in_specialty(self) -> int:
        letters = self.applicant.letters or ()
        return sum(one.author in US_AUTHORS and one.specialty == self.specialty for one in letters)

    @property
    def has_local_letter(self) -> bool:
        letters = self.applicant.letters or ()
        return any((one.state or ring_state(one.ring)) == self.place.state for one in letters)

    @property
    def has_home_there(self) -> bool:
        ties = self.applicant.ties or ()
        return any(
            tie.kind in HOME_TIES and (tie.state or ring_state(tie.ring)) == self.place.state for tie in ties
        )

    def still_to_pass(self, exam: Exam) -> bool:
        """Whether the exam is known not to be passed, and how often it was taken is known too."""
        return exam.status == "not_taken" or (
            exam.status in ("fail", "pending") and exam.attempts is not None
        )


def exam_passed(exam: Exam, *, score: int | None, taken: str | None) -> Exam:
    """The exam once it is passed at the next attempt, or the one whose result is awaited."""
    attempts = max(exam.attempts or 0, 1) + (exam.status == "fail")
    return replace(exam, status="pass", score=score, attempts=attempts, taken=taken)


def step2ck_passed(situation: Situation) -> Applicant:
    """Passed: at the mark after a fail, as expected where no result is in."""
    exam = situation.applicant.step2ck
    score = int(pass_mark(situation.values, "step2ck")) if exam.status == "fail" else None
    return replace(situation.applicant, step2ck=exam_passed(exam, score=score, taken=None))


def step2ck_better(situation: Situation, points: int) -> Applicant:
    """A result so many points above the one expected."""
    exam, mean = situation.applicant.step2ck, situation.values["population.step2ck.us_img.mean"]
    expected = round(mean) if exam.practice_score is None else exam.practice_score
    better = replace(exam, practice_score=min(expected + points, 300))
    return replace(situation.applicant, step2ck=better)


def with_experience(applicant: Applicant, *items: Experience) -> Applicant:
    return replace(applicant, experience=(*(applicant.experience or ()), *items))


def with_letters(applicant: Applicant, *items: Letter) -> Applicant:
    return replace(applicant, letters=(*(applicant.letters or ()), *items))


def with_service(situation: Situation, months: int) -> Applicant:
    ring = situation.place.ring
    item = Service("underserved", months, ring)
    return replace(situation.applicant, service=(*(situation.applicant.service or ()), item))
