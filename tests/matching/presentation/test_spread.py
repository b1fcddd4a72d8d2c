import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.spread import Marks, SpreadRow, spread, spread_sentence
from tests.matching.presentation.samples import row_of

ROWS = [
    row_of(1, probability=0.02),
    row_of(2, probability=0.0202),
    row_of(3, probability=0.18, tier="target"),
    row_of(4, probability=0.05, ring="national"),
]


def points_of(marks: Marks) -> list[tuple[float, float]]:
    """Where the marks of a path begin."""
    starts = re.findall(r"M([-\d.]+) ([-\d.]+)", marks.path)
    return [(float(x), float(y)) for x, y in starts]


def test_spread_one_mark_a_program_in_the_lane_of_its_ring() -> None:
    figure = spread(ROWS)
    assert figure is not None
    for drawing in figure.drawings:
        assert [lane.label for lane in drawing.lanes] == ["Los Angeles, 3", "Rest of the nation, 1"]
        marks = [{each.tier: each.count for each in lane.marks} for lane in drawing.lanes]
        assert marks == [{"target": 1, "reach": 2}, {"reach": 1}]


def test_spread_likelier_is_further_right_and_the_same_is_stacked() -> None:
    figure = spread(ROWS)
    assert figure is not None
    high, low = figure.drawings[0].lanes[0].marks
    (stacked_x, stacked_y), (low_x, low_y) = points_of(low)
    ((high_x, _),) = points_of(high)
    assert stacked_x == low_x < high_x
    assert stacked_y < low_y


def test_spread_table_is_its_twin_and_its_text() -> None:
    figure = spread(ROWS)
    assert figure is not None
    assert figure.heads == ("safety", "target", "reach")
    assert figure.table == (
        SpreadRow("Los Angeles", 3, (0, 1, 2), "2\N{EN DASH}18%"),
        SpreadRow("rest of the nation", 1, (0, 0, 1), "5%"),
    )
    assert figure.text == (
        "Los Angeles: 3 programs, 1 target and 2 reach, 2\N{EN DASH}18% interview. "
        "Rest of the nation: 1 program, 1 reach, 5% interview."
    )


def test_spread_a_program_without_a_number_is_told_not_drawn() -> None:
    figure = spread([*ROWS, row_of(5, probability=None)])
    assert figure is not None
    lane = figure.drawings[0].lanes[0]
    assert lane.label == "Los Angeles, 4 (1 without a number)"
    assert sum(marks.count for marks in lane.marks) == 3
    assert spread([row_of(1, probability=None)]) is None
    assert spread([]) is None


def test_spread_sentence_names_the_middle_and_the_best() -> None:
    assert spread_sentence(ROWS) == "Half of these programs stand below 5% interview; the best stands at 18%."
    assert spread_sentence(ROWS[:2]) == ""
    faint = [row_of(number, probability=0.001 * number) for number in range(1, 6)]
    assert spread_sentence(faint) == (
        "Half of these programs stand under 1% interview; the best stands at under 1%."
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_spread_stays_inside_its_frame(odds: list[float]) -> None:
    figure = spread([row_of(at, probability=each) for at, each in enumerate(odds)])
    assert figure is not None
    for drawing in figure.drawings:
        for lane in drawing.lanes:
            assert sum(marks.count for marks in lane.marks) == len(odds)
            for x, y in (point for marks in lane.marks for point in points_of(marks)):
                assert 0 <= x <= drawing.width
                assert lane.label_y < y < lane.floor
        assert drawing.ticks[0].words == "0"
        assert all(0 <= tick.x <= drawing.width for tick in drawing.ticks)


@pytest.mark.parametrize(
    ("best", "words"),
    [
        (0.18, ["0", "5%", "10%", "15%", "20%"]),
        (0.55, ["0", "20%", "40%", "60%"]),
        (0.004, ["0", "1%"]),
        (1.0, ["0", "20%", "40%", "60%", "80%", "100%"]),
    ],
)
def test_spread_scale_ends_at_a_tick(best: float, words: list[str]) -> None:
    figure = spread([row_of(1, probability=best)])
    assert figure is not None
    ticks = figure.drawings[0].ticks
    assert [tick.words for tick in ticks] == words
    assert (ticks[0].anchor, ticks[-1].anchor) == ("start", "end")
