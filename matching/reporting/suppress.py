"""Groups of people that are too small to be shown, and those that must go with them.

Where one group is withheld beside a total, the total less the others gives it away. So at least two groups
are withheld together, of at least as many people as a group must have, or nothing is shown at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """``people``: whose numbers are in it; one may be in several groups of one breakdown."""

    name: str
    people: frozenset[str]
    applications: int
    expected: float
    came: int


@dataclass(frozen=True, slots=True)
class Shown:
    """``total`` None: too few people for any number. ``withheld``: names of groups that are not shown."""

    total: Group | None
    groups: tuple[Group, ...] = ()
    withheld: tuple[str, ...] = ()


def groups_shown(groups: Sequence[Group], *, least: int = LEAST) -> Shown:
    """What of ``groups`` and their sum may be shown. Groups without an application are left out."""
    groups = [each for each in groups if each.applications]
    total = group_sum("all", groups)
    if len(total.people) < least:
        return Shown(None)
    withheld = {each.name for each in groups if len(each.people) < least}
    rest = sorted((each for each in groups if each.name not in withheld), key=lambda each: len(each.people))
    while withheld and rest and _given_away(groups, withheld, least):
        withheld.add(rest.pop(0).name)
    return Shown(
        total,
        tuple(each for each in groups if each.name not in withheld),
        tuple(each.name for each in groups if each.name in withheld),
    )


def group_sum(name: str, groups: Sequence[Group]) -> Group:
    return Group(
        name,
        frozenset().union(*(each.people for each in groups)),
        sum(each.applications for each in groups),
        sum(each.expected for each in groups),
        sum(each.came for each in groups),
    )


def _given_away(groups: Sequence[Group], withheld: set[str], least: int) -> bool:
    """The total less what is shown is the sum of the withheld: one group, or too few people."""
    hidden = [each for each in groups if each.name in withheld]
    return len(hidden) == 1 or len(group_sum("", hidden).people) < least
