from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from matching.presentation.program_email import ASK_FIRST, MATTERS, MOST, email_questions, ready_email
from programs.fact_fields import FACT_FIELDS
from tests.matching.inputs import PROFILE

FIRST = {"status": "pass", "attempts": 1}


def asked(profile: dict[str, Any] | None, *, known: tuple[str, ...] = (), gates: Any = ()) -> list[str]:
    """Fields asked about, in order."""
    questions = email_questions(known=known, gates=gates, profile=profile, year=2026)
    by_question = {entry.question: entry.field for entry in FACT_FIELDS.values()}
    return [by_question.get(question, question) for question in questions]


def test_ask_first_and_what_matters_are_known_fields() -> None:
    assert set(ASK_FIRST) <= FACT_FIELDS.keys()
    assert MATTERS.keys() <= set(ASK_FIRST)


def test_email_questions_without_a_profile_are_those_that_matter_to_most() -> None:
    assert asked(None) == list(ASK_FIRST[:MOST])
    assert asked(None, known=ASK_FIRST[:1]) == list(ASK_FIRST[1 : MOST + 1])
    assert asked(None, known=ASK_FIRST) == []


def test_email_questions_leave_out_what_any_answer_would_let_her_pass() -> None:
    assert asked(PROFILE) == [
        "accepts_img",
        "min_step2ck",
        "usce_months_required",
        "residents_us_img",
        "positions_pgy1",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"step1": {"status": "pass", "attempts": 2}}, "max_attempts_step1"),
        ({"step1": None}, "max_attempts_step1"),
        ({"step2ck": {"status": "pending"}}, "max_attempts_step2ck"),
        ({"graduation_year": 2016}, "max_years_since_graduation"),
        ({"graduation_year": None}, "max_years_since_graduation"),
        ({"ecfmg_certified": None}, "ecfmg_required_at"),
        ({"applicant_type": "non_us_img", "visa_needed": "j1"}, "visa_j1"),
        ({"applicant_type": "non_us_img", "visa_needed": "either"}, "visa_h1b"),
        ({"applicant_type": None, "visa_needed": None}, "visa_j1"),
    ],
)
def test_email_questions_ask_what_may_stop_her(change: dict[str, Any], field: str) -> None:
    known = tuple(name for name in ASK_FIRST if name != field)
    assert asked(PROFILE, known=known) == []
    assert asked({**PROFILE, **change}, known=known) == [field]


@pytest.mark.parametrize("visa", ["none", "h1b"])
def test_email_questions_ask_for_no_visa_that_is_not_needed(visa: str) -> None:
    assert "visa_j1" not in asked({"applicant_type": "non_us_img", "visa_needed": visa})


def test_email_questions_open_with_the_rules_her_answer_leaves_open() -> None:
    text = (
        "I would like to apply to St. Mary (internal medicine). I understand from your pages: case by case."
        " How many months of hands-on US clinical experience do you require?"
    )
    open_gate = {"fact": {"field": "usce_policy"}, "question": {"to": "program", "text": text}}
    yours = {"fact": {"field": "min_step2ck"}, "question": {"to": "you", "text": "What is your score?"}}
    found = asked(PROFILE, gates=[yours, open_gate, {"fact": None}], known=("accepts_img",))
    assert found == [text[text.index("I understand") :], "min_step2ck", "residents_us_img", "positions_pgy1"]


def test_ready_email_says_who_asks_and_where_and_holds_no_address() -> None:
    email = ready_email(
        name="Harbor Program",
        specialty="Internal medicine",
        codes="NRMP 1049140C0",
        questions=("Do you take IMGs?", "How many?"),
        profile=PROFILE,
    )
    assert email is not None
    assert "a US citizen and a graduate of a medical school abroad" in email.body
    assert "Harbor Program (NRMP 1049140C0), Internal medicine. Before I do" in email.body
    assert "1. Do you take IMGs?\n2. How many?" in email.body
    assert "224" not in email.body
    address = urlsplit(email.href)
    assert (address.scheme, address.path) == ("mailto", "")
    assert parse_qs(address.query) == {"subject": [email.subject], "body": [email.body]}


def test_ready_email_of_one_question_numbers_nothing_and_of_none_is_none() -> None:
    def of(*questions: str) -> Any:
        return ready_email(name="Harbor", specialty="Surgery", codes="", questions=questions, profile=None)

    assert of() is None
    assert "apply to Harbor, Surgery. Before I do, may I ask:\n\nHow many?\n" in of("How many?").body
    assert "I am an international medical graduate" in of("How many?").body


@pytest.mark.parametrize("specialty", ["Physical medicine and rehabilitation"])
def test_ready_email_is_short_enough_for_a_link(specialty: str) -> None:
    questions = sorted((entry.question for entry in FACT_FIELDS.values()), key=len)[-MOST:]
    email = ready_email(
        name="N" * 120, specialty=specialty, codes="ACGME 1234567890", questions=questions, profile=PROFILE
    )
    assert email is not None
    assert len(email.href) < 2000
