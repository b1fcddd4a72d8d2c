"""What a range is wide because of, in words that follow "because"."""

from matching.explanation import Subject
from matching.scoring.applicant import Applicant
from matching.scoring.causes import BASE, LUCK, PROGRAM, WILLING
from matching.scoring.registry import FACTOR_INDEX, FACTORS
from programs.public import is_counted

UNSAID_WORDS = {
    "applicant_type": "you have not said what kind of graduate you are",
    "step1.attempts": "you have not said how many attempts Step 1 took",
    "step2ck.score": "you have not said your Step 2 CK score",
    "step2ck.attempts": "you have not said how many attempts Step 2 CK took",
    "step3.status": "you have not said whether you passed Step 3",
    "graduation_year": "you have not said when you graduated",
    "experience": "you have not said what US clinical experience you have",
    "letters": "you have not said what letters you have",
    "ties": "you have not said your ties to a place",
    "service": "you have not said your volunteer work and languages",
    "research.publications": "you have not said how much you have published",
    "visa_needed": "you have not said whether you need a visa",
    "red_flags": "you have not said whether there are gaps or conduct to explain",
}
PENDING = {"step1.attempts": "step1", "step2ck.score": "step2ck", "step2ck.attempts": "step2ck"}
KINDS = {"us_img": "US-citizen IMGs", "non_us_img": "IMGs without US citizenship"}
COMMON = {
    BASE: "how often graduates like you are interviewed at all is not settled",
    WILLING: "how often an interview leads to a match is not settled",
    LUCK: "how alike programs judge a file is not settled",
}
COUNTS = ("residents_us_img", "residents_non_us_img", "residents_img")


def cause_words(cause: str, subject: Subject) -> tuple[str, str]:
    """The code and the words of a cause of a program's range by its name in ``scoring.causes``."""
    return _program(subject) if cause == PROGRAM else _words(cause, subject.applicant)


def match_cause_words(cause: str, applicant: Applicant) -> tuple[str, str]:
    """The same of the range of the chance of a match."""
    who = KINDS.get(applicant.applicant_type or "", "graduates like you")
    if cause == PROGRAM:
        return cause, f"how open these programs are to {who} is not known"
    return _words(cause, applicant)


def _words(cause: str, applicant: Applicant) -> tuple[str, str]:
    code, _, about = cause.partition(":")
    if code == "unsaid":
        step = PENDING.get(about)
        exam = getattr(applicant, step) if step else None
        if exam is not None and exam.status in ("pending", "not_taken"):
            name = "Step 1" if step == "step1" else "Step 2 CK"
            return "pending", f"your {name} result is not known yet"
        return cause, UNSAID_WORDS[about]
    if code == "judgement":
        title = FACTORS[FACTOR_INDEX[about]].title
        name = title if title.startswith("Step ") else f"{title[0].lower()}{title[1:]}"
        return cause, f"how much this counts is not settled: {name}"
    return cause, COMMON[code]


def _program(subject: Subject) -> tuple[str, str]:
    who = KINDS.get(subject.applicant.applicant_type or "")
    total = subject.fact("residents_total")
    counted = any(
        (fact := subject.fact(field)) and (fact.value is not None or is_counted(fact)) for field in COUNTS
    )
    if who and counted and total is not None and total.value is not None:
        return "program_counted", f"only {total.value:g} residents are counted"
    if who:
        return "program", f"the share of {who} among its residents is not known"
    return "program", "how it looks at graduates like you is not known"
