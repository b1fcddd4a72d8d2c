import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from matching.calibration.choose import Sent
from matching.calibration.crowd import Crowd, chances, crowd_make, crowd_outcome, intercept
from matching.calibration.population import KINDS, Member
from matching.calibration.residuals import (
    everyone,
    fails,
    first_specialty,
    groups,
    implied_shares,
    interviews,
    matches_by_specialty,
    score_band,
    years_band,
)
from matching.scoring.applicant import Exam
from tests.calibration.made_world import world
from tests.scoring.made_catalogue import plain_applicant

AT = -3.0


def member(**changes: object) -> Member:
    return Member(plain_applicant(**changes), 3)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (219, "below 220"),
        (220, "220 to 229"),
        (239, "230 to 239"),
        (250, "250 and above"),
        (290, "250 and above"),
    ],
)
def test_score_band(score: int, band: str) -> None:
    assert score_band(member(step2ck=Exam("pass", score, 1))) == band


@pytest.mark.parametrize(
    ("graduated", "band"),
    [(2027, "0"), (2026, "0"), (2025, "1"), (2024, "2 to 4"), (2017, "5 to 9"), (2016, "10 and more")],
)
def test_years_band(graduated: int, band: str) -> None:
    assert years_band(2026)(member(graduation_year=graduated)) == band


def test_fails_and_first_specialty() -> None:
    assert fails(member()) == "no failed exam"
    assert fails(member(step1=Exam("pass", None, 2))) == "a failed exam"
    assert fails(member(step2ck=Exam("pass", 230, 3))) == "a failed exam"
    assert first_specialty(member(specialties=("surgery", "pediatrics"))) == "surgery"


def test_groups_hold_everyone_once_and_average_to_the_whole() -> None:
    crowd = crowd_make(world(), "us_img", 60, 1)
    tested = [(crowd, crowd_outcome(world(), crowd, AT))]
    (whole,) = groups(tested, everyone)
    assert whole.people == 60
    assert whole.match == pytest.approx(tested[0][1].match.mean())
    assert whole.interviews_per_100 == pytest.approx(100 * tested[0][1].interviews.mean())
    parts = groups(tested, score_band)
    assert sum(part.people for part in parts) == 60
    assert sum(part.people * part.match for part in parts) == pytest.approx(60 * whole.match)
    assert [part.name for part in parts] == sorted(part.name for part in parts)


def test_groups_count_those_who_apply_nowhere() -> None:
    sent = Sent(np.array([-1.0, -2.0]), np.array([0, 1]), np.array([0, 0, 2, 2]))
    crowd = Crowd("us_img", [member(), member(), member()], [], sent)
    (whole,) = groups([(crowd, crowd_outcome(world(), crowd, AT))], everyone)
    alone = replace(crowd, members=[member()], sent=Sent(sent.log_odds, sent.row, np.array([0, 2])))
    (one,) = groups([(alone, crowd_outcome(world(), alone, AT))], everyone)
    assert whole.match == pytest.approx(one.match / 3)
    assert whole.interviews_per_100 == pytest.approx(one.interviews_per_100)


def test_interviews_by_how_it_ends_against_every_case_written_out() -> None:
    ways, odds = chances(world(), "us_img"), np.array([0.3, -0.8, -1.5])
    sent = Sent(odds - AT + intercept(world().values, "us_img"), np.arange(3), np.array([0, 3]))
    crowd = Crowd("us_img", [member()], [], sent)
    found = interviews(world(), [(crowd, crowd_outcome(world(), crowd, AT))], AT)
    matched = unmatched = in_matched = in_unmatched = 0.0
    for node, weight in zip(ways.nodes.z, ways.nodes.weight, strict=True):
        p = expit(odds + ways.sigma * node)
        for invited in itertools.product((0, 1), repeat=3):
            chance = weight * np.prod(np.where(invited, p, 1 - p))
            none = (1 - ways.willing) ** sum(invited)
            unmatched += chance * none
            matched += chance * (1 - none)
            in_unmatched += chance * none * sum(invited)
            in_matched += chance * (1 - none) * sum(invited)
    assert found.mean == pytest.approx(in_matched + in_unmatched)
    assert found.matched == pytest.approx(in_matched / matched)
    assert found.unmatched == pytest.approx(in_unmatched / unmatched)


def test_implied_shares_are_those_of_the_headline_where_everyone_matches_alike() -> None:
    even = np.full(len(world().columns.specialties), 1 / len(world().columns.specialties))
    found = implied_shares(world(), dict.fromkeys(KINDS, even), "us_img")
    values = world().values
    for implied, _ in found.values():
        assert implied == pytest.approx(values["us_img_share.all"])
    assert found["surgery"][1] == values["us_img_share.surgery"]


def test_matches_by_specialty_are_shares_of_where_they_applied() -> None:
    crowd = crowd_make(world(), "us_do", 40, 1)
    found = matches_by_specialty(world(), [(crowd, crowd_outcome(world(), crowd, AT))])
    assert found.sum() == pytest.approx(1.0)
    applied = {world().columns.specialty[row] for row in crowd.sent.row}
    assert set(np.flatnonzero(found)) == applied
