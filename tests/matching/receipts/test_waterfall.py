from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.receipts.waterfall import figure_lines, waterfall

NAMES = ["Your Step 3", "Your letters", "The rest"]


def document(before: float, shares: tuple[float, float], rest: float | None = None) -> dict[str, Any]:
    def figure(name: str, times: float) -> dict[str, Any]:
        after = (before + sum(shares) + (rest or 0.0)) * times
        each = [share * times for share in shares]
        return {
            "name": name,
            "before": before * times,
            "after": after,
            "shares": each,
            "rest": (rest or 0.0) * times,
        }

    return {
        "figures": [
            figure(name, times)
            for name, times in (("match", 1), ("los_angeles", 0.5), ("interviews", 9), ("cost", 1800))
        ],
        "ends": [{"match": [before - 0.1, before + 0.1]}, {"match": [None, None]}],
        "rest": None if rest is None else "model",
    }


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("$", "").replace(",", ""))


@given(st.floats(0.2, 0.5), st.tuples(st.floats(-0.1, 0.2), st.floats(-0.1, 0.2)))
def test_waterfall_printed_adds_up(before: float, shares: tuple[float, float]) -> None:
    figure = waterfall(document(before, shares), NAMES)
    steps = sum(number(step.value) for step in figure.steps)
    assert number(figure.before.value) + steps == pytest.approx(number(figure.after.value))
    assert steps == pytest.approx(number(figure.change))


@given(st.floats(0.2, 0.5), st.tuples(st.floats(-0.1, 0.2), st.floats(-0.1, 0.2)))
def test_figure_lines_printed_add_up(before: float, shares: tuple[float, float]) -> None:
    first, *steps, last = figure_lines(document(before, shares, 0.013), NAMES)
    for at in range(4):
        change = sum(number(step.values[at]) for step in steps)
        assert number(first.values[at]) + change == pytest.approx(number(last.values[at]))


def test_waterfall_bars_begin_where_the_last_one_ended() -> None:
    figure = waterfall(document(0.3, (0.2, -0.05)), NAMES)
    up, down = figure.steps
    assert (up.side, down.side) == ("up", "down")
    assert up.x == figure.before.point
    assert up.end == pytest.approx(up.x + up.width)
    assert down.end == down.x == figure.after.point


def test_waterfall_tells_a_rest_only_where_there_is_one() -> None:
    assert [step.label for step in waterfall(document(0.3, (0.1, 0.1)), NAMES).steps] == NAMES[:2]
    assert [step.label for step in waterfall(document(0.3, (0.1, 0.1), 0.05), NAMES).steps] == NAMES


def test_waterfall_end_without_a_range_has_none() -> None:
    figure = waterfall(document(0.3, (0.1, 0.1)), NAMES)
    assert (figure.before.range, figure.after.range) == ("20–40%", "")
    assert figure.after.low is None


def test_figure_lines_say_what_each_cause_did() -> None:
    first, step3, letters, last = figure_lines(document(0.3, (0.1, -0.05)), NAMES)
    assert first.values == ("30.0", "15.0", "2.70", "$540")
    assert step3.values == ("+10.0", "+5.0", "+0.90", "+$180")
    assert letters.values == ("−5.0", "−2.5", "−0.45", "−$90")
    assert last.values == ("35.0", "17.5", "3.15", "$630")
