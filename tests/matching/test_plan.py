"""The plan in words and values, and the dates it is reckoned from."""

from datetime import date
from typing import Any

import pytest

from applicants.services import profile_validate
from matching.plan import FIXED_WORDS, SeasonUnknown, plan_document
from matching.schema import MatchOptions
from matching.scoring.applicant import Applicant, Exam
from matching.scoring.fixed_facts import cannot_change
from matching.season_dates import OPENS, SeasonDate, season_date
from tests.matching.made_snapshot import SEASON, catalogue_of, row_make

CATALOGUE = catalogue_of(*(row_make(number) for number in range(1, 6)))
PROFILE = {
    "applicant_type": "us_img",
    "graduation_year": 2020,
    "step1": {"status": "pass", "attempts": 2},
    "step2ck": {"status": "pass", "score": 224, "attempts": 1},
    "step3": {"status": "not_taken", "attempts": 0},
    "ecfmg_certified": True,
    "specialties": ["internal-medicine"],
    "experience": [],
    "letters": [],
    "wishes": {"ring": "los-angeles"},
}


def plan(season: str = SEASON, as_of: date = date(2026, 1, 15)) -> dict[str, Any]:
    profile = profile_validate(PROFILE, season=SEASON)
    options = MatchOptions(max_applications=2)
    return plan_document(profile=profile, options=options, catalogue=CATALOGUE, season=season, as_of=as_of)


def test_a_plan_says_what_to_do_by_when_and_what_stays() -> None:
    written = plan()
    assert written["opens"] == {"season": "2027", "date": "2026-09-01", "precision": "month"}
    actions = {action["action"]: action for action in written["actions"]}
    third = actions["step3_passed"]
    assert third["label"] == "Pass Step 3"
    assert third["start_by"] == "2026-05-01"
    assert not third["too_late"]
    assert third["gain_match"]["low"] <= third["gain_match"]["value"] <= third["gain_match"]["high"]
    assert third["gain_los_angeles_range"]["value"] == third["gain_los_angeles"]
    assert set(third["gain_los_angeles_range"]) == {"value", "low", "high"}
    assert third["cost_usd"] > 0
    assert actions["hands_on_4"]["label"] == "4 weeks of hands-on internal medicine in greater Los Angeles"
    assert [fixed["code"] for fixed in written["cannot_change"]] == [
        "step1_fails",
        "step2ck_score",
        "graduation_year",
        "school",
    ]


def test_what_is_past_is_said_to_be_too_late() -> None:
    assert all(action["too_late"] for action in plan(as_of=date(2026, 8, 31))["actions"])


def test_once_applications_are_open_the_plan_is_for_the_season_after() -> None:
    written = plan(as_of=date(2026, 11, 22))
    assert written["opens"] == {"season": "2028", "date": "2027-09-01", "precision": "pattern"}
    assert not any(action["too_late"] for action in written["actions"])
    with pytest.raises(SeasonUnknown):
        plan(as_of=date(2031, 1, 1))


def test_an_action_at_a_program_names_it() -> None:
    here = [action for action in plan()["actions"] if action["action"].endswith("_here")]
    assert here
    assert all(action["program"]["id"].startswith("sp") for action in here)


def test_a_season_without_a_date_has_no_plan() -> None:
    with pytest.raises(SeasonUnknown):
        plan(season="1999")


@pytest.mark.parametrize(
    ("season", "event", "found"),
    [
        ("2026", OPENS, SeasonDate(date(2025, 9, 3), "day")),
        ("2028", OPENS, SeasonDate(date(2027, 9, 1), "pattern")),
        ("2027", "no such event", None),
    ],
)
def test_dates_are_those_of_the_file(season: str, event: str, found: SeasonDate | None) -> None:
    assert season_date(season, event) == found


def test_only_what_applies_and_is_known_is_said_to_be_fixed() -> None:
    assert cannot_change(Applicant(), 2026) == ()
    everything = Applicant(
        applicant_type="non_us_img",
        graduation_year=2020,
        visa_needed="j1",
        step1=Exam("pass", 230, 2),
        step2ck=Exam("pass", 230, 2),
        red_flags=("professionalism",),
    )
    assert set(cannot_change(everything, 2026)) == set(FIXED_WORDS)
    assert "step2ck_score" not in cannot_change(Applicant(step2ck=Exam("pending", None, 1)), 2026)
