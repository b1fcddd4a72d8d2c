"""The applicants whose lists are compared, and how they look as numbers."""

import numpy as np
import pytest

from matching.calibration.sites import sites_of
from matching.catalogue import LoadedCatalogue
from matching.scoring.columns import Columns
from matching.simulation.crowd import NOBODY, Crowd, crowd_joined, crowd_of
from matching.simulation.focal import SPECIALTIES, focal_members
from matching.simulation.programs import places_of
from matching.simulation.truth import US_IMG, Truth
from tests.scoring.made_catalogue import model_now
from tests.simulation.worlds import columns_small, market_numbers

pytestmark = pytest.mark.django_db  # to load the catalogue once


def made(columns: Columns, count: int = 200, seed: int = 1) -> tuple[list[object], Crowd]:
    model, truth = model_now(), Truth(market_numbers(), seed)
    members = focal_members(count, model.parameters.values, sites_of(columns), truth, model.application_year)
    return [one.applicant for one in members], crowd_of(
        members, columns, places_of(columns), model, truth, part=21
    )


def test_they_are_us_imgs_with_modest_scores_who_wish_for_los_angeles(
    real_catalogue: LoadedCatalogue,
) -> None:
    model, columns = model_now(), columns_small(real_catalogue)
    truth = Truth(market_numbers(), 1)
    members = focal_members(200, model.parameters.values, sites_of(columns), truth, model.application_year)
    for one in members:
        me = one.applicant
        assert me.applicant_type == "us_img"
        assert me.wishes.ring == "los-angeles"
        assert set(me.specialties) == set(SPECIALTIES)
    scores = np.array([one.applicant.step2ck.score for one in members], dtype=float)
    assert scores.mean() == pytest.approx(truth["focal.step2ck.mean"], abs=1.5)
    homes = np.mean([any(tie.ring == "los-angeles" for tie in one.applicant.ties or ()) for one in members])
    assert homes == pytest.approx(truth["focal.tie_la"], abs=0.1)


def test_the_crowd_sees_what_the_profile_says(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    people, crowd = made(columns)
    places, model = places_of(columns), model_now()
    for number, me in enumerate(people):
        assert crowd.score[number] == me.step2ck.score  # type: ignore[attr-defined]
        assert crowd.years[number] == model.application_year - me.graduation_year  # type: ignore[attr-defined]
    lives = crowd.home == places.code("CA")
    assert (crowd.kind == US_IMG).all()
    assert 0.4 < lives.mean() < 0.95
    assert (crowd.angeleno[lives] == 1.0).mean() > 0.7
    assert ((crowd.home == NOBODY) == (crowd.division == NOBODY)).all()


def test_the_same_seed_gives_the_same_people(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    assert made(columns, 30)[0] == made(columns, 30)[0]
    assert made(columns, 30)[0] != made(columns, 30, seed=2)[0]


def test_two_crowds_are_one_after_the_other(real_catalogue: LoadedCatalogue) -> None:
    _, crowd = made(columns_small(real_catalogue), 30)
    both = crowd_joined(crowd, crowd)
    assert len(both) == 60
    assert np.array_equal(both.score[30:], crowd.score)
