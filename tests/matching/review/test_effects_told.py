"""What a change does to a list, in a line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.review.effects_told import cost_words, effect_words, figures_words

shares = st.floats(0, 1)
costs = st.integers(0, 20_000)


def effect(p_none: Any, cost: Any) -> dict[str, Any]:
    return {"p_none": p_none, "p_match": None, "cost_usd": cost, "applications": 4}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((0.31, 300), (0.27, 330), "No interview at all: 31% → 27%. Cost +$30."),
        ((0.31, 330), (0.312, 300), "No interview at all stays 31%. Cost −$30."),
        ((0.31, 1_000), (0.4, 1_000), "No interview at all: 31% → 40%. Cost the same."),
        ((None, 300), (0.3, 330), "Cost +$30."),
        ((None, None), (None, 10), ""),
        ((0.31, 300), (0.31, 300), ""),
    ],
)
def test_effect_in_a_line(before: tuple[Any, Any], after: tuple[Any, Any], words: str) -> None:
    assert effect_words({"without": effect(*before), "with": effect(*after)}) == words


def test_effect_that_was_never_reckoned_says_nothing() -> None:
    assert effect_words(None) == ""


@given(shares, shares, costs, costs)
def test_effect_of_any_list_says_both_and_claims_no_certainty(
    was: float, now: float, cost_was: int, cost_now: int
) -> None:
    words = figures_words(effect(was, cost_was), effect(now, cost_now))
    assert words.startswith("No interview at all")
    assert " 0%" not in words
    assert " 100%" not in words
    assert words.endswith(f"{cost_words(cost_now - cost_was)}.")
