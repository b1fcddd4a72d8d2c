from typing import Any

import pytest

from applicants.forms.needed import NEEDED, needed_open

ALL = {
    "applicant_type": ["us_img"],
    "graduation_year": ["2025"],
    "ecfmg_certified": ["no"],
    "step1_status": ["pass"],
    "step1_attempts": ["1"],
    "step2ck_status": ["pass"],
    "step2ck_score": ["224"],
    "step2ck_attempts": ["1"],
}


def open_names(**typed: Any) -> set[str]:
    return {need.name for need in needed_open({**ALL, **typed})}


def test_needed_are_eight_and_all_open_at_first() -> None:
    assert len(NEEDED) == 8
    assert needed_open({}) == list(NEEDED)
    assert open_names() == set()


def test_needed_left_blank_is_open() -> None:
    assert open_names(graduation_year=[" "], step1_attempts=[]) == {"graduation_year", "step1_attempts"}


@pytest.mark.parametrize("status", ["pending", "not_taken", "unknown"])
def test_needed_asks_no_score_without_a_result(status: str) -> None:
    assert "step2ck_score" not in open_names(step2ck_status=[status], step2ck_score=[""])


def test_needed_attempts_are_settled_where_there_were_none() -> None:
    assert open_names(step2ck_status=["not_taken"], step2ck_score=[], step2ck_attempts=[]) == set()
    assert open_names(step2ck_status=["pending"], step2ck_score=[], step2ck_attempts=[]) == {
        "step2ck_attempts"
    }


def test_needed_certificate_is_settled_for_us_graduates() -> None:
    assert open_names(applicant_type=["us_md"], ecfmg_certified=[]) == set()
    assert open_names(applicant_type=["non_us_img"], ecfmg_certified=[]) == {"ecfmg_certified"}
