from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from programs.geometry.spreading import spread

POINTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=60)


@given(POINTS, st.floats(1, 12))
def test_spread_leaves_no_two_marks_nearer_than_the_gap(points: list[tuple[int, int]], gap: float) -> None:
    placed = spread(points, gap)
    assert len(placed) == len(points)
    assert all(dist(a, b) >= 0.999 * gap for a, b in combinations(placed, 2))
    assert spread(points, gap) == placed


@given(st.tuples(st.floats(0, 900), st.floats(0, 600)), st.floats(2, 12))
def test_spread_leaves_a_lonely_mark_nearly_where_it_is(point: tuple[float, float], gap: float) -> None:
    assert dist(spread([point], gap)[0], point) <= 0.75 * gap


def test_spread_sets_a_city_round_its_place() -> None:
    placed = spread([(300.0, 300.0)] * 200, 6)
    assert max(dist(point, (300, 300)) for point in placed) < 60
