"""What each rule asks of an applicant: from the few things it reads of her to verdicts on tracks."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import HANDS_ON, Applicant, Exam
from matching.scoring.parameters import Parameters
from matching.scoring.rules import FAIL, PASS, Rule, Verdicts

WEEKS_PER_MONTH = 4
SCORELESS_FROM = "2022-02"  # Step 1 has no score from 26 January 2022; January itself may be either


class Facts:
    """The applicant as rules read her: numbers, or None where she has not said or it is pending."""

    def __init__(self, applicant: Applicant, application_year: int, parameters: Parameters) -> None:
        self.applicant = applicant
        self.kind = applicant.applicant_type
        self.us_school = self.kind in ("us_md", "us_do")
        self.step1, self.step2ck, self.step3 = applicant.step1, applicant.step2ck, applicant.step3
        year = applicant.graduation_year
        self.years = None if year is None else max(0, application_year - year)
        self.hands_on_months = hands_on_months(applicant, parameters)
        needs = applicant.visa_needed
        self.visa_needed = "none" if needs is None and applicant.applicant_type == "us_img" else needs

    @property
    def citizen(self) -> bool | None:
        """Whether she is one, or a permanent resident."""
        if self.kind == "us_img":
            return True
        return None if self.visa_needed is None else self.visa_needed == "none"


def hands_on_months(applicant: Applicant, parameters: Parameters) -> float | None:
    """Months of hands-on US experience; None where she has not said. An unstated length counts as the stated
    usual one."""
    if applicant.experience is None:
        return None
    usual = parameters.values["usce.weeks_if_unstated"]
    weeks = [
        usual if item.weeks is None else item.weeks for item in applicant.experience if item.kind in HANDS_ON
    ]
    return sum(weeks) / WEEKS_PER_MONTH


def attempts_needed(exam: Exam) -> int | None:
    """Attempts by the time the exam is passed: a standing fail needs one more. None where not known."""
    if exam.attempts is None:
        return None
    return exam.attempts + 1 if exam.status == "fail" else max(exam.attempts, 1)


def _scored(exam: Exam) -> Exam:
    """What a lowest score reads: the fewer members, the more applicants are alike."""
    return Exam(exam.status, exam.score, taken=exam.taken)


def _tried(exam: Exam) -> Exam:
    """What a limit of attempts reads."""
    return Exam(exam.status, attempts=exam.attempts)


def _verdicts(rule: Rule) -> Verdicts:
    return np.zeros(len(rule.rows), dtype=np.int8)


def _set(verdict: Verdicts, where: NDArray[np.bool_], passed: bool | NDArray[np.bool_] | None) -> None:
    if isinstance(passed, np.ndarray):
        verdict[where] = np.where(passed[where], PASS, FAIL)
    elif passed is not None:
        verdict[where] = PASS if passed else FAIL


def _step1_passed(rule: Rule, passed: bool | None) -> Verdicts:
    verdict = _verdicts(rule)
    _set(verdict, rule.is_code("yes"), passed)
    verdict[rule.is_code("no") | rule.is_code("none")] = PASS
    return verdict


def _min_step2ck(rule: Rule, exam: Exam) -> Verdicts:
    """A standing fail meets no lowest score, whatever the number: it is the lowest of a passed exam."""
    verdict = _verdicts(rule)
    score, failed = exam.score, exam.status == "fail"
    _set(verdict, rule.is_number, False if failed else None if score is None else score >= rule.number)
    _set(verdict, rule.is_code("pass"), exam.passed)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _min_step1(rule: Rule, exam: Exam) -> Verdicts:
    """A number binds a scored Step 1 alone: a pass taken when no scores were given meets it."""
    verdict = _verdicts(rule)
    scoreless_pass = exam.status == "pass" and exam.taken is not None and exam.taken >= SCORELESS_FROM
    scored = None if exam.score is None else exam.score >= rule.number
    passed = False if exam.status == "fail" else True if scoreless_pass else scored
    _set(verdict, rule.is_number, passed)
    _set(verdict, rule.is_code("pass"), exam.passed)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _attempts(rule: Rule, exam: Exam) -> Verdicts:
    """Any limit lets a first-attempt pass through, whatever it is; a pending exam is not known."""
    verdict = _verdicts(rule)
    needed = attempts_needed(exam)
    if exam.status == "pass" and needed == 1:
        verdict[:] = PASS
        return verdict
    settled = exam.status in ("pass", "fail")
    over = needed is not None and needed > rule.number
    _set(verdict, rule.is_number & (settled | over), None if needed is None else ~np.asarray(over))
    verdict[rule.is_code("none")] = PASS
    return verdict


def _years(rule: Rule, years: int | None) -> Verdicts:
    verdict = _verdicts(rule)
    if years == 0:
        verdict[:] = PASS
        return verdict
    _set(verdict, rule.is_number, None if years is None else years <= rule.number)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _usce(rule: Rule, us_school: bool, months: float | None, kind_said: bool) -> Verdicts:
    """A rule for graduates from abroad: a US school's clerkships are US experience. Who may be of either
    fails nothing."""
    verdict = _verdicts(rule)
    if us_school:
        verdict[:] = PASS
        return verdict
    if months is not None:
        enough = months >= rule.number
        _set(verdict, rule.is_number & (enough | kind_said), enough)
    verdict[(rule.is_number & (rule.number == 0)) | rule.is_code("none")] = PASS
    return verdict


def _ecfmg(rule: Rule, us_school: bool, certified: bool | None, kind_said: bool) -> Verdicts:
    """Needed at application: known now. Needed later: there is time, so its lack today decides nothing."""
    verdict = _verdicts(rule)
    if us_school or certified:
        verdict[:] = PASS
    elif certified is False and kind_said:
        verdict[rule.is_code("application")] = FAIL
    return verdict


def _citizen(rule: Rule, citizen: bool | None) -> Verdicts:
    verdict = _verdicts(rule)
    _set(verdict, rule.is_code("yes"), True if citizen else citizen)
    verdict[rule.is_code("no")] = PASS
    return verdict if not citizen else np.full_like(verdict, PASS)


def _accepts_img(rule: Rule, us_school: bool, kind_said: bool) -> Verdicts:
    verdict = _verdicts(rule)
    if us_school:
        verdict[:] = PASS
        return verdict
    verdict[rule.is_code("yes") | rule.is_code("limited")] = PASS
    if kind_said:
        verdict[rule.is_code("no")] = FAIL
    return verdict


def _military(rule: Rule, service: bool | None) -> Verdicts:
    verdict = _verdicts(rule)
    _set(verdict, rule.is_code("yes"), service)
    verdict[rule.is_code("no")] = PASS
    return verdict


Said = Callable[..., Verdicts]


class Judge(NamedTuple):
    """``verdicts`` of a rule on what it ``reads`` of the applicant, and on nothing else of her."""

    verdicts: Said
    reads: Callable[[Facts], tuple[object, ...]]


JUDGES: dict[str, Judge] = {
    "step1_passed": Judge(_step1_passed, lambda me: (me.step1.passed,)),
    "min_step2ck": Judge(_min_step2ck, lambda me: (_scored(me.step2ck),)),
    "min_step1": Judge(_min_step1, lambda me: (_scored(me.step1),)),
    "max_attempts_step1": Judge(_attempts, lambda me: (_tried(me.step1),)),
    "max_attempts_step2ck": Judge(_attempts, lambda me: (_tried(me.step2ck),)),
    "max_years_since_graduation": Judge(_years, lambda me: (me.years,)),
    "usce_months_required": Judge(_usce, lambda me: (me.us_school, me.hands_on_months, me.kind is not None)),
    "ecfmg_required_at": Judge(
        _ecfmg, lambda me: (me.us_school, me.applicant.ecfmg_certified, me.kind is not None)
    ),
    "us_citizen_or_pr_only": Judge(_citizen, lambda me: (me.citizen,)),
    "accepts_img": Judge(_accepts_img, lambda me: (me.us_school, me.kind is not None)),
    "military_service": Judge(_military, lambda me: (me.applicant.military_service,)),
}
