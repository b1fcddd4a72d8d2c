from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from programs.geometry.albers import Conic
from programs.geometry.building import Atlas, Shape, region, simplify
from programs.geometry.polygons import area, rings_of

CONIC = Conic((-1.0, 1.5), (0.5, 0.5), 5730, (100, 100))  # a degree is a hundred pixels
FINE = Shape(triangle=0.5, island=4.0)
LINES = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=40)


def two_squares() -> dict[str, Any]:
    """Two squares of one degree side by side; the border between them (arc 0) has a needless point."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [
            [[100, 0], [0, 50], [0, 50]],
            [[100, 100], [-100, 0], [0, -100], [100, 0]],
            [[100, 0], [100, 0], [0, 100], [-100, 0]],
        ],
        "objects": {
            "states": {
                "geometries": [
                    {"type": "Polygon", "id": "01", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "02", "properties": {"name": "East"}, "arcs": [[[2, -1]]]},
                ]
            }
        },
    }


def test_atlas_neighbours_share_one_simplified_border() -> None:
    atlas = Atlas(two_squares())
    regions = atlas.regions("states")
    assert {code: name for code, (name, _) in regions.items()} == {"01": "West", "02": "East"}
    (west,), (east,) = (atlas.rings(regions[code][1], CONIC, FINE) for code in ("01", "02"))
    assert len(west) == len(east) == 4
    assert len(set(west) & set(east)) == 2


def test_atlas_leaves_out_islands_but_never_the_largest() -> None:
    atlas = Atlas(two_squares())
    arcs = [ring for _, rings in atlas.regions("states").values() for ring in rings]
    assert len(atlas.rings(arcs, CONIC, Shape(triangle=0.5, island=1e9))) == 1
    assert len(atlas.rings(arcs, CONIC, FINE)) == 2


@given(LINES, st.floats(0, 500))
def test_simplify_keeps_ends_and_order_and_adds_nothing(
    line: list[tuple[float, float]], least: float
) -> None:
    kept = simplify(line, least)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    remaining = iter(line)
    assert all(point in remaining for point in kept)


@given(LINES.filter(lambda line: len(line) > 3))
def test_simplify_of_a_closed_line_stays_a_shape(line: list[tuple[float, float]]) -> None:
    assert len(simplify([*line, line[0]], 1e9)) >= 4


def test_region_is_what_a_map_keeps() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    kept = region("CA", "California", [square])
    assert kept["code"] == "CA"
    assert area(rings_of(kept["path"])[0]) == 100
