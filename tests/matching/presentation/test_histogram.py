from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.histogram import MOST_BARS, TAIL, TOP, histogram
from tests.matching.presentation.samples import HISTOGRAM, interviews_of


def test_histogram_first_bar_is_no_interview_and_middle_is_eight_in_ten() -> None:
    drawing = histogram(interviews_of()).drawings[0]
    assert [bar.kind for bar in drawing.bars] == ["none", *["middle"] * 4, "tail", "tail"]


def test_histogram_heights_follow_the_shares() -> None:
    drawing = histogram(interviews_of()).drawings[0]
    tallest = drawing.bars[2]
    assert tallest.y == TOP
    assert round(drawing.bars[0].height / tallest.height, 2) == round(HISTOGRAM[0] / HISTOGRAM[2], 2)
    assert all(round(bar.y + bar.height, 1) == drawing.baseline for bar in drawing.bars)


def test_histogram_text_says_what_the_bars_say() -> None:
    assert histogram(interviews_of()).text == (
        "No interview in about 10 in 100 seasons like yours. "
        "In 8 of 10 seasons 1 to 4 interviews. On average 2.3."
    )


def test_histogram_table_is_its_twin() -> None:
    figure = histogram(interviews_of())
    assert [(row.count, row.share) for row in figure.table[:3]] == [("0", "10"), ("1", "20"), ("2", "30")]
    assert len(figure.table) == len(figure.drawings[0].bars)


def test_histogram_far_end_gathered_and_said() -> None:
    shares = [0.01] * 100
    figure = histogram(interviews_of(histogram=shares, p10=10, p90=89, expected=49.5, none=0.01))
    assert len(figure.table) == MOST_BARS
    assert (figure.table[-1].count, figure.table[-1].share) == ("30+", "70")
    assert figure.drawings[1].ticks[-1].text == "30+"


def test_histogram_same_low_and_high_said_once() -> None:
    figure = histogram(interviews_of(p10=0, p90=0, none=0.95, histogram=[0.95, 0.05]))
    assert figure.drawings[0].labels[1].text == "8 in 10 seasons: 0"


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=120), st.data())
def test_histogram_stays_inside_its_frame(weights: list[float], data: st.DataObject) -> None:
    shares = [weight / sum(weights) for weight in weights]
    low = data.draw(st.integers(0, len(shares) - 1))
    high = data.draw(st.integers(low, len(shares) - 1))
    figure = histogram(interviews_of(histogram=shares, p10=low, p90=high, none=shares[0]))
    for drawing in figure.drawings:
        assert 1 <= len(drawing.bars) <= MOST_BARS
        assert all(bar.x >= 0 and bar.x + bar.width <= drawing.width + 0.2 for bar in drawing.bars)
        assert all(bar.y >= TOP - 0.1 and bar.height >= 0 for bar in drawing.bars)
        assert all(0 <= tick.x <= drawing.width for tick in drawing.ticks)
    left_out = sum(shares[len(figure.table) :])
    assert left_out < TAIL or figure.table[-1].count.endswith("+")
