from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.geometry.albers import INSETS, LOS_ANGELES, LOWER_48, US_SIZE, Conic, us_conic

CITIES = {
    "Los Angeles": ("CA", 34.0522, -118.2437),
    "New York": ("NY", 40.7128, -74.0060),
    "Seattle": ("WA", 47.6062, -122.3321),
    "Miami": ("FL", 25.7617, -80.1918),
    "Chicago": ("IL", 41.8781, -87.6298),
    "Anchorage": ("AK", 61.2181, -149.9003),
    "Honolulu": ("HI", 21.3069, -157.8583),
    "San Juan": ("PR", 18.4655, -66.1057),
}


def at(city: str) -> tuple[float, float]:
    state, latitude, longitude = CITIES[city]
    return us_conic(state).forward(latitude, longitude)


@pytest.mark.parametrize("conic", [LOWER_48, LOS_ANGELES, *INSETS.values()])
@given(north=st.floats(-8, 8), east=st.floats(-25, 25))
def test_conic_inverse_undoes_forward(conic: Conic, north: float, east: float) -> None:
    latitude, longitude = conic.centre[0] + north, conic.centre[1] + east
    assert conic.inverse(*conic.forward(latitude, longitude)) == pytest.approx(
        (latitude, longitude), abs=1e-6
    )


@pytest.mark.parametrize("conic", [LOWER_48, LOS_ANGELES, *INSETS.values()])
def test_conic_keeps_areas_everywhere(conic: Conic) -> None:
    """A tenth of a degree square covers the same pixels for the ground it covers, wherever it lies."""

    def pixels_by_ground(latitude: float, longitude: float) -> float:
        corners = [(latitude, longitude), (latitude + 0.1, longitude), (latitude, longitude + 0.1)]
        (x0, y0), (x1, y1), (x2, y2) = (conic.forward(*corner) for corner in corners)
        return abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / cos(radians(latitude + 0.05))

    middle = pixels_by_ground(*conic.centre)
    for north, east in ((-4, -10), (-4, 10), (4, -10), (4, 10)):
        assert pixels_by_ground(conic.centre[0] + north, conic.centre[1] + east) == pytest.approx(
            middle, rel=0.01
        )


def test_conic_takes_the_short_way_over_the_date_line() -> None:
    alaska = us_conic("AK")
    assert alaska.forward(52.0, 179.0)[0] < alaska.forward(52.0, -179.0)[0] < alaska.at[0]


def test_us_map_shows_every_city_where_a_reader_looks_for_it() -> None:
    assert at("Los Angeles")[0] < at("Chicago")[0] < at("New York")[0]
    assert at("Seattle")[1] < at("New York")[1] < at("Los Angeles")[1] < at("Miami")[1]
    for city in CITIES:
        x, y = at(city)
        assert 0 < x < US_SIZE[0]
        assert 0 < y < US_SIZE[1]
    for inset in ("Anchorage", "Honolulu"):
        assert at(inset)[1] > at("Los Angeles")[1]
