"""What programs of the made-up market are like, and what they keep of the real ones."""

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.simulation.hidden import NO_LIMIT
from matching.simulation.programs import market_of, places_of, programs_make
from matching.simulation.truth import NON_US_IMG, US_IMG, Truth
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, track_make
from tests.simulation.worlds import APPLICANTS, columns_small, market_numbers, world_small

pytestmark = pytest.mark.django_db  # to load the catalogue once


def test_places_follow_the_applicants_and_the_market(real_catalogue: LoadedCatalogue) -> None:
    columns, world = columns_small(real_catalogue), world_small(real_catalogue)
    among = market_of(columns)
    assert (world.programs.places[among] > 0).all()
    assert (world.programs.places[~among] == 0).all()
    wanted = world.truth["places.per_applicant"] * APPLICANTS
    assert world.programs.places.sum() == pytest.approx(wanted, rel=0.15)  # no program has less than one
    assert (world.programs.slots >= world.programs.places).all()


def test_tracks_for_one_year_and_old_listings_are_not_in_the_market() -> None:
    columns = columns_of(
        track_make(1), track_make(2, track="preliminary"), track_make(3, listing_status="old"), track_make(4)
    )
    assert market_of(columns).tolist() == [True, False, False, True]


def test_stated_rules_are_kept() -> None:
    columns = columns_of(
        track_make(
            1, facts={"min_step2ck": 231.0, "max_years_since_graduation": 4.0, "max_attempts_step1": 1.0}
        ),
        track_make(2, facts={"min_step2ck": "none", "max_years_since_graduation": "none"}),
        track_make(3, facts={"accepts_img": "no"}),
        track_make(4, facts={"us_citizen_or_pr_only": "yes", "accepts_img": "yes"}),
    )
    places, model = places_of(columns), model_now()
    for seed in range(10):
        truth = Truth(market_numbers(), seed)
        made = programs_make(columns, places, model, truth, 40, market_of(columns))
        assert (made.least_score[0], made.most_years[0], made.most_fails[0]) == (231.0, 4.0, 0.0)
        assert (made.least_score[1], made.most_years[1]) == (0.0, NO_LIMIT)
        assert np.isneginf(made.openness[2, [US_IMG, NON_US_IMG]]).all()
        assert np.isneginf(made.openness[3, NON_US_IMG])
        assert np.isfinite(made.openness[3, US_IMG])


def test_a_rule_that_is_no_strict_one_is_kept_by_some() -> None:
    columns = columns_of(
        *(track_make(n, facts={"min_step2ck": MadeFact(236.0, "preference")}) for n in range(1, 101))
    )
    truth = Truth(market_numbers(), 1)
    made = programs_make(columns, places_of(columns), model_now(), truth, 400, market_of(columns))
    assert 30 < (made.least_score == 236.0).sum() < 95


def test_programs_differ_in_all_that_they_look_for(real_catalogue: LoadedCatalogue) -> None:
    programs = world_small(real_catalogue).programs
    for name in ("prestige", "typical_score", "years", "fails", "home", "local", "weeks", "signal"):
        assert np.std(getattr(programs, name)) > 0, name
    assert 0 < np.isneginf(programs.openness[:, US_IMG]).mean() < 0.7


def test_states_have_codes_and_divisions(real_catalogue: LoadedCatalogue) -> None:
    places = places_of(columns_small(real_catalogue))
    assert places.states[places.code("CA")] == "CA"
    assert places.code(None) == places.code("ZZ") == -1
    assert places.division[places.code("CA")] == places.division[places.code("OR")]
    assert places.division[places.code("CA")] != places.division[places.code("NY")]
