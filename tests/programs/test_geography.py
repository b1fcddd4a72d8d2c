from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.geography import (
    DIVISION_BY_STATE,
    DIVISIONS,
    LOS_ANGELES_AT,
    LOS_ANGELES_COUNTIES,
    RINGS,
    STATES,
    division_of,
    in_los_angeles_county,
    miles_between,
    miles_from_los_angeles,
    ring_of,
    rings_within,
)


@pytest.mark.parametrize("county", LOS_ANGELES_COUNTIES)
def test_ring_of_the_five_counties_is_los_angeles(county: str) -> None:
    assert ring_of("CA", county) == "los-angeles"
    assert ring_of("TX", county) == "national"


def test_ring_of_states_is_the_innermost() -> None:
    assert ring_of("CA", "Alameda") == "california"
    assert {ring_of(state, "") for state in ("OR", "WA", "NV", "AZ", "HI", "AK")} == {"west-coast"}
    assert ring_of("PR", "San Juan") == "national"


def test_los_angeles_county_is_one_of_five() -> None:
    assert in_los_angeles_county("CA", "Los Angeles")
    assert not in_los_angeles_county("CA", "Orange")
    assert not in_los_angeles_county("NM", "Los Angeles")


def test_rings_nest() -> None:
    held = [set(rings_within(ring)) for ring in RINGS]
    assert all(inner < outer for inner, outer in pairwise(held))
    with pytest.raises(ValueError, match="tuple"):
        rings_within("moon")


def test_division_of_every_state_but_puerto_rico() -> None:
    assert {state for state in STATES if division_of(state) is None} == {"PR"}
    assert sum(len(states) for states in DIVISIONS.values()) == len(DIVISION_BY_STATE) == 51
    assert division_of("CA") == "pacific"
    assert division_of("XX") is None


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("place", "miles"),
    [
        ((34.0522, -118.2437), 0),
        ((32.7157, -117.1611), 112),
        ((37.7749, -122.4194), 347),
        ((40.7128, -74.006), 2446),
    ],
)
def test_miles_from_los_angeles_of_cities_is_the_known_distance(
    place: tuple[float, float], miles: float
) -> None:
    assert miles_from_los_angeles(*place) == pytest.approx(miles, abs=2)


def test_miles_from_los_angeles_of_an_unknown_place_is_unknown() -> None:
    assert miles_from_los_angeles(None, -118.0) is None
    assert miles_from_los_angeles(34.0, None) is None


@given(POINTS, POINTS)
def test_miles_between_is_the_same_both_ways_and_at_most_half_round(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    assert miles_between(here, there) == pytest.approx(miles_between(there, here), abs=1e-6)
    assert 0 <= miles_between(here, there) <= 12_438
    assert miles_between(LOS_ANGELES_AT, LOS_ANGELES_AT) == 0
