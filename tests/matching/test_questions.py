import pytest
from hypothesis import given

from matching.questions import QUESTIONS, question_text, question_to_you
from matching.scoring.applicant import Applicant, Exam
from matching.scoring.registry import GATES
from tests.scoring.made_strategies import applicants


def test_every_field_of_a_gate_can_be_asked() -> None:
    assert {field for gate in GATES for field in gate.fact_fields} <= set(QUESTIONS)
    assert {"residents_us_img", "program_type", "accepts_img", "min_step2ck"} <= set(QUESTIONS)


@pytest.mark.parametrize("field", list(QUESTIONS))
def test_a_question_names_the_program_and_ends_as_one(field: str) -> None:
    text = question_text(field, program_name="Hillside Program", specialty_name="Internal Medicine")
    assert text.startswith("I would like to apply to Hillside Program (internal medicine). ")
    assert text.endswith("?")
    assert text.count(".") == 1


def test_a_question_says_what_was_read_where_that_leaves_it_open() -> None:
    text = question_text(
        "visa_j1", program_name="Hillside", specialty_name="Psychiatry", as_read="ECFMG_sponsored only. "
    )
    assert "I understand from your pages: ECFMG sponsored only. Do you accept residents on a J-1" in text


@pytest.mark.parametrize("field", ["hospital_resident_fte", "letters_required", "nonsense"])
def test_what_nobody_need_be_asked_has_no_question(field: str) -> None:
    with pytest.raises(KeyError):
        question_text(field, program_name="Hillside", specialty_name="Psychiatry")


@given(applicant=applicants())
def test_every_gate_has_a_question_to_the_applicant(applicant: Applicant) -> None:
    for gate in GATES:
        text = question_to_you(gate.name, applicant, "start")
        assert text.endswith(("?", "once you have it."))


@pytest.mark.parametrize(
    ("gate", "applicant", "words"),
    [
        ("min_step2ck", Applicant(step2ck=Exam("pass")), "What is your Step 2 CK score?"),
        ("min_step2ck", Applicant(step2ck=Exam("pending")), "is pending. Tell us once"),
        ("max_attempts_step1", Applicant(step1=Exam("pass")), "How many times did you sit Step 1"),
        ("california_licence", Applicant(step1=Exam("pass"), step2ck=Exam("not_taken")), "taken Step 2 CK"),
        (
            "ecfmg_required_at",
            Applicant("us_img", ecfmg_certified=False),
            "certificate by the start of training?",
        ),
        ("ecfmg_required_at", Applicant("us_img"), "Do you hold"),
        ("ecfmg_required_at", Applicant(ecfmg_certified=False), "Is your medical school"),
        ("us_citizen_or_pr_only", Applicant("non_us_img"), "Do you need a visa"),
    ],
)
def test_the_applicant_is_asked_for_what_she_left_open(gate: str, applicant: Applicant, words: str) -> None:
    assert words in question_to_you(gate, applicant, "start")
