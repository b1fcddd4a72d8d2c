"""Stage 0: three-valued verdicts of every stated rule on one applicant, for the whole catalogue at once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import HANDS_ON, Applicant, Exam
from matching.scoring.licence_gate import licence_verdicts
from matching.scoring.parameters import Parameters
from matching.scoring.registry import GATE_INDEX, GATES
from matching.scoring.rules import FAIL, PASS, Rule, RuleColumns, Verdicts, agreed, rule_of
from matching.scoring.tracks import FactLike
from matching.scoring.visa_gate import step3_said, step3_verdicts, visa_said, visa_verdicts

WEEKS_PER_MONTH = 4
SCORELESS_FROM = "2022-02"  # Step 1 has no score from 26 January 2022; January itself may be either


@dataclass(frozen=True)
class GateResults:
    """One entry a stated rule: ``gate`` index, ``rows``, ``verdict`` (PASS, UNKNOWN, FAIL), whether it is
    ``strict``, the ``fact`` id it rests on (0: a rule of the state), all (t,), in order of gate."""

    gate: NDArray[np.int64]
    rows: NDArray[np.int64]
    verdict: Verdicts
    strict: NDArray[np.bool_]
    fact: NDArray[np.int64]

    def of(self, name: str) -> NDArray[np.bool_]:
        """Which entries belong to the gate."""
        found: NDArray[np.bool_] = self.gate == GATE_INDEX[name]
        return found


def gates_evaluate(
    rules: RuleColumns,
    applicant: Applicant,
    *,
    application_year: int,
    parameters: Parameters,
    only: Collection[str] = GATE_INDEX,
) -> GateResults:
    """Every stated rule's verdict of the gates ``only``. Where no fact speaks of a rule there is no entry."""
    me = _Facts(applicant, application_year, parameters)
    parts = [
        (GATE_INDEX[name], rule, agreed(rule, judge, me))
        for name, judge in _JUDGES.items()
        if name in only and len((rule := rules.by_field[name]).rows)
    ]
    if "visa" in only:
        visa = visa_verdicts(rules, me.visa_needed)
        parts.extend((GATE_INDEX["visa"], rule, verdict) for rule, verdict in visa)
    if "step3_for_h1b" in only:
        parts.append((GATE_INDEX["step3_for_h1b"], *step3_verdicts(rules, me.visa_needed, me.step3.passed)))
    if "california_licence" in only:
        parts.append((GATE_INDEX["california_licence"], *licence_verdicts(rules, applicant)))
    parts.sort(key=lambda part: part[0])
    stated = _stated(tuple((gate, rule) for gate, rule, _ in parts))
    return replace(stated, verdict=np.concatenate([verdict for _, _, verdict in parts]))


@lru_cache(maxsize=64)
def _stated(rules: tuple[tuple[int, Rule], ...]) -> GateResults:
    """What no applicant changes of the entries of ``rules``, each with its gate; the verdicts are empty."""
    gate = np.concatenate([np.full(len(rule.rows), gate) for gate, rule in rules])
    rows = np.concatenate([rule.rows for _, rule in rules])
    strict, fact = (np.concatenate([getattr(rule, name) for _, rule in rules]) for name in ("strict", "fact"))
    return GateResults(gate, rows, np.zeros(0, dtype=np.int8), strict, fact)


def fact_verdict(name: str, fact: FactLike, applicant: Applicant, year: int, parameters: Parameters) -> int:
    """What the gate's verdict would be if ``fact`` alone spoke. Raises KeyError for the state's own rule."""
    rule = rule_of([fact], GATES[GATE_INDEX[name]])
    me = _Facts(applicant, year, parameters)
    if name == "visa":
        return int(visa_said(rule, me.visa_needed)[0])
    if name == "step3_for_h1b":
        return int(step3_said(rule, me.visa_needed, me.step3.passed)[0])
    return int(_JUDGES[name](rule, me)[0])


class _Facts:
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


def _verdicts(rule: Rule) -> Verdicts:
    return np.zeros(len(rule.rows), dtype=np.int8)


def _set(verdict: Verdicts, where: NDArray[np.bool_], passed: bool | NDArray[np.bool_] | None) -> None:
    if isinstance(passed, np.ndarray):
        verdict[where] = np.where(passed[where], PASS, FAIL)
    elif passed is not None:
        verdict[where] = PASS if passed else FAIL


def _step1_passed(rule: Rule, me: _Facts) -> Verdicts:
    verdict = _verdicts(rule)
    _set(verdict, rule.is_code("yes"), me.step1.passed)
    verdict[rule.is_code("no") | rule.is_code("none")] = PASS
    return verdict


def _min_step2ck(rule: Rule, me: _Facts) -> Verdicts:
    """A standing fail meets no lowest score, whatever the number: it is the lowest of a passed exam."""
    verdict = _verdicts(rule)
    score, failed = me.step2ck.score, me.step2ck.status == "fail"
    _set(verdict, rule.is_number, False if failed else None if score is None else score >= rule.number)
    _set(verdict, rule.is_code("pass"), me.step2ck.passed)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _min_step1(rule: Rule, me: _Facts) -> Verdicts:
    """A number binds a scored Step 1 alone: a pass taken when no scores were given meets it."""
    verdict = _verdicts(rule)
    exam = me.step1
    scoreless_pass = exam.status == "pass" and exam.taken is not None and exam.taken >= SCORELESS_FROM
    scored = None if exam.score is None else exam.score >= rule.number
    passed = False if exam.status == "fail" else True if scoreless_pass else scored
    _set(verdict, rule.is_number, passed)
    _set(verdict, rule.is_code("pass"), exam.passed)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _attempts(exam: Exam, rule: Rule) -> Verdicts:
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


def _years(rule: Rule, me: _Facts) -> Verdicts:
    verdict = _verdicts(rule)
    if me.years == 0:
        verdict[:] = PASS
        return verdict
    _set(verdict, rule.is_number, None if me.years is None else me.years <= rule.number)
    verdict[rule.is_code("none")] = PASS
    return verdict


def _usce(rule: Rule, me: _Facts) -> Verdicts:
    """A rule for graduates from abroad: a US school's clerkships are US experience. Who may be of either
    fails nothing."""
    verdict = _verdicts(rule)
    if me.us_school:
        verdict[:] = PASS
        return verdict
    if me.hands_on_months is not None:
        enough = me.hands_on_months >= rule.number
        _set(verdict, rule.is_number & (enough | (me.kind is not None)), enough)
    verdict[(rule.is_number & (rule.number == 0)) | rule.is_code("none")] = PASS
    return verdict


def _ecfmg(rule: Rule, me: _Facts) -> Verdicts:
    """Needed at application: known now. Needed later: there is time, so its lack today decides nothing."""
    verdict = _verdicts(rule)
    if me.us_school or me.applicant.ecfmg_certified:
        verdict[:] = PASS
    elif me.applicant.ecfmg_certified is False and me.kind is not None:
        verdict[rule.is_code("application")] = FAIL
    return verdict


def _citizen(rule: Rule, me: _Facts) -> Verdicts:
    verdict = _verdicts(rule)
    citizen = me.applicant.applicant_type == "us_img" or (
        None if me.visa_needed is None else me.visa_needed == "none"
    )
    _set(verdict, rule.is_code("yes"), True if citizen else citizen)
    verdict[rule.is_code("no")] = PASS
    return verdict if not citizen else np.full_like(verdict, PASS)


def _accepts_img(rule: Rule, me: _Facts) -> Verdicts:
    verdict = _verdicts(rule)
    if me.us_school:
        verdict[:] = PASS
        return verdict
    verdict[rule.is_code("yes") | rule.is_code("limited")] = PASS
    if me.kind is not None:
        verdict[rule.is_code("no")] = FAIL
    return verdict


def _military(rule: Rule, me: _Facts) -> Verdicts:
    verdict = _verdicts(rule)
    _set(verdict, rule.is_code("yes"), me.applicant.military_service)
    verdict[rule.is_code("no")] = PASS
    return verdict


_Judge = Callable[[Rule, _Facts], Verdicts]
_JUDGES: dict[str, _Judge] = {
    "step1_passed": _step1_passed,
    "min_step2ck": _min_step2ck,
    "min_step1": _min_step1,
    "max_attempts_step1": lambda rule, me: _attempts(me.step1, rule),
    "max_attempts_step2ck": lambda rule, me: _attempts(me.step2ck, rule),
    "max_years_since_graduation": _years,
    "usce_months_required": _usce,
    "ecfmg_required_at": _ecfmg,
    "us_citizen_or_pr_only": _citizen,
    "accepts_img": _accepts_img,
    "military_service": _military,
}
