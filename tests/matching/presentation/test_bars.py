import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.bars import HALF, contribution_bars, signed

contributions = st.floats(-3, 3, allow_nan=False).map(lambda value: round(value, 4))


def factors_of(*values: float) -> list[dict[str, object]]:
    return [
        {"factor": f"f{i}", "label": f"Reason {i}", "contribution": value} for i, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("value", "words"), [(6.2, "+6.2"), (-4.13, "\N{MINUS SIGN}4.1"), (0.04, "0"), (-0.04, "0")]
)
def test_signed_one_decimal(value: float, words: str) -> None:
    assert signed(value) == words


def test_contribution_bars_largest_first_and_zeroes_left_out() -> None:
    table = contribution_bars(-3.0, factors_of(0.2, -0.6, 0.0, 0.3))
    assert [(bar.value, bar.side) for bar in table.rows] == [
        ("\N{MINUS SIGN}6.0", "down"),
        ("+3.0", "up"),
        ("+2.0", "up"),
    ]
    assert (table.start, table.total) == ("\N{MINUS SIGN}30.0", "\N{MINUS SIGN}31.0")


def test_contribution_bars_meaning_is_the_chance_they_add_up_to() -> None:
    assert contribution_bars(0.0, factors_of(1.0, -1.0)).meaning == "50% interview"


def test_contribution_bars_without_factors() -> None:
    table = contribution_bars(-2.0, [])
    assert (table.rows, table.start, table.total) == ((), table.total, table.start)


@given(base=st.floats(-6, 2), values=st.lists(contributions, min_size=1, max_size=24))
def test_contribution_bars_stay_in_the_picture_and_add_up(base: float, values: list[float]) -> None:
    table = contribution_bars(base, factors_of(*values))
    for bar in table.rows:
        assert 50 - HALF <= bar.x <= 50
        assert 0 <= bar.width <= HALF
        assert bar.x + bar.width <= 50 + HALF
    total = float(table.total.replace("\N{MINUS SIGN}", "-"))
    assert math.isclose(total, (base + sum(values)) * 10, abs_tol=0.051)
