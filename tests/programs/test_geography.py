from itertools import pairwise

import pytest

from programs.geography import (
    DIVISION_BY_STATE,
    DIVISIONS,
    LOS_ANGELES_COUNTIES,
    RINGS,
    STATES,
    division_of,
    in_los_angeles_county,
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
