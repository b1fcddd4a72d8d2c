"""The order of the queue: it never falls where anything gets worse, and stays between 0 and 100."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.review.danger import UNJUDGED, WEIGHTS, WORST, Risk, danger

shares = st.floats(0, 1, allow_nan=False)
counts = st.integers(0, 400)
risks = st.builds(
    Risk,
    p_none=st.none() | shares,
    p_match=st.none() | shares,
    strict_fails=counts,
    days=st.none() | st.integers(0, 400),
    unused_signals=counts,
    over_budget_usd=st.integers(0, 50_000),
    missing_facts=counts,
    programs=counts,
    cost_usd=st.none() | st.integers(0, 50_000),
)
# Column to values, and whether more of it is worse.
COLUMNS: dict[str, tuple[st.SearchStrategy[Any], bool]] = {
    "p_none": (shares, True),
    "p_match": (shares, False),
    "strict_fails": (counts, True),
    "days": (st.integers(0, 400), False),
    "unused_signals": (counts, True),
    "over_budget_usd": (st.integers(0, 50_000), True),
    "missing_facts": (counts, True),
}
SLACK = 1e-9


@pytest.mark.parametrize("column", COLUMNS)
@given(data=st.data(), risk=risks)
def test_danger_never_falls_where_a_column_gets_worse(column: str, data: st.DataObject, risk: Risk) -> None:
    values, more_is_worse = COLUMNS[column]
    less, more = sorted([data.draw(values), data.draw(values)])
    at_less, at_more = (danger(replace(risk, **{column: value})) for value in (less, more))
    assert at_more >= at_less - SLACK if more_is_worse else at_less >= at_more - SLACK


@given(risk=risks)
def test_danger_is_between_0_and_100(risk: Risk) -> None:
    assert -SLACK <= danger(risk) <= 100 + SLACK


@given(risk=risks, days=st.integers(0, 400))
def test_danger_without_a_deadline_ahead_presses_least(risk: Risk, days: int) -> None:
    assert danger(replace(risk, days=None)) <= danger(replace(risk, days=days)) + SLACK


@given(risk=risks, programs=counts, cost=st.none() | counts)
def test_danger_does_not_weigh_what_is_only_shown(risk: Risk, programs: int, cost: int | None) -> None:
    assert danger(replace(risk, programs=programs, cost_usd=cost)) == danger(risk)


def test_danger_at_its_ends() -> None:
    assert sum(WEIGHTS) == 100
    assert danger(Risk(p_none=0.0, p_match=1.0)) == 0
    worst = Risk(
        p_none=1.0, p_match=0.0, strict_fails=WORST.strict, days=0, unused_signals=WORST.signals,
        over_budget_usd=WORST.over_budget_usd, missing_facts=WORST.facts,
    )  # fmt: skip
    assert danger(worst) == pytest.approx(100)


def test_danger_of_an_unjudged_list_is_neither_best_nor_worst() -> None:
    unjudged = danger(Risk())
    assert danger(Risk(p_none=0.0, p_match=1.0)) < unjudged < danger(Risk(p_none=1.0, p_match=0.0))
    assert unjudged == danger(Risk(p_none=UNJUDGED, p_match=UNJUDGED))


def test_no_interview_outweighs_any_other_part() -> None:
    assert WEIGHTS.no_interview > max(WEIGHTS[1:])
