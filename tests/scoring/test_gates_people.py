"""Truth tables of the gates that ask who the applicant is and what she has done, not her exams."""

from typing import Any

import pytest

from matching.scoring.applicant import Exam, Experience, ExperienceKind
from matching.scoring.rules import FAIL, PASS, UNKNOWN
from tests.scoring.made_catalogue import plain_applicant
from tests.scoring.made_verdicts import PROSE, verdict, verdicts_of


def hands_on(weeks: int | None, kind: ExperienceKind = "elective") -> tuple[Experience, ...]:
    return (Experience(kind, weeks),)


YEARS = [
    (5.0, 2021, PASS),
    (5.0, 2020, FAIL),
    (0.0, 2026, PASS),
    (5.0, 2027, PASS),
    (5.0, None, UNKNOWN),
    ("none", 1980, PASS),
    (PROSE, 2025, UNKNOWN),
    (PROSE, 2026, PASS),
]


@pytest.mark.parametrize(("stated", "year", "expected"), YEARS)
def test_max_years_since_graduation(stated: object, year: int | None, expected: int) -> None:
    assert verdict("max_years_since_graduation", stated, graduation_year=year) == expected


USCE = [
    (3.0, "us_img", hands_on(12), PASS),
    (3.0, "us_img", hands_on(11), FAIL),
    (1.0, "us_img", hands_on(None), PASS),
    (1.0, "us_img", hands_on(52, "observership"), FAIL),
    (1.0, "us_img", (), FAIL),
    (1.0, "us_img", None, UNKNOWN),
    (0.0, "us_img", None, PASS),
    ("none", "us_img", None, PASS),
    (PROSE, "us_img", hands_on(52), UNKNOWN),
    (3.0, "us_md", (), PASS),
    (3.0, None, (), UNKNOWN),
    (3.0, None, hands_on(12), PASS),
]
# A policy in words speaks of the rule where no number does, and no verdict can be read from it.
POLICIES = [
    ("failed_attempt_policy", "max_attempts_step1", {"step1": Exam("pass", None, 2)}, UNKNOWN),
    ("failed_attempt_policy", "max_attempts_step1", {"step1": Exam("pass", None, 1)}, PASS),
    ("failed_attempt_policy", "max_attempts_step2ck", {"step2ck": Exam("fail", None, 1)}, UNKNOWN),
    ("usce_policy", "usce_months_required", {"experience": hands_on(52)}, UNKNOWN),
    ("usce_policy", "usce_months_required", {"applicant_type": "us_md"}, PASS),
]


@pytest.mark.parametrize(("policy", "gate", "members", "expected"), POLICIES)
def test_a_policy_in_words_is_no_verdict(
    policy: str, gate: str, members: dict[str, Any], expected: int
) -> None:
    assert verdicts_of(plain_applicant(**members), {policy: PROSE})[gate] == expected


def test_a_policy_in_words_gives_way_to_a_stated_number() -> None:
    facts = {"failed_attempt_policy": PROSE, "max_attempts_step1": 1.0}
    applicant = plain_applicant(step1=Exam("pass", None, 2))
    assert verdicts_of(applicant, facts) == {"max_attempts_step1": FAIL, "max_attempts_step2ck": PASS}


@pytest.mark.parametrize(("stated", "kind", "experience", "expected"), USCE)
def test_usce_months_required(
    stated: object, kind: str | None, experience: tuple[Experience, ...] | None, expected: int
) -> None:
    found = verdict("usce_months_required", stated, applicant_type=kind, experience=experience)
    assert found == expected


ECFMG = [
    ("application", "us_img", True, PASS),
    ("application", "us_img", False, FAIL),
    ("application", "us_img", None, UNKNOWN),
    ("application", None, False, UNKNOWN),
    ("application", "us_do", False, PASS),
    ("interview", "us_img", False, UNKNOWN),
    ("rank_list", "non_us_img", False, UNKNOWN),
    ("start", "us_img", False, UNKNOWN),
    ("start", "us_img", True, PASS),
    (PROSE, "us_img", False, UNKNOWN),
]


@pytest.mark.parametrize(("stated", "kind", "certified", "expected"), ECFMG)
def test_ecfmg_required_at(stated: object, kind: str | None, certified: bool | None, expected: int) -> None:
    assert verdict("ecfmg_required_at", stated, applicant_type=kind, ecfmg_certified=certified) == expected


CITIZEN = [
    ("yes", "us_img", None, PASS),
    ("yes", "non_us_img", "none", PASS),
    ("yes", "non_us_img", "j1", FAIL),
    ("yes", "non_us_img", None, UNKNOWN),
    ("yes", None, None, UNKNOWN),
    ("no", "non_us_img", "h1b", PASS),
    (PROSE, "non_us_img", "h1b", UNKNOWN),
    (PROSE, "us_img", "none", PASS),
]


@pytest.mark.parametrize(("stated", "kind", "needs", "expected"), CITIZEN)
def test_us_citizen_or_pr_only(stated: object, kind: str | None, needs: str | None, expected: int) -> None:
    assert verdict("us_citizen_or_pr_only", stated, applicant_type=kind, visa_needed=needs) == expected


IMG = [
    ("yes", "us_img", PASS),
    ("limited", "non_us_img", PASS),
    ("no", "us_img", FAIL),
    ("no", "us_md", PASS),
    ("no", None, UNKNOWN),
    ("yes", None, PASS),
    (PROSE, "us_img", UNKNOWN),
    (PROSE, "us_do", PASS),
]


@pytest.mark.parametrize(("stated", "kind", "expected"), IMG)
def test_accepts_img(stated: object, kind: str | None, expected: int) -> None:
    assert verdict("accepts_img", stated, applicant_type=kind) == expected


STEP3 = [
    ("yes", "none", Exam("not_taken"), PASS),
    ("yes", "j1", Exam("not_taken"), PASS),
    ("yes", "either", Exam("not_taken"), UNKNOWN),
    ("yes", "either", Exam("pass"), PASS),
    ("no", "either", Exam("not_taken"), PASS),
    ("yes", "h1b", Exam("pass"), PASS),
    ("yes", "h1b", Exam("fail"), FAIL),
    ("yes", "h1b", Exam("not_taken"), UNKNOWN),
    ("yes", None, Exam("pass"), UNKNOWN),
    ("no", "h1b", Exam("not_taken"), PASS),
    (PROSE, "h1b", Exam("pass"), UNKNOWN),
]


@pytest.mark.parametrize(("stated", "needs", "exam", "expected"), STEP3)
def test_step3_for_h1b(stated: object, needs: str | None, exam: Exam, expected: int) -> None:
    found = verdict("step3_for_h1b", stated, applicant_type="non_us_img", visa_needed=needs, step3=exam)
    assert found == expected


@pytest.mark.parametrize(
    ("exchange", "expected"), [("yes", PASS), ("limited", UNKNOWN), ("no", FAIL), (None, UNKNOWN)]
)
def test_where_either_visa_will_do_step3_binds_as_far_as_the_j1_is_closed(
    exchange: str | None, expected: int
) -> None:
    facts = {"step3_for_h1b": "yes"} | ({"visa_j1": exchange} if exchange else {})
    applicant = plain_applicant(
        applicant_type="non_us_img", visa_needed="either", step3=Exam("fail", None, 1)
    )
    assert verdicts_of(applicant, facts)["step3_for_h1b"] == expected


@pytest.mark.parametrize(
    ("stated", "serves", "expected"),
    [
        ("yes", True, PASS),
        ("yes", False, FAIL),
        ("yes", None, UNKNOWN),
        ("no", False, PASS),
        (PROSE, True, UNKNOWN),
    ],
)
def test_military_service(stated: object, serves: bool | None, expected: int) -> None:
    assert verdict("military_service", stated, military_service=serves) == expected
