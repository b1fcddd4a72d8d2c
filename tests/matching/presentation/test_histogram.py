import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.histogram import (
    DOT_LARGEST,
    MOST_COLUMNS,
    SEASONS,
    STACK,
    TOP,
    Grid,
    histogram,
    none_words,
    places,
    seasons_of,
)
from tests.matching.presentation.samples import interviews_of


def test_histogram_draws_a_hundred_seasons_one_dot_each() -> None:
    for drawing in histogram(interviews_of()).drawings:
        assert {dots.kind: dots.count for dots in drawing.dots} == {"none": 10, "middle": 82, "tail": 8}
        assert sum(dots.path.count("M") for dots in drawing.dots) == SEASONS


def test_places_fill_each_column_from_the_ground_around_its_middle() -> None:
    grid = Grid(step=40.0, size=10.0, across=3)
    columns = places((4, 1), grid, baseline=100.0)
    assert columns == [[(10.0, 93.0), (20.0, 93.0), (30.0, 93.0), (10.0, 83.0)], [(60.0, 93.0)]]


def test_histogram_text_says_what_the_dots_say() -> None:
    assert histogram(interviews_of()).text == (
        "No interview in about 10 in 100 seasons like yours. "
        "In 8 of 10 seasons 1 to 4 interviews. On average 2.3."
    )


def test_histogram_table_is_its_twin() -> None:
    figure = histogram(interviews_of())
    assert [(row.count, row.share) for row in figure.table[:3]] == [("0", "10"), ("1", "20"), ("2", "30")]
    assert sum(int(row.share) for row in figure.table) == SEASONS


def test_histogram_far_end_gathered_and_said() -> None:
    shares = [0.01] * 100
    figure = histogram(interviews_of(histogram=shares, p10=10, p90=89, expected=49.5, none=0.01))
    assert len(figure.table) == MOST_COLUMNS
    assert (figure.table[-1].count, figure.table[-1].share) == ("40+", "60")
    assert figure.drawings[1].ticks[-1].text == "40+"


def test_histogram_same_low_and_high_said_once() -> None:
    figure = histogram(interviews_of(p10=0, p90=0, none=0.95, histogram=[0.95, 0.05]))
    assert figure.drawings[0].labels[1].text == "8 in 10 seasons: 0"


@pytest.mark.parametrize(
    ("none", "words"),
    [
        (0.1, "10 in 100 seasons: no interview"),
        (0.001, "fewer than 1 in 100 seasons: no interview"),
        (0.999, "more than 99 in 100 seasons: no interview"),
    ],
)
def test_none_words_is_the_number_that_is_drawn(none: float, words: str) -> None:
    assert none_words(none) == words


def test_seasons_of_nothing_but_none_is_one_column() -> None:
    assert seasons_of([1.0], 100) == (100,)
    assert seasons_of([0.999, 0.001], 100) == (100,)


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=120), st.data())
def test_histogram_stays_inside_its_frame(weights: list[float], data: st.DataObject) -> None:
    shares = [weight / sum(weights) for weight in weights]
    low = data.draw(st.integers(0, len(shares) - 1))
    high = data.draw(st.integers(low, len(shares) - 1))
    figure = histogram(interviews_of(histogram=shares, p10=low, p90=high, none=shares[0]))
    for drawing in figure.drawings:
        assert sum(dots.count for dots in drawing.dots) == SEASONS
        assert len(figure.table) <= MOST_COLUMNS
        assert drawing.baseline <= TOP + STACK + 4
        assert 0 < drawing.size < DOT_LARGEST
        drawn = [part for dots in drawing.dots for part in dots.path.split("M")[1:]]
        for x, y in (part.removesuffix("h0").split(" ") for part in drawn):
            assert drawing.size / 2 <= float(x) <= drawing.width - drawing.size / 2
            assert TOP <= float(y) - drawing.size / 2 < float(y) <= drawing.baseline
        assert all(0 <= tick.x <= drawing.width for tick in drawing.ticks)
        assert all(0 <= label.x <= drawing.width for label in drawing.labels)
