from typing import Any

import pytest

from tests.matching.made_snapshot import catalogue_of, document_of, fact_make, row_make

NEW_YORK = ("NY", "Kings")


def gates_of(facts: dict[str, Any], place: tuple[str, str] = NEW_YORK, **profile: Any) -> dict[str, Any]:
    """``{gate: document}`` of the one row, whether shown or screened out."""
    written = document_of(catalogue_of(row_make(1, place, facts=facts)), **profile)
    (row,) = written["list"] or written["screened_out"]
    return {gate["gate"]: gate for gate in row["gates"]}


def test_a_gate_says_what_is_asked_what_she_has_and_what_it_rests_on() -> None:
    gate = gates_of({"min_step2ck": 220.0})["min_step2ck"]
    assert gate["verdict"] == "pass"
    assert gate["strictness"] == "strict"
    assert (gate["required"], gate["yours"], gate["waived"]) == (220.0, 224, False)
    assert gate["label"] == "Lowest Step 2 CK"
    assert gate["fact"]["url"] == "https://program.example/apply"
    assert gate["fact"]["field"] == "min_step2ck"
    assert "source" not in gate["fact"]


def test_prose_is_null_and_unknown() -> None:
    stated = fact_make(
        1, "min_step2ck", None, as_stated="Competitive scores preferred", strictness="preference"
    )
    gate = gates_of({"min_step2ck": stated})["min_step2ck"]
    assert (gate["verdict"], gate["required"], gate["strictness"]) == ("unknown", None, "preference")
    assert gate["fact"]["as_stated"] == "Competitive scores preferred"


@pytest.mark.parametrize(
    ("field", "stated", "profile", "yours"),
    [
        ("max_attempts_step1", 3.0, {"step1": {"status": "pass", "attempts": 2}}, 2),
        (
            "max_attempts_step2ck",
            3.0,
            {"step2ck": {"status": "fail", "attempts": 1}, "ecfmg_certified": False},
            2,
        ),
        ("max_years_since_graduation", 5.0, {"graduation_year": 2024}, 2),
        ("max_years_since_graduation", 5.0, {"graduation_year": None}, None),
        ("usce_months_required", 1.0, {"experience": [{"kind": "elective", "weeks": 6}]}, 1.5),
        ("usce_months_required", 1.0, {"experience": [{"kind": "elective"}]}, 1.0),
        ("usce_months_required", 1.0, {}, None),
        ("ecfmg_required_at", "application", {}, True),
        ("accepts_img", "yes", {}, "us_img"),
        ("min_step1", "pass", {}, "pass"),
        ("step1_passed", "yes", {}, "pass"),
        ("military_service", "no", {}, None),
    ],
)
def test_yours_is_what_the_verdict_was_reckoned_with(
    field: str, stated: Any, profile: dict[str, Any], yours: Any
) -> None:
    gate = gates_of({field: stated}, **profile)[field]
    assert gate["yours"] == yours
    if yours is None and field != "military_service":
        assert gate["verdict"] == "unknown"


def test_a_screened_row_tells_the_rules_that_closed_it_and_no_other() -> None:
    gates = gates_of({"min_step2ck": 240.0, "max_attempts_step1": 1.0, "visa_j1": "no"})
    assert set(gates) == {"min_step2ck"}
    assert gates["min_step2ck"]["verdict"] == "fail"


def test_a_waived_rule_is_named_as_such() -> None:
    letter = [{"author": "us_clinical", "program_id": "sp00001"}]
    gate = gates_of({"min_step2ck": 240.0}, letters=letter)["min_step2ck"]
    assert (gate["verdict"], gate["waived"]) == ("fail", True)


@pytest.mark.parametrize(
    ("step1", "step2ck", "yours"),
    [
        ("pass", "pass", "pass"),
        ("fail", "pass", "fail"),
        ("pass", "pending", "pending"),
        ("pending", "pass", "pending"),
    ],
)
def test_californias_rule_is_the_states_and_names_the_exam_that_stops_it(
    step1: str, step2ck: str, yours: str
) -> None:
    profile: dict[str, Any] = {
        "ecfmg_certified": None,
        "applicant_type": "us_md",
        "step1": {"status": step1, "attempts": 1},
        "step2ck": {"status": step2ck, "attempts": 1},
    }
    gate = gates_of({}, ("CA", "Fresno"), **profile)["california_licence"]
    assert gate["yours"] == yours
    assert gate["required"]
    assert gate["fact"]["id"] is None
    assert gate["fact"]["source"]
    assert gate["fact"]["field"] == "exams_for_training_licence"


def test_californias_rule_on_the_school_is_named_once_the_exams_are_passed() -> None:
    gate = gates_of({}, ("CA", "Fresno"), ecfmg_certified=False)["california_licence"]
    assert (gate["verdict"], gate["yours"]) == ("unknown", False)
    assert gate["fact"]["field"] == "school_must_be_recognised"
    assert gate["fact"]["source_kind"] == "government"
    assert gate["fact"]["url"].startswith("https://www.mbc.ca.gov/")
    assert gate["question"]["to"] == "you"


def test_where_either_visa_will_do_the_deciding_fact_is_shown() -> None:
    facts = {"visa_j1": "no", "visa_h1b": "yes"}
    gate = gates_of(facts, applicant_type="non_us_img", visa_needed="either")["visa"]
    assert (gate["verdict"], gate["fact"]["field"], gate["required"]) == ("pass", "visa_h1b", "yes")


def other(value: Any, confidence: str = "low", **members: Any) -> Any:
    return fact_make(9, "min_step2ck", value, confidence=confidence, **members)


def stated(value: Any, *others: Any) -> Any:
    return fact_make(1, "min_step2ck", value, others=others, conflicts=len(others))


def test_what_other_sources_say_stands_beside_the_verdict_with_theirs() -> None:
    gate = gates_of({"min_step2ck": stated(220.0, other(230.0), other("none"))})["min_step2ck"]
    assert gate["verdict"] == "pass"
    assert gate["fact"]["conflicts"] == 2
    assert [(each["required"], each["verdict"]) for each in gate["conflicting"]] == [
        (230.0, "fail"),
        ("none", "pass"),
    ]
    assert gate["conflicting"][0]["fact"]["confidence"] == "low"
    assert "others" not in gate["fact"]


def test_a_source_as_sure_that_turns_the_verdict_makes_it_unknown_and_the_program_is_asked() -> None:
    gate = gates_of({"min_step2ck": stated(220.0, other(230.0, "high"))})["min_step2ck"]
    assert gate["verdict"] == "unknown"
    assert gate["question"]["to"] == "program"
    assert "220.0 on one page, 230.0 on another. Do you have a minimum" in gate["question"]["text"]


def test_whose_ignorance_it_is_decides_who_is_asked() -> None:
    prose = fact_make(1, "min_step2ck", None, as_stated="competitive scores")
    to_program = gates_of({"min_step2ck": prose})["min_step2ck"]["question"]
    assert to_program["to"] == "program"
    assert "I would like to apply to Program 1 (internal medicine)." in to_program["text"]
    assert "I understand from your pages: competitive scores." in to_program["text"]
    unsaid = gates_of({"max_years_since_graduation": 5.0}, graduation_year=None)
    question = unsaid["max_years_since_graduation"]["question"]
    assert question == {"to": "you", "text": "In which year did you graduate from medical school?"}


def test_a_visa_that_is_limited_is_asked_of_the_program_once_she_says_she_needs_it() -> None:
    visa = {"visa_j1": "limited"}
    asked = gates_of(visa, applicant_type="non_us_img", visa_needed="j1")["visa"]["question"]
    assert asked["to"] == "program"
    assert gates_of(visa, applicant_type="non_us_img", visa_needed=None)["visa"]["question"]["to"] == "you"


def test_a_policy_in_words_is_asked_as_the_rule_it_speaks_of() -> None:
    policy = fact_make(1, "failed_attempt_policy", None, as_stated="seen case by case")
    gate = gates_of({"failed_attempt_policy": policy}, step1={"status": "pass", "attempts": 2})[
        "max_attempts_step1"
    ]
    assert (gate["verdict"], gate["required"]) == ("unknown", None)
    assert gate["fact"]["field"] == "failed_attempt_policy"
    assert gate["question"]["text"].endswith("How many attempts at Step 1 do you allow?")


def test_a_known_verdict_asks_nothing_and_neither_does_a_wish_no_connection_opens() -> None:
    assert gates_of({"min_step2ck": 220.0})["min_step2ck"]["question"] is None
    wish = fact_make(1, "us_citizen_or_pr_only", None, as_stated="preferred", strictness="preference")
    gate = gates_of({"us_citizen_or_pr_only": wish}, applicant_type="non_us_img", visa_needed="j1")
    assert gate["us_citizen_or_pr_only"]["verdict"] == "unknown"
    assert gate["us_citizen_or_pr_only"]["question"] is None


@pytest.mark.parametrize(
    ("required", "practice", "verdict"),
    [(220.0, 226, "pass"), (230.0, 226, "fail"), ("pass", 226, "pass"), ("pass", 190, "fail")],
)
def test_a_practice_score_is_held_against_the_rule_and_is_no_pass(
    required: Any, practice: int, verdict: str
) -> None:
    pending = {"status": "pending", "practice_score": practice, "attempts": 1}
    gate = gates_of({"min_step2ck": required}, step2ck=pending, ecfmg_certified=False)["min_step2ck"]
    assert gate["verdict"] == "unknown"
    assert gate["practice"] == {"score": practice, "verdict": verdict}


def test_no_practice_score_and_no_number_give_no_guess() -> None:
    pending = {"status": "pending", "attempts": 1}
    gate = gates_of({"min_step2ck": 220.0}, step2ck=pending, ecfmg_certified=False)["min_step2ck"]
    assert gate["practice"] is None
    prose = fact_make(1, "min_step2ck", None, as_stated="competitive")
    told = {**pending, "practice_score": 240}
    assert (
        gates_of({"min_step2ck": prose}, step2ck=told, ecfmg_certified=False)["min_step2ck"]["practice"]
        is None
    )
