"""Exams and the certificate: what may still be passed, and what a pass has settled."""

from dataclasses import replace

from matching.plan import FIXED_WORDS
from matching.scoring.applicant import Applicant, Exam
from matching.scoring.person import pass_mark
from matching.scoring.situation import AHEAD, Situation

from .control import Control, Locked, Scale, Taken, Value, takes_action
from .start import Start
from .together import with_needs, within_reach

EXPECTED = "step2ck_expected"
LOWEST, HIGHEST = 200, 270
ATTEMPTS_UNKNOWN = "You have not told us how often you sat it."
NOT_TOLD = "You have not told us how it stands."


def exam_controls(start: Start) -> tuple[Control, ...]:
    return (
        _passed(start, "step1_passed", "Step 1 passed", start.applicant.step1),
        _expected(start),
        _passed(start, "step2ck_passed", "Step 2 CK passed", start.applicant.step2ck),
        _certificate(start),
        _step3(start),
    )


def _switch(start: Start, name: str, label: str, locked: Locked | None, note: str = "") -> Control:
    stands = locked is not None and locked.done
    return Control(
        name=name,
        group="exams",
        label=label,
        kind="switch",
        stands=stands,
        note=note,
        locked=locked,
        change=lambda s, value: with_needs(name, s),
        takes=takes_action(name),
    )


def _passed(start: Start, name: str, label: str, exam: Exam) -> Control:
    return _switch(start, name, label, _passed_locked(start, name, exam))


def _passed_locked(start: Start, name: str, exam: Exam) -> Locked | None:
    step = name.removesuffix("_passed")
    if exam.status == "pass":
        known = exam.score is not None
        passed = FIXED_WORDS[f"{step}_score"] if known else "Passed. A passed exam cannot be taken again."
        return Locked(passed, done=True)
    if not start.situation.still_to_pass(exam):
        return Locked(ATTEMPTS_UNKNOWN if exam.status else NOT_TOLD, unknown=True)
    return within_reach(name, start.situation)


def _expected(start: Start) -> Control:
    exam, mean = start.applicant.step2ck, start.values["population.step2ck.us_img.mean"]
    told = exam.practice_score is not None
    stands = exam.practice_score if exam.practice_score is not None else round(mean)
    return Control(
        name=EXPECTED,
        group="exams",
        label="Step 2 CK score you expect",
        kind="slider",
        stands=stands,
        note="" if told else f"You gave no practice score. We took {stands}, the middle of your group.",
        scale=Scale(min(LOWEST, stands), max(HIGHEST, stands)),
        locked=_expected_locked(start, exam),
        change=_expect,
        takes=lambda value: _points(int(value) - stands),
    )


def _expected_locked(start: Start, exam: Exam) -> Locked | None:
    if exam.status == "pass":
        return Locked(FIXED_WORDS["step2ck_score"])
    if exam.status == "fail":
        mark = round(pass_mark(start.values, "step2ck"))
        return Locked(f"Passing comes first. We count a pass after a fail at {mark}, the mark itself.")
    return None if exam.status in AHEAD else Locked(NOT_TOLD, unknown=True)


def _expect(situation: Situation, value: Value) -> Applicant:
    applicant = situation.applicant
    return replace(applicant, step2ck=replace(applicant.step2ck, practice_score=int(value)))


def _points(more: int) -> tuple[Taken, ...]:
    """The work behind a better result, as far as we hold an estimate of it: ten points."""
    if 0 < more <= 5:
        return (Taken("step2ck_plus_5"),)
    return (Taken("step2ck_plus_10"),) if 5 < more <= 10 else ()


def _certificate(start: Start) -> Control:
    s = start.situation
    locked: Locked | None
    if s.applicant.applicant_type is None:
        locked = Locked("You have not told us what kind of graduate you are.", unknown=True)
    elif not s.is_img:
        locked = Locked("The ECFMG certificate is for graduates of schools abroad.")
    elif s.applicant.ecfmg_certified:
        locked = Locked("You hold it.", done=True)
    elif s.applicant.ecfmg_certified is None:
        locked = Locked("You have not told us whether you hold it.", unknown=True)
    elif not s.graduated:
        locked = Locked(_degree_first(start, "The certificate"))
    else:
        locked = within_reach("ecfmg_certified", s)
    return _switch(start, "ecfmg_certified", "ECFMG certificate held", locked)


def _step3(start: Start) -> Control:
    s, exam = start.situation, start.applicant.step3
    locked: Locked | None
    if exam.status == "pass":
        locked = Locked("Passed. A passed exam cannot be taken again.", done=True)
    elif exam.status is None:
        locked = Locked(NOT_TOLD, unknown=True)
    elif not s.graduated:
        locked = Locked(_degree_first(start, "Step 3"))
    else:
        locked = within_reach("step3_passed", s)
    return _switch(start, "step3_passed", "Step 3 passed", locked)


def _degree_first(start: Start, what: str) -> str:
    return f"{what} needs the degree first, and you graduate in {start.applicant.graduation_year}."
