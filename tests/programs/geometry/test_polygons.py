import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.geometry.polygons import area, distance, inside, middle, path_of, rings_of

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
HOLE = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0))
TENTHS = st.integers(-9999, 9999).map(lambda tenths: tenths / 10)
# Steps that stand still say nothing and are not written.
RINGS = st.lists(st.tuples(TENTHS, TENTHS), min_size=3, max_size=12, unique=True)


@given(st.lists(RINGS, min_size=1, max_size=4))
def test_rings_of_reads_what_path_of_writes(rings: list[list[tuple[float, float]]]) -> None:
    assert [list(ring) for ring in rings_of(path_of(rings))] == rings


def test_path_of_is_short() -> None:
    assert path_of([SQUARE]) == "M0 0l10 0 0 10-10 0z"
    assert path_of([((0.5, -0.5), (1.0, 0.0), (0.0, 0.0))]) == "M.5-.5l.5 .5-1 0z"


def test_inside_minds_holes() -> None:
    assert inside((2, 2), (SQUARE, HOLE))
    assert not inside((5, 5), (SQUARE, HOLE))
    assert not inside((11, 5), (SQUARE, HOLE))


def test_distance_is_nought_inside_and_to_the_border_outside() -> None:
    assert distance((2, 2), (SQUARE,)) == 0
    assert distance((13, 5), (SQUARE,)) == pytest.approx(3)
    assert distance((13, 14), (SQUARE,)) == pytest.approx(5)
    assert distance((5, 5), (SQUARE, HOLE)) == pytest.approx(1)


def test_middle_lies_well_inside_the_largest_ring() -> None:
    horseshoe = ((0, 0), (30, 0), (30, 30), (20, 30), (20, 10), (10, 10), (10, 30), (0, 30))
    point = middle([SQUARE, horseshoe])
    assert area(horseshoe) == 700
    assert inside(point, (horseshoe,))
    assert distance(point, (SQUARE,)) >= 0
