from typing import Any

import pytest

from matching.scoring.applicant import Applicant, Exam, Experience, ExperienceKind, Letter
from tests.scoring.made_catalogue import MadeFact, columns_of, plain_applicant, track_make
from tests.scoring.made_terms import factor, scored, value

ROTATED = (Experience("elective", 4, program_id="sp00001"),)
LETTER = (Letter("us_clinical", program_id="sp00001"),)
CALIFORNIA = ("CA", "Fresno")


def state_of(applicant: Applicant, facts: dict[str, Any], place: tuple[str, str] = ("NY", "Kings")) -> str:
    screening = scored(applicant, columns_of(track_make(1, place, facts=facts))).screening
    return "out" if screening.out[0] else "waived" if screening.waived[0] else "open"


WAIVABLE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "min_step2ck": ({"min_step2ck": 260.0}, {}),
    "min_step1": ({"min_step1": 250.0}, {"step1": Exam("pass", 220, 1, "2020-01")}),
    "max_attempts_step1": ({"max_attempts_step1": 1.0}, {"step1": Exam("pass", None, 2)}),
    "max_attempts_step2ck": ({"max_attempts_step2ck": 1.0}, {"step2ck": Exam("pass", 230, 2)}),
    "max_years_since_graduation": ({"max_years_since_graduation": 3.0}, {"graduation_year": 2010}),
    "usce_months_required": ({"usce_months_required": 12.0}, {}),
}
NEVER: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, str]]] = {
    "visa": ({"visa_j1": "no"}, {"applicant_type": "non_us_img", "visa_needed": "j1"}, ("NY", "Kings")),
    "citizenship": (
        {"us_citizen_or_pr_only": "yes"},
        {"applicant_type": "non_us_img", "visa_needed": "j1"},
        ("NY", "Kings"),
    ),
    "ecfmg": ({"ecfmg_required_at": "application"}, {"ecfmg_certified": False}, ("NY", "Kings")),
    "step1": ({"step1_passed": "yes"}, {"step1": Exam("fail", None, 1)}, ("NY", "Kings")),
    "step1 by its lowest score": ({"min_step1": "pass"}, {"step1": Exam("fail", None, 1)}, ("NY", "Kings")),
    "step1 by attempts": (
        {"max_attempts_step1": 1.0},
        {"step1": Exam("fail", None, 1)},
        ("NY", "Kings"),
    ),
    "licence": ({}, {"step2ck": Exam("fail", None, 1)}, CALIFORNIA),
    "military": ({"military_service": "yes"}, {}, ("NY", "Kings")),
    "imgs": ({"accepts_img": "no"}, {}, ("NY", "Kings")),
    "step3": (
        {"step3_for_h1b": "yes"},
        {"applicant_type": "non_us_img", "visa_needed": "h1b", "step3": Exam("fail", None, 1)},
        ("NY", "Kings"),
    ),
}


@pytest.mark.parametrize("rule", WAIVABLE)
@pytest.mark.parametrize("inside", [{"experience": ROTATED}, {"letters": LETTER}])
def test_an_inside_connection_waives_score_attempt_year_and_usce_rules(
    rule: str, inside: dict[str, Any]
) -> None:
    facts, members = WAIVABLE[rule]
    assert state_of(plain_applicant(**members), facts) == "out"
    assert state_of(plain_applicant(**members, **inside), facts) == "waived"
    connected = plain_applicant(**members, **inside)
    cost = factor("gates", connected, track_make(1, facts=facts))
    assert cost == pytest.approx(value("gate.waived"))


@pytest.mark.parametrize("kind", ["observership", "research"])
@pytest.mark.parametrize("rule", WAIVABLE)
def test_watching_or_research_at_a_program_opens_no_rule_of_it(rule: str, kind: ExperienceKind) -> None:
    facts, members = WAIVABLE[rule]
    watched = (Experience(kind, 8, program_id="sp00001"),)
    assert state_of(plain_applicant(**members, experience=watched), facts) == "out"
    both = plain_applicant(**members, experience=(*watched, *ROTATED))
    assert state_of(both, facts) == "waived"


@pytest.mark.parametrize("rule", NEVER)
def test_some_rules_no_connection_waives(rule: str) -> None:
    facts, members, place = NEVER[rule]
    connected = plain_applicant(**members, experience=ROTATED, letters=LETTER)
    assert state_of(connected, facts, place) == "out"


def test_one_rule_that_cannot_be_waived_closes_what_another_would_leave_open() -> None:
    facts = {"min_step2ck": 260.0, "ecfmg_required_at": "application"}
    assert state_of(plain_applicant(ecfmg_certified=False, letters=LETTER), facts) == "out"
    assert state_of(plain_applicant(ecfmg_certified=True, letters=LETTER), facts) == "waived"


@pytest.mark.parametrize("strictness", ["preference", "statement"])
def test_a_wish_that_fails_costs_and_does_not_close(strictness: str) -> None:
    facts = {"min_step2ck": MadeFact(260.0, strictness)}
    assert state_of(plain_applicant(), facts) == "open"
    assert factor("gates", plain_applicant(), track_make(1, facts=facts)) == pytest.approx(
        value("gate.preference_fail")
    )


def test_two_wishes_cost_twice() -> None:
    facts = {
        "min_step2ck": MadeFact(260.0, "preference"),
        "usce_months_required": MadeFact(12.0, "preference"),
    }
    assert factor("gates", plain_applicant(), track_make(1, facts=facts)) == pytest.approx(
        2 * value("gate.preference_fail")
    )


@pytest.mark.parametrize(
    ("facts", "members", "penalty"),
    [
        ({"max_attempts_step1": 3.0}, {"step1": Exam("pass", None, 2)}, "step1.fail"),
        ({"max_attempts_step2ck": "none"}, {"step2ck": Exam("pass", 230, 2)}, "step2ck.fail"),
    ],
)
def test_a_limit_that_is_met_gives_back_a_share_of_the_penalty_it_covers(
    facts: dict[str, Any], members: dict[str, Any], penalty: str
) -> None:
    found = factor("gates", plain_applicant(**members), track_make(1, facts=facts))
    assert found == pytest.approx(-value("gate.known_pass_relief") * value(penalty))


def test_a_year_limit_that_is_met_gives_back_and_no_penalty_gives_back_nothing() -> None:
    track = track_make(1, facts={"max_years_since_graduation": 10.0})
    old = plain_applicant(graduation_year=2018)
    cost = factor("graduation", old, track)
    assert cost < 0
    assert factor("gates", old, track) == pytest.approx(-value("gate.known_pass_relief") * cost)
    assert factor("gates", plain_applicant(graduation_year=2026), track) == 0


def test_an_unknown_verdict_neither_costs_nor_gives_back() -> None:
    track = track_make(1, facts={"max_attempts_step1": None, "min_step2ck": None})
    assert factor("gates", plain_applicant(step1=Exam("pass", None, 2)), track) == 0
