"""The ready question for what is not known: plain English, one or two sentences, to send as it is.

To a program: the question of the catalogue's vocabulary (``programs.fact_fields``), opened by who asks and,
where its page says something no code expresses, by what was read there. To the applicant: what she has not
said, or what to tell once a result is in.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matching.scoring.applicant import Applicant, Exam
from matching.scoring.registry import FACTORS, GATES
from programs.fact_fields import FACT_FIELDS


def _read_by_the_model() -> dict[str, str]:
    """Every fact field that a gate or a factor reads and that a program can be asked, in their order."""
    read = [*(gate.fact_fields for gate in GATES), *(factor.fact_fields for factor in FACTORS)]
    names = [name for fields in read for name in fields]
    entries = [FACT_FIELDS[name] for name in dict.fromkeys(names)]
    return {entry.field: entry.question for entry in entries if entry.topic != "hospital"}


# Fact field to the question itself, without its opening.
QUESTIONS: Mapping[str, str] = MappingProxyType(_read_by_the_model())

CERTIFICATE_TIMES = {
    "interview": "interview time",
    "rank_list": "rank list time",
    "start": "the start of training",
}
KIND = "Is your medical school in the United States or abroad, and are you a US citizen?"
VISA = "Do you need a visa to train in the United States, and of which kind?"


def question_text(field: str, *, program_name: str, specialty_name: str, as_read: str = "") -> str:
    """The question about ``field`` to send to one program.

    ``as_read`` is what its pages were read to say, where that leaves the question open. Raises KeyError for
    a field without a question: one that nothing of the model reads, or that a government file answers.
    """
    question = QUESTIONS[field]
    opening = f"I would like to apply to {program_name} ({specialty_name.lower()})."
    said = as_read.strip().rstrip(".").replace("_", " ")
    read = f" I understand from your pages: {said}." if said else ""
    return f"{opening}{read} {question}"


def question_to_you(gate: str, applicant: Applicant, required: object = None) -> str:
    """What to ask the applicant where her own answer would settle a rule that asks for ``required``."""
    return _YOURS[gate](applicant, required)


def _passed(name: str, exam: Exam) -> str:
    if exam.status == "pending":
        return f"Your {name} result is pending. Tell us once you have it."
    if exam.status == "not_taken":
        return f"You have not taken {name} yet. Tell us the result once you have it."
    return f"Have you passed {name}?"


def _step1_score(me: Applicant, _: object) -> str:
    if me.step1.status != "pass":
        return _passed("Step 1", me.step1)
    return "When did you take Step 1? If it was before 26 January 2022, what was your score?"


def _step2ck_score(me: Applicant, _: object) -> str:
    return (
        "What is your Step 2 CK score?" if me.step2ck.status == "pass" else _passed("Step 2 CK", me.step2ck)
    )


def _attempts(name: str, exam: Exam) -> str:
    if exam.status in ("pending", "not_taken"):
        return _passed(name, exam)
    return f"How many times did you sit {name}, the last one included?"


def _certificate(me: Applicant, required: object) -> str:
    if me.ecfmg_certified is False and me.applicant_type is not None:
        when = CERTIFICATE_TIMES.get(str(required), "the date it names")
        return f"Will you hold the ECFMG certificate by {when}?"
    return "Do you hold the ECFMG certificate?" if me.ecfmg_certified is None else KIND


def _licence(me: Applicant, _: object) -> str:
    if me.step1.status != "pass":
        return _passed("Step 1", me.step1)
    if me.step2ck.status != "pass":
        return _passed("Step 2 CK", me.step2ck)
    return "The ECFMG certificate shows that California recognizes your school. Do you hold it?"


_YOURS: Mapping[str, Callable[[Applicant, object], str]] = {
    "step1_passed": lambda me, _: _passed("Step 1", me.step1),
    "min_step2ck": _step2ck_score,
    "min_step1": _step1_score,
    "max_attempts_step1": lambda me, _: _attempts("Step 1", me.step1),
    "max_attempts_step2ck": lambda me, _: _attempts("Step 2 CK", me.step2ck),
    "max_years_since_graduation": lambda *_: "In which year did you graduate from medical school?",
    "usce_months_required": lambda *_: "How many weeks of hands-on US clinical experience do you have?",
    "ecfmg_required_at": _certificate,
    "visa": lambda *_: VISA,
    "us_citizen_or_pr_only": lambda me, _: KIND if me.applicant_type is None else VISA,
    "accepts_img": lambda *_: KIND,
    "california_licence": _licence,
    "step3_for_h1b": lambda me, _: VISA if me.visa_needed is None else _passed("Step 3", me.step3),
    "military_service": lambda *_: "Do you serve in the US military, or will you during residency?",
}
