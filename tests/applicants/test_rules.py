"""Every rule between members: it fires, it leaves the next lawful case alone, and it says what to do."""

from typing import Any

import pytest

from applicants.services import profile_validate
from tests.applicants.documents import example, faults, places, valid

SPECIALTIES = {"internal-medicine", "family-medicine"}

IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"step1": {"status": "pass", "score": 230, "taken": "2022-02"}}, "/step1/score"),
    ({"step2ck": {"status": "not_taken", "score": 224}}, "/step2ck/score"),
    ({"step2ck": {"status": "pending", "score": 224}}, "/step2ck/score"),
    ({"step2ck": {"status": "not_taken", "attempts": 1}}, "/step2ck/attempts"),
    ({"step2ck": {"status": "not_taken", "taken": "2025-08"}}, "/step2ck/taken"),
    ({"step2ck": {"status": "pass", "score": 217, "taken": "2025-07"}}, "/step2ck/score"),
    ({"step2ck": {"status": "fail", "score": 218, "taken": "2025-07"}}, "/step2ck/score"),
    ({"step2ck": {"status": "pass", "score": 213, "taken": "2025-06"}}, "/step2ck/score"),
    ({"step2ck": {"status": "pass", "score": 208, "taken": "2022-06"}}, "/step2ck/score"),
    ({"step1": {"status": "pass", "score": 193, "taken": "2022-01"}}, "/step1/score"),
    ({"step1": {"status": "pass", "score": 191, "taken": "2017-12"}}, "/step1/score"),
    ({"step3": {"status": "pass", "score": 199, "taken": "2024-01"}}, "/step3/score"),
    ({"step3": {"status": "pass", "taken": "2024-12"}, "graduation_year": 2025}, "/step3/taken"),
    ({"step1": {"taken": "2009-12"}, "graduation_year": 2025}, "/step1/taken"),
    ({"step3": {"status": "pass"}, "step2ck": {"status": "fail"}}, "/step3/status"),
    ({"step3": {"status": "pending"}, "step1": {"status": "not_taken"}}, "/step3/status"),
    ({"applicant_type": "us_img", "visa_needed": "j1"}, "/visa_needed"),
    ({"applicant_type": "us_img", "medical_school": {"country": "US"}}, "/medical_school/country"),
    ({"applicant_type": "us_md", "medical_school": {"country": "DM"}}, "/medical_school/country"),
    ({"applicant_type": "us_do", "medical_school": {"country": "CA"}}, "/medical_school/country"),
    ({"applicant_type": "us_do", "ecfmg_certified": True}, "/ecfmg_certified"),
    ({"ecfmg_certified": True, "step1": {"status": "fail"}}, "/ecfmg_certified"),
    ({"ecfmg_certified": True, "step2ck": {"status": "pending"}}, "/ecfmg_certified"),
    ({"ecfmg_certified": True, "step2ck": {"status": "not_taken"}}, "/ecfmg_certified"),
    ({"ties": [{"kind": "family", "ring": "los-angeles", "state": "NY"}]}, "/ties/0/ring"),
    ({"letters": [{"author": "non_us", "ring": "california", "state": "OR"}]}, "/letters/0/ring"),
    ({"experience": [{"kind": "elective", "ring": "west-coast", "state": "TX"}]}, "/experience/0/ring"),
]
POSSIBLE: list[dict[str, Any]] = [
    {"step1": {"status": "pass", "score": 230, "taken": "2022-01"}},
    {"step1": {"status": "pass", "score": None, "taken": "2022-01"}},
    {"step1": {"status": "pass", "score": 194, "taken": "2022-01"}},
    {"step1": {"status": "fail", "score": 193, "taken": "2022-01"}},
    {"step1": {"status": "pass", "score": 230}},
    {"step1": {"status": "pass", "taken": "2024-02"}},
    {"step1": {"status": "pass", "score": 150, "taken": "2005-06"}},
    {"step2ck": {"status": "pass", "score": 150}},
    {"step2ck": {"status": "fail", "score": 250}},
    {"step2ck": {"status": "pass", "score": 218, "taken": "2025-07"}},
    {"step2ck": {"status": "fail", "score": 217, "taken": "2025-07"}},
    {"step2ck": {"status": "pass", "score": 214, "taken": "2025-06"}},
    {"step2ck": {"status": "pass", "score": 209, "taken": "2022-06"}},
    {"step2ck": {"status": "pending", "attempts": 1, "practice_score": 228, "taken": "2026-10"}},
    {"step2ck": {"status": "not_taken", "attempts": 0, "practice_score": 228}},
    {"step2ck": {"score": 224}},
    {"step3": {"status": "pass"}, "step1": {"status": "pass"}, "step2ck": {"status": "pass"}},
    {"step3": {"status": "pass", "taken": "2025-01"}, "graduation_year": 2025},
    {"step1": {"taken": "2010-01"}, "graduation_year": 2025},
    {"applicant_type": "us_img", "visa_needed": "none"},
    {"applicant_type": "non_us_img", "visa_needed": "none"},
    {"applicant_type": "us_md", "visa_needed": "j1"},
    {"applicant_type": "us_md", "medical_school": {"country": "PR"}},
    {"applicant_type": "us_md", "medical_school": {"country": "CA"}},
    {"applicant_type": "us_md", "ecfmg_certified": False},
    {"ecfmg_certified": False, "step2ck": {"status": "fail"}},
    {"ecfmg_certified": True},
    {"ties": [{"kind": "family", "ring": "los-angeles"}, {"kind": "work", "state": "NY"}]},
    {"ties": [{"kind": "family", "ring": "national", "state": "CA"}]},
    {"ties": [{"kind": "family", "ring": "west-coast", "state": "AK"}]},
    {"wishes": {"ring": "los-angeles", "states": ["NY"]}},
    {"letters": [{"author": "us_academic"}] * 2},
    {"graduation_year": 2027},
    {"graduation_year": 2029},
]


@pytest.mark.parametrize(("data", "pointer"), IMPOSSIBLE)
def test_rules_explain_the_impossible(data: dict[str, Any], pointer: str) -> None:
    found = faults(data)
    assert [(fault.pointer, fault.code) for fault in found] == [(pointer, "impossible")]
    assert found[0].detail.count(".") >= 1
    assert "{" not in found[0].detail


@pytest.mark.parametrize("data", POSSIBLE)
def test_rules_leave_the_possible_alone(data: dict[str, Any]) -> None:
    assert places(data) == []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"graduation_year": 2030}, ("/graduation_year", "max_value")),
        ({"step2ck": {"status": "pass", "attempts": 0}}, ("/step2ck/attempts", "min_value")),
        ({"step2ck": {"attempts": 0}}, ("/step2ck/attempts", "min_value")),
        ({"step2ck": {"taken": "2028-01"}}, ("/step2ck/taken", "max_value")),
        ({"step1": {"taken": "1991-12"}}, ("/step1/taken", "min_value")),
        ({"specialties": ["psychiatry", "neurology", "psychiatry"]}, ("/specialties/2", "duplicate")),
        ({"languages": ["es", "es"]}, ("/languages/1", "duplicate")),
        ({"red_flags": ["professionalism"] * 2}, ("/red_flags/1", "duplicate")),
        ({"wishes": {"states": ["NY", "CA", "NY"]}}, ("/wishes/states/2", "duplicate")),
        ({"wishes": {"program_types": ["community"] * 2}}, ("/wishes/program_types/1", "duplicate")),
    ],
)
def test_rules_refuse_with_pointer_and_code(data: dict[str, Any], place: tuple[str, str]) -> None:
    assert places(data) == [place]


def test_season_is_an_argument() -> None:
    assert profile_validate({"graduation_year": 2030}, season="2030").graduation_year == 2030


def test_rules_names_of_two_missing_steps_both_show() -> None:
    data = {"ecfmg_certified": True, "step1": {"status": "fail"}, "step2ck": {"status": "fail"}}
    assert [fault.detail.split(" is passed")[0] for fault in faults(data)] == [
        "ECFMG certifies only after Step 1",
        "ECFMG certifies only after Step 2 CK",
    ]


def test_catalogue_specialties_are_checked_where_they_are_known() -> None:
    data = example(specialties=["internal-medicine", "internal-medecine"])
    assert places(data) == []
    assert places(data, specialties=SPECIALTIES) == [("/specialties/1", "invalid_choice")]
    rows = {"letters": [{"author": "non_us", "specialty": "other"}, {"author": "non_us", "specialty": "x"}]}
    assert places(rows, specialties=SPECIALTIES) == [("/letters/1/specialty", "invalid_choice")]


def test_catalogue_program_ids_are_checked_where_they_are_known() -> None:
    data = {"experience": [{"kind": "elective", "program_id": "sp00001"}]}
    assert valid(data, program_ids={"sp00001"}).experience is not None
    assert places(data, program_ids={"sp00002"}) == [("/experience/0/program_id", "invalid_choice")]


@pytest.mark.parametrize("stray", [{"kind": 1}, {"step1": {"status": "pass", "kind": "x"}}, {"wishes": []}])
def test_faults_of_rules_show_beside_any_stray_member(stray: dict[str, Any]) -> None:
    assert ("/visa_needed", "impossible") in places(
        {"applicant_type": "us_img", "visa_needed": "j1", **stray}
    )


def test_faults_of_shape_and_rule_come_together() -> None:
    data = {
        "applicant_type": "us_img",
        "visa_needed": "j1",
        "step1": {"status": "pass", "score": 230, "taken": "2023-08"},
        "step2ck": {"score": 301, "attempts": "1"},
        "step_2ck": {},
        "languages": ["xx", "en", "en"],
        "experience": [
            {"kind": "walk"},
            {"weeks": 4},
            {"kind": "elective", "state": "NY", "ring": "los-angeles", "month": 1},
        ],
    }
    assert set(places(data)) == {
        ("/visa_needed", "impossible"),
        ("/step1/score", "impossible"),
        ("/step2ck/score", "max_value"),
        ("/step2ck/attempts", "invalid_type"),
        ("/step_2ck", "unknown_member"),
        ("/languages/0", "invalid_choice"),
        ("/languages/2", "duplicate"),
        ("/experience/0/kind", "invalid_choice"),
        ("/experience/1/kind", "required"),
        ("/experience/2/month", "unknown_member"),
        ("/experience/2/ring", "impossible"),
    }
    assert len(places(data)) == 11
