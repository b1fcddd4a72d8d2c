"""What one exam must not say of itself, and what the exams must not say together."""

from collections.abc import Iterator

from applicants.faults import Finding
from applicants.pass_marks import pass_mark
from applicants.schema import Exam, ProfileDocument

EXAM_NAMES = {"step1": "Step 1", "step2ck": "Step 2 CK", "step3": "Step 3"}
NOT_PASSED = ("fail", "not_taken", "pending")
# Reported as pass or fail alone from 26 January 2022: that January may be either.
STEP1_UNSCORED_AFTER = "2022-01"
FIRST_USMLE_YEAR = 1992
# Longest way from the first exam to the degree: a dual degree and long leaves included.
LONGEST_STUDIES = 15


def exam_findings(profile: ProfileDocument, *, season: int) -> Iterator[Finding]:
    """Every fault of the three steps."""
    for member in EXAM_NAMES:
        exam: Exam | None = getattr(profile, member)
        if exam is None:
            continue
        yield from _unscored(member, exam)
        yield from _attempts(member, exam)
        if exam.taken is not None:
            yield from _taken(member, exam, exam.taken, season)
            yield from _studies(member, exam.taken, profile.graduation_year)
            if exam.score is not None:
                yield from _score_on_date(member, exam, exam.score, exam.taken)
    yield from _step_order(profile)


def _unscored(member: str, exam: Exam) -> Iterator[Finding]:
    if exam.score is None or exam.status not in ("not_taken", "pending"):
        return
    state = "has not been taken" if exam.status == "not_taken" else "has no result yet"
    advice = " A practice score has its own place." if member == "step2ck" else ""
    yield (
        (member, "score"),
        "impossible",
        f"{EXAM_NAMES[member]} {state}, so it has no score. Take the score out or change the result.{advice}",
    )


def _attempts(member: str, exam: Exam) -> Iterator[Finding]:
    name, where = EXAM_NAMES[member], (member, "attempts")
    if exam.attempts is None:
        return
    if exam.status == "not_taken" and exam.attempts > 0:
        yield where, "impossible", f"{name} is marked as not taken, so its attempts must be 0 or empty."
    if exam.status != "not_taken" and exam.attempts == 0:
        yield where, "min_value", f"{name} attempts must be 1 or more; 0 goes only with an exam not taken."


def _taken(member: str, exam: Exam, taken: str, season: int) -> Iterator[Finding]:
    name, where, year = EXAM_NAMES[member], (member, "taken"), int(taken[:4])
    if exam.status == "not_taken":
        yield (
            where,
            "impossible",
            f"{name} is marked as not taken, so it has no month. Take it out.",
        )
    if year < FIRST_USMLE_YEAR:
        yield where, "min_value", f"The USMLE began in {FIRST_USMLE_YEAR}. Check the year {name} was taken."
    if year > season:
        yield (
            where,
            "max_value",
            f"{name} must be taken by {season} for this season. Check the year.",
        )


def _studies(member: str, taken: str, graduation_year: int | None) -> Iterator[Finding]:
    name, where, year = EXAM_NAMES[member], (member, "taken"), int(taken[:4])
    if graduation_year is None:
        return
    if member == "step3" and year < graduation_year:
        yield (
            where,
            "impossible",
            f"Step 3 needs the degree first, and {year} is before {graduation_year}. Check both dates.",
        )
    elif graduation_year - year > LONGEST_STUDIES:
        yield (
            where,
            "impossible",
            f"{name} is taken within medical school, and {year} is {graduation_year - year} years "
            f"before the degree of {graduation_year}. Check both dates.",
        )


def _score_on_date(member: str, exam: Exam, score: int, taken: str) -> Iterator[Finding]:
    name, where = EXAM_NAMES[member], (member, "score")
    if member == "step1" and taken > STEP1_UNSCORED_AFTER:
        yield (
            where,
            "impossible",
            "Step 1 taken on or after 26 January 2022 is pass or fail and has no score. "
            "Take the score out, or check the month.",
        )
        return
    mark = pass_mark(member, taken)
    if mark is None:
        return
    if exam.status == "pass" and score < mark:
        yield (
            where,
            "impossible",
            f"{name} took {mark} to pass in {taken}, and {score} is below it. Check score, result and month.",
        )
    if exam.status == "fail" and score >= mark:
        yield (
            where,
            "impossible",
            f"{name} took {mark} to pass in {taken}, so {score} is a pass. Check score, result and month.",
        )


def _step_order(profile: ProfileDocument) -> Iterator[Finding]:
    step3 = profile.step3
    if step3 is None or step3.status not in ("pass", "fail", "pending"):
        return
    for member in ("step1", "step2ck"):
        exam: Exam | None = getattr(profile, member)
        if exam is not None and exam.status in NOT_PASSED:
            yield (
                ("step3", "status"),
                "impossible",
                f"Step 3 can be taken only after {EXAM_NAMES[member]} is passed. Check the two results.",
            )
