from dataclasses import replace

import pytest

from matching.calibration.crowd import (
    BASE,
    crowd_make,
    crowd_outcome,
    crowd_rate,
    intercept,
    intercept_fit,
    model_changed,
    offset_name,
    sent_again,
    target,
    world_make,
)
from matching.calibration.population import KINDS
from matching.scoring.applicant import ApplicantType
from tests.calibration.made_world import world

PEOPLE = 48


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_crowd_is_fitted_to_its_headline(kind: ApplicantType) -> None:
    crowd = crowd_make(world(), kind, PEOPLE, 1)
    at = intercept_fit(world(), [crowd])
    assert crowd_rate(world(), crowd, at) == pytest.approx(target(world().values, kind), abs=1e-4)
    assert crowd_outcome(world(), crowd, at).match.mean() == pytest.approx(crowd_rate(world(), crowd, at))
    assert crowd_rate(world(), crowd, round(at, 2)) == pytest.approx(target(world().values, kind), abs=0.01)


def test_the_same_seed_makes_the_same_crowd() -> None:
    one, other = (crowd_make(world(), "us_img", 20, 3) for _ in range(2))
    assert one.sent.log_odds.tolist() == other.sent.log_odds.tolist()
    assert one.sent.row.tolist() != crowd_make(world(), "us_img", 20, 4).sent.row.tolist()


def test_the_fit_does_not_hang_on_the_values_that_stand() -> None:
    moved = world().changed({BASE: -1.5, offset_name("non_us_img"): 0.05})
    for kind in ("us_img", "non_us_img"):
        fits = [intercept_fit(w, [crowd_make(w, kind, PEOPLE, 1)]) for w in (world(), moved)]
        assert fits[0] == pytest.approx(fits[1], abs=1e-4)


def test_a_recalibration_on_outcomes_is_put_aside() -> None:
    stretched = {"recalibration.slope.us_img": 1.7, "recalibration.intercept.us_img": -0.4}
    model = model_changed(world().model, stretched)
    again = world_make(world().columns, model, world().signals)
    assert again.values["recalibration.slope.us_img"] == 1.0
    assert again.values["recalibration.intercept.us_img"] == 0.0


def test_model_changed_widens_a_range_that_no_longer_holds_the_value() -> None:
    row = model_changed(world().model, {"luck.sigma": 9.0}).parameters["luck.sigma"]
    assert (row.value, row.high) == (9.0, 9.0)
    with pytest.raises(KeyError, match="no_such"):
        model_changed(world().model, {"no_such": 1.0})


def test_intercept_adds_the_offset_of_other_kinds() -> None:
    values = {BASE: -4.0, "applicant_type.us_md": 0.9}
    assert intercept(values, "us_img") == -4.0
    assert intercept(values, "us_md") == pytest.approx(-3.1)


def test_sent_again_keeps_people_and_changes_what_they_know() -> None:
    crowd = crowd_make(world(), "us_img", PEOPLE, 1)
    seeing = sent_again(crowd, world().changed({"population.openness_known": 1.0}), 1)
    assert seeing.members is crowd.members
    at = intercept(world().values, "us_img")
    assert crowd_rate(world(), seeing, at) > crowd_rate(world(), crowd, at)
    same = sent_again(crowd, world(), 1)
    assert replace(same, sent=crowd.sent) == crowd
    assert same.sent.row.tolist() == crowd.sent.row.tolist()
