from typing import Any

import pytest

from matching.scoring.applicant import Exam
from matching.scoring.rules import FAIL, PASS, UNKNOWN
from tests.scoring.made_catalogue import plain_applicant
from tests.scoring.made_verdicts import verdicts_of

FRESNO = ("CA", "Fresno")


@pytest.mark.parametrize(
    ("step1", "step2ck", "expected"),
    [
        ("pass", "pass", PASS),
        ("fail", "pass", FAIL),
        ("pending", "fail", FAIL),
        ("pass", "pending", UNKNOWN),
        (None, "pass", UNKNOWN),
    ],
)
def test_california_wants_both_exams(step1: Any, step2ck: Any, expected: int) -> None:
    applicant = plain_applicant(step1=Exam(step1), step2ck=Exam(step2ck))
    assert verdicts_of(applicant, {}, FRESNO) == {"california_licence": expected}
    assert verdicts_of(applicant, {}, ("NV", "Clark")) == {}


@pytest.mark.parametrize(
    ("kind", "certified", "expected"),
    [
        ("us_img", True, PASS),
        ("us_img", False, UNKNOWN),
        ("non_us_img", None, UNKNOWN),
        ("us_md", None, PASS),
        (None, True, PASS),
        (None, None, UNKNOWN),
    ],
)
def test_the_school_is_known_to_be_recognised_or_it_is_not_known(
    kind: Any, certified: bool | None, expected: int
) -> None:
    applicant = plain_applicant(applicant_type=kind, ecfmg_certified=certified)
    assert verdicts_of(applicant, {}, FRESNO) == {"california_licence": expected}


def test_a_failed_exam_closes_whatever_the_school() -> None:
    applicant = plain_applicant(ecfmg_certified=None, step2ck=Exam("fail"))
    assert verdicts_of(applicant, {}, FRESNO) == {"california_licence": FAIL}


def test_graduates_in_osteopathy_have_a_board_of_their_own() -> None:
    assert verdicts_of(plain_applicant(applicant_type="us_do"), {}, FRESNO) == {}
