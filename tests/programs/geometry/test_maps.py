from pathlib import Path

import orjson
import pytest
from django.conf import settings

from programs.geography import LOS_ANGELES_AT, LOS_ANGELES_COUNTIES, STATES
from programs.geometry.albers import LOS_ANGELES, LOS_ANGELES_SIZE, US_SIZE, us_conic
from programs.geometry.maps import map_get, svg_of
from programs.geometry.polygons import area, inside

CAPITALS = {
    "CA": (38.5816, -121.4944),
    "NY": (42.6526, -73.7562),
    "TX": (30.2672, -97.7431),
    "AK": (58.3019, -134.4197),
    "HI": (21.3069, -157.8583),
    "MI": (42.7325, -84.5555),
    "DC": (38.9072, -77.0369),
}


def test_us_map_holds_every_state_within_its_frame() -> None:
    us = map_get("us")
    assert set(us.regions) == set(STATES)
    assert (us.width, us.height) == US_SIZE
    assert "Census Bureau" in us.source
    for region in us.regions.values():
        assert all(0 <= x <= us.width and 0 <= y <= us.height for ring in region.rings for x, y in ring), (
            region.code
        )
        assert inside(region.middle, region.rings)


@pytest.mark.parametrize("state", CAPITALS)
def test_us_map_capital_lies_in_its_state_alone(state: str) -> None:
    point = us_conic(state).forward(*CAPITALS[state])
    regions = map_get("us").regions
    assert [code for code in regions if inside(point, regions[code].rings)] == [state]


def test_us_map_areas_stand_to_each_other_as_they_do_on_the_ground() -> None:
    drawn = {code: sum(map(area, region.rings)) for code, region in map_get("us").regions.items()}
    # Square miles of the Census Bureau, land and water within the coast: Texas 268,596, California 163,695.
    assert drawn["TX"] / drawn["CA"] == pytest.approx(268_596 / 163_695, rel=0.03)
    assert drawn["CO"] / drawn["WY"] == pytest.approx(104_094 / 97_813, rel=0.01)


def test_los_angeles_map_holds_the_five_counties_and_neighbours() -> None:
    regions = map_get("los_angeles").regions
    assert {code for code in regions if not regions[code].is_neighbour} == set(LOS_ANGELES_COUNTIES)
    x, y = LOS_ANGELES.forward(*LOS_ANGELES_AT)
    assert inside((x, y), regions["Los Angeles"].rings)
    assert 0 < x < LOS_ANGELES_SIZE[0] / 2


@pytest.mark.parametrize("name", ["us", "los_angeles"])
def test_drawing_is_that_of_the_map_and_small(name: str) -> None:
    document = orjson.loads((Path(settings.BASE_DIR) / "fixtures" / "geometry" / f"{name}.json").read_bytes())
    drawing = Path(settings.BASE_DIR) / "static" / "img" / f"map-{name.replace('_', '-')}.svg"
    assert drawing.read_text() == svg_of(document)
    assert drawing.stat().st_size < 40_000
