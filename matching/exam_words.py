"""What an exam says of itself, in words."""

from matching.scoring.applicant import Exam
from matching.scoring.gates import attempts_needed

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def exam_score_words(exam: Exam, name: str) -> str:
    """The score that counts, or why there is none."""
    if exam.score is not None:
        return f"{name} {exam.score}"
    if exam.practice_score is not None:
        return f"{name} practice score {exam.practice_score}, result pending"
    return f"{name} score not known"


def exam_attempts_words(exam: Exam, name: str) -> str:
    """At which attempt it was passed, or where it stands."""
    if exam.status == "fail":
        return f"{name} failed and not passed yet"
    needed = attempts_needed(exam)
    if exam.status == "pass" and needed is not None:
        return f"{name} passed at the {ORDINALS.get(needed, str(needed))} attempt"
    if exam.status == "pending":
        return f"{name} result pending"
    return f"{name} not taken yet" if exam.status == "not_taken" else f"{name} attempts not known"
