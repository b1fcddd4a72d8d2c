"""A ready e-mail to one program: the few questions whose answers would matter to this applicant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from matching.questions import QUESTIONS
from programs.fact_fields import FACT_FIELDS

# What an applicant needs most before paying for an application, in this order.
ASK_FIRST = (
    "accepts_img", "min_step2ck", "max_attempts_step1", "max_attempts_step2ck", "max_years_since_graduation",
    "usce_months_required", "ecfmg_required_at", "visa_j1", "visa_h1b", "residents_us_img", "positions_pgy1",
)  # fmt: skip
MOST = 6  # more are not answered
READ = " I understand from your pages:"
WHO = {
    "us_img": "a US citizen and a graduate of a medical school abroad",
    "non_us_img": "a graduate of a medical school abroad",
    "us_md": "a graduate of a US medical school",
    "us_do": "a graduate of a US osteopathic medical school",
}
WHO_DEFAULT = "an international medical graduate"
ABROAD = ("us_img", "non_us_img", None)
CITIZENS = ("us_img",)
LONG_OUT = 2  # years since graduation from which a limit may bite

Profile = Mapping[str, Any]


def _exam(profile: Profile, name: str) -> Mapping[str, Any]:
    return profile.get(name) or {}


def _visa(kind: str) -> Callable[[Profile, int], bool]:
    """A citizen needs none; who has not said may."""
    needed = (kind, "either", None)
    return lambda profile, _: (
        profile.get("applicant_type") not in CITIZENS and profile.get("visa_needed") in needed
    )


def _repeated(name: str) -> Callable[[Profile, int], bool]:
    """A first-attempt pass meets every limit."""
    return lambda profile, _: (
        not (_exam(profile, name).get("status") == "pass" and _exam(profile, name).get("attempts") == 1)
    )


# Field to whether its answer can matter to her. A field that is not here matters to everyone.
MATTERS: dict[str, Callable[[Profile, int], bool]] = {
    "accepts_img": lambda profile, _: profile.get("applicant_type") in ABROAD,
    "residents_us_img": lambda profile, _: profile.get("applicant_type") in ("us_img", None),
    "ecfmg_required_at": lambda profile, _: (
        profile.get("applicant_type") in ABROAD and profile.get("ecfmg_certified") is not True
    ),
    "max_attempts_step1": _repeated("step1"),
    "max_attempts_step2ck": _repeated("step2ck"),
    "max_years_since_graduation": lambda profile, year: (
        profile.get("graduation_year") is None or year - profile["graduation_year"] >= LONG_OUT
    ),
    "visa_j1": _visa("j1"),
    "visa_h1b": _visa("h1b"),
}


@dataclass(frozen=True, slots=True)
class ReadyEmail:
    """``href`` opens a mail program; it names no address, since we hold none."""

    subject: str
    body: str
    questions: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body)}"


def email_questions(
    *, known: Iterable[str], gates: Iterable[Mapping[str, Any]], profile: Profile | None, year: int
) -> tuple[str, ...]:
    """Rules her answer leaves open first, then what is not known and can matter to her.

    ``known``: fields with a value; ``year``: when applications open.
    """
    asked: dict[str, str] = {}
    for gate in gates:
        question = gate.get("question") or {}
        field = (gate.get("fact") or {}).get("field", "")
        if question.get("to") == "program" and field in FACT_FIELDS:
            asked[field] = _as_read(question["text"], field)
    held = set(known)
    for field in ASK_FIRST:
        question = FACT_FIELDS[field].question
        if field in held or any(question in text for text in asked.values()):
            continue
        if profile is None or MATTERS.get(field, _always)(profile, year):
            asked[field] = question
    return tuple(asked.values())[:MOST]


def _always(_: Profile, __: int) -> bool:
    return True


def _as_read(text: str, field: str) -> str:
    """The question with what was read on the program's pages, without its opening: the letter has one."""
    return text[text.index(READ) + 1 :] if READ in text else QUESTIONS.get(field, text)


def ready_email(
    *, name: str, specialty: str, codes: str, questions: Sequence[str], profile: Profile | None
) -> ReadyEmail | None:
    """None where nothing is open."""
    if not questions:
        return None
    who = WHO.get((profile or {}).get("applicant_type") or "", WHO_DEFAULT)
    called = f"{name} ({codes})" if codes else name
    several = len(questions) > 1
    lines = [f"{number}. {text}" for number, text in enumerate(questions, 1)] if several else [*questions]
    body = "\n".join(
        [
            "Dear program coordinator,",
            "",
            f"I am {who} and would like to apply to {called}, {specialty}."
            f" Before I do, may I ask{' a few things' if several else ''}:",
            "",
            *lines,
            "",
            "Thank you for your time.",
        ]
    )
    return ReadyEmail(f"Question before applying: {specialty}", body, tuple(questions))
