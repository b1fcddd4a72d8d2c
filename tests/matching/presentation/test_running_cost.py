"""Dollars program by program, and the step where they rise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.running_cost import Applied, RunningCost, running_cost
from matching.reference import model_for

MODEL = model_for("2027")
IM = Applied("internal-medicine", "Internal medicine")
FM = Applied("family-medicine", "Family medicine")
EM = Applied("emergency-medicine", "Emergency medicine")


def cost(programs: list[Applied], max_usd: int | None = None) -> RunningCost:
    return running_cost(programs, MODEL.fees, MODEL.services, max_usd=max_usd)


def test_running_cost_steps_up_after_thirty_of_a_specialty() -> None:
    lines = cost([IM] * 32).lines
    assert [line.price for line in lines[28:32]] == ["+$11", "+$11", "+$30", "+$30"]
    assert (lines[29].total, lines[30].total) == ("$330", "$360")
    assert lines[30].marks == ("From here each Internal medicine program costs $30, not $11.",)
    assert [line.marks for line in lines if line.marks] == [lines[30].marks]


def test_running_cost_counts_each_specialty_by_itself() -> None:
    """The sums AAMC publishes: 43 in one specialty and 7 in another cost $797."""
    lines = cost([IM] * 25 + [FM] * 7 + [IM] * 18).lines
    assert lines[-1].total == "$797"
    assert [place for place, line in enumerate(lines, start=1) if line.marks] == [38]


def test_running_cost_of_a_service_with_a_price_for_many_together() -> None:
    lines = cost([EM] * 19).lines
    if MODEL.services[EM.specialty] == "eras":
        pytest.skip("this season the specialty applies through ERAS")
    assert lines[0].marks == ("Emergency medicine: 18 programs cost $99 together.",)
    assert (lines[0].price, lines[1].price, lines[18].price) == ("+$99", "in the price above", "+$18")


def test_running_cost_marks_where_the_budget_ends() -> None:
    found = cost([IM] * 5, max_usd=40)
    assert [line.marks for line in found.lines] == [(), (), (), ("Your budget of $40 ends here.",), ()]
    assert found.over_budget == 15
    assert cost([IM] * 3, max_usd=33).over_budget == 0


def test_running_cost_of_an_unknown_service_says_so() -> None:
    found = running_cost([Applied("astrology", "Astrology")], MODEL.fees, MODEL.services)
    assert (found.lines[0].price, found.total) == ("fee not known", 0)


@given(st.lists(st.sampled_from([IM, FM, EM]), max_size=90))
def test_running_cost_ends_at_what_the_model_says_in_any_order(programs: list[Applied]) -> None:
    counts = {each.specialty: programs.count(each) for each in (IM, FM, EM)}
    assert cost(programs).total == MODEL.fees.cost(counts, MODEL.services)
