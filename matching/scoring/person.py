"""The applicant as numbers: what she said, and for what she did not say its prior mean and its draws.

Every value is a float (known) or an array (width,): row 0 the prior mean, the rest draws over its
support. What is unknown is named in ``unknown``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from matching.scoring.applicant import HANDS_ON, Applicant, Exam
from matching.scoring.draws import DrawnModel, Floats, quantile_linear
from matching.scoring.gates import attempts_needed
from matching.scoring.kinds import IMG_TYPES, UNSAID, kind_weights
from matching.scoring.parameters import Parameters

Value = Floats | float
US_AUTHORS = frozenset({"us_academic", "us_clinical"})
SERVED = frozenset({"free_clinic", "underserved", "rural", "community_health", "veterans"})


@dataclass(frozen=True)
class Person:
    """Shares are in [0, 1]: a known fail is 1, an unknown one its prior share (and 0 or 1 in each draw).

    ``type`` is ``UNSAID`` where she has not said her kind; ``abroad`` whether she graduated abroad.
    ``letters`` is the count of letters (its prior where she has not said), ``local`` the share of its best
    value that an unstated local tie stands for. ``step1_score`` is None where Step 1 had no score.
    """

    applicant: Applicant
    type: str
    abroad: Value
    years: Value
    step1_failed: Value
    step1_extra: float
    step1_score: float | None
    step2ck_score: Value
    step2ck_failed: Value
    step2ck_extra: float
    step3_passed: Value
    usce_weeks: Value
    publications: Value
    visa: Value
    gap_unexplained: Value
    professionalism: Value
    letters: Floats
    local: Floats
    unknown: tuple[str, ...]


class _Reader:
    def __init__(self, applicant: Applicant, parameters: Parameters, drawn: DrawnModel, year: int) -> None:
        self.applicant, self.drawn, self.year = applicant, drawn, year
        self.parameters, self.values = parameters, parameters.values
        self.unknown: list[str] = []

    def share(self, fact: str, member: str, prior: str) -> Floats:
        """An unknown yes/no: its prior share, and in each draw a yes or a no."""
        self.note(member)
        share = self.drawn.row(prior)
        each: Floats = (self.drawn.fact[fact] < share[1:]).astype(np.float64)
        return np.concatenate((share[:1], each))

    def between(self, fact: str, member: str, prior: str) -> Floats:
        """An unknown amount: the parameter's value, and draws over its range."""
        self.note(member)
        return _between(fact, prior, self.parameters, self.drawn)

    def normal(self, fact: str, mean: Floats, sd: Floats, low: float, high: float) -> Floats:
        """An unknown score: its mean, and draws about it, between ``low`` and ``high``."""
        drawn = mean[1:] + sd[1:] * ndtri(self.drawn.fact[fact])
        clipped: Floats = np.clip(np.concatenate((mean[:1], drawn)), low, high)
        return clipped

    def note(self, member: str) -> None:
        if member not in self.unknown:
            self.unknown.append(member)


@lru_cache(maxsize=64)
def _between(fact: str, prior: str, parameters: Parameters, drawn: DrawnModel) -> Floats:
    """(width,) the parameter ``prior``, and draws of ``fact`` over its range. Shared, never written."""
    p = parameters[prior]
    return np.concatenate(([p.value], quantile_linear(drawn.fact[fact], p.low, p.value, p.high)))


def person_read(
    applicant: Applicant, *, parameters: Parameters, drawn: DrawnModel, application_year: int
) -> Person:
    """``applicant`` as numbers for the season applied in. Errors: none; what is missing is unknown."""
    reader = _Reader(applicant, parameters, drawn, application_year)
    if applicant.applicant_type is None:
        reader.note("applicant_type")
    flags = applicant.red_flags
    return Person(
        applicant=applicant,
        type=applicant.applicant_type or UNSAID,
        abroad=_abroad(reader),
        years=_years(reader),
        step1_failed=_failed(reader, applicant.step1, "step1"),
        step1_extra=_extra(applicant.step1, reader.values["extra_attempt.cap"]),
        step1_score=None if applicant.step1.score is None else float(applicant.step1.score),
        step2ck_score=_step2ck_score(reader),
        step2ck_failed=_failed(reader, applicant.step2ck, "step2ck"),
        step2ck_extra=_extra(applicant.step2ck, reader.values["extra_attempt.cap"]),
        step3_passed=_step3(reader),
        usce_weeks=_usce_weeks(reader),
        publications=_publications(reader),
        visa=_visa(reader),
        gap_unexplained=_flag(reader, "gap_unexplained", flags),
        professionalism=_flag(reader, "professionalism", flags),
        letters=_letters(reader),
        local=_local(reader),
        unknown=tuple(reader.unknown),
    )


def _abroad(reader: _Reader) -> Value:
    kind = reader.applicant.applicant_type
    if kind is not None:
        return 1.0 if kind in IMG_TYPES else 0.0
    weights = kind_weights(UNSAID, reader.drawn)
    return np.asarray(weights["us_img"]) + weights["non_us_img"]


def _years(reader: _Reader) -> Value:
    year = reader.applicant.graduation_year
    if year is not None:
        return float(max(0, reader.year - year))
    return reader.between(
        "years_since_graduation", "graduation_year", "population.years_since_graduation.us_img"
    )


def _failed(reader: _Reader, exam: Exam, step: str) -> Value:
    """Whether the exam was failed before. Pending at the first attempt: not failed so far."""
    needed = attempts_needed(exam)
    if exam.status == "fail" or (needed is not None and needed > 1):
        return 1.0
    if exam.status in ("pending", "not_taken") or (exam.status == "pass" and needed == 1):
        return 0.0
    return reader.share(f"{step}_fail", f"{step}.attempts", f"population.{step}_fail.us_img")


def _extra(exam: Exam, cap: float) -> float:
    return min(float(max((attempts_needed(exam) or 1) - 2, 0)), cap)


def _step2ck_score(reader: _Reader) -> Value:
    exam, values = reader.applicant.step2ck, reader.values
    if exam.score is not None:
        return float(exam.score)
    reader.note("step2ck.score")
    mark = pass_mark(values, "step2ck")
    low, high = (mark if exam.status == "pass" else 1.0), (mark - 1 if exam.status == "fail" else 300.0)
    row = reader.drawn.row
    mean, sd = row("population.step2ck.us_img.mean"), row("population.step2ck.us_img.sd")
    if exam.practice_score is not None:
        mean, sd = np.full(len(mean), float(exam.practice_score)), row("step2ck.practice_sd")
    return reader.normal("step2ck_score", mean, sd, low, high)


def pass_mark(values: Mapping[str, float], step: str) -> float:
    """The latest pass mark of the step among the dated parameters ``<step>.pass_mark.YYYY-MM``."""
    prefix = f"{step}.pass_mark."
    dated = {name: value for name, value in values.items() if name.startswith(prefix)}
    return float(dated[max(dated)])


def _step3(reader: _Reader) -> Value:
    status = reader.applicant.step3.status
    if status is None:
        return reader.share("step3_passed", "step3.status", "population.step3_passed.us_img")
    return 1.0 if status == "pass" else 0.0


def _usce_weeks(reader: _Reader) -> Value:
    items, values = reader.applicant.experience, reader.values
    if items is None:
        return reader.between("usce_weeks", "experience", "reference.usce_weeks")
    usual, little = values["usce.weeks_if_unstated"], values["usce.not_hands_on_share"]
    return sum(
        (usual if item.weeks is None else float(item.weeks)) * (1.0 if item.kind in HANDS_ON else little)
        for item in items
        if item.kind != "research"
    )


def _publications(reader: _Reader) -> Value:
    count = reader.applicant.research_publications
    if count is None:
        return reader.between("publications", "research.publications", "population.publications.us_img")
    return float(count)


def _visa(reader: _Reader) -> Value:
    need, kind = reader.applicant.visa_needed, reader.applicant.applicant_type
    if need is not None:
        return 0.0 if need == "none" else 1.0
    if kind in ("non_us_img", None):
        citizen_of_another = kind_weights(kind or UNSAID, reader.drawn)["non_us_img"]
        needed = reader.share("visa", "visa_needed", "population.visa_needed.non_us_img")
        return citizen_of_another * needed
    return 0.0


def _flag(reader: _Reader, flag: str, flags: tuple[str, ...] | None) -> Value:
    if flags is None:
        return reader.share(flag, "red_flags", f"population.red_flag.{flag}")
    return 1.0 if flag in flags else 0.0


def _letters(reader: _Reader) -> Floats:
    if reader.applicant.letters is not None:
        return np.full(reader.drawn.width, float(len(reader.applicant.letters)))
    return reader.between("letters", "letters", "reference.letters_us")


def _local(reader: _Reader) -> Floats:
    for member in ("ties", "service", "languages"):
        if getattr(reader.applicant, member) is None:
            reader.note(member)
    return _between("local", "population.local_share", reader.parameters, reader.drawn)


def service_months(applicant: Applicant, unstated: float = 0.0) -> float:
    """Months of service to the underserved; ``unstated`` for an item whose length is not said."""
    return sum(
        unstated if s.months is None else s.months for s in applicant.service or () if s.focus in SERVED
    )
