"""Nothing of fewer than five people can be read off, also not by taking what is shown from the whole."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.reporting.suppress import LEAST, Group, Shown, group_sum, groups_shown

people = st.frozensets(st.sampled_from([f"p{number}" for number in range(14)]), max_size=12)


@st.composite
def breakdowns(draw: st.DrawFn) -> list[Group]:
    """Groups of one breakdown; as with tiers, one person may be in several."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        members = draw(people)
        applications = draw(st.integers(len(members), 60)) if members else 0
        came = draw(st.integers(0, applications))
        found.append(Group(f"g{number}", members, applications, applications * 0.1, came))
    return found


def told(shown: Shown, groups: list[Group]) -> list[tuple[frozenset[str], ...]]:
    """Every sum over groups that follows from what is shown: sets of groups, by linear algebra."""
    asked = [each for each in groups if each.applications]
    if shown.total is None or not asked:
        return []
    names = [each.name for each in asked]
    known = [[1.0] * len(names)] + [[float(name == each.name) for name in names] for each in shown.groups]
    rank = np.linalg.matrix_rank(np.array(known))
    follow = []
    for size in range(1, len(asked) + 1):
        for chosen in combinations(asked, size):
            row = [float(each in chosen) for each in asked]
            if np.linalg.matrix_rank(np.array([*known, row])) == rank:
                follow.append(tuple(each.people for each in chosen))
    return follow


@given(breakdowns())
def test_no_sum_that_follows_is_of_fewer_than_five(groups: list[Group]) -> None:
    for sets in told(groups_shown(groups), groups):
        assert len(frozenset().union(*sets)) >= LEAST


@given(breakdowns())
def test_no_group_of_fewer_than_five_is_shown_or_follows_alone(groups: list[Group]) -> None:
    small = [each.people for each in groups if each.applications and len(each.people) < LEAST]
    shown = groups_shown(groups)

    assert all(len(each.people) >= LEAST for each in shown.groups)
    follow = told(shown, groups)
    assert not any((each,) in follow for each in small)


@given(breakdowns())
def test_what_is_shown_is_true_and_the_rest_is_named(groups: list[Group]) -> None:
    shown = groups_shown(groups)

    asked = [each for each in groups if each.applications]
    if shown.total is None:
        assert len(group_sum("all", groups).people) < LEAST
        assert (shown.groups, shown.withheld) == ((), ())
    else:
        assert shown.total == group_sum("all", asked)
        assert {each.name for each in shown.groups} | set(shown.withheld) == {each.name for each in asked}
        assert set(shown.groups) <= set(groups)


@given(breakdowns())
def test_nothing_is_withheld_where_every_group_is_large(groups: list[Group]) -> None:
    large = [each for each in groups if each.applications and len(each.people) >= LEAST]

    assert groups_shown(large).withheld == ()


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    names = [f"p{number}" for number in range(30)]
    groups = [
        Group("one", frozenset(names[:2]), 20, 1.0, 1),
        Group("two", frozenset(names[2:22]), 20, 1.0, 1),
        Group("three", frozenset(names[22:29]), 20, 1.0, 1),
    ]

    shown = groups_shown(groups)

    assert (shown.withheld, [each.name for each in shown.groups]) == (("one", "three"), ["two"])
