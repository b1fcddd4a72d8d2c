"""All counted reports of seasons that are over: forecast and outcome by tier and by kind of graduate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matching.presentation.numbers import counted
from matching.presentation.tiers import TIERS

from .selectors import Tally, tallies_counted
from .suppress import LEAST, Group, Shown, groups_shown
from .timing import season_times

KINDS = {
    "us_img": "US-citizen IMGs",
    "non_us_img": "IMGs who are not US citizens",
    "us_md": "US MD graduates",
    "us_do": "US DO graduates",
    "": "kind not said",
}
FIVES = 5


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    tier: str
    people: str
    expected: str
    came: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    title: str
    lines: tuple[Line, ...]
    withheld: str


@dataclass(frozen=True, slots=True)
class Together:
    """``total`` None where too few people have told; then nothing else is said."""

    total: Line | None
    breakdowns: tuple[Breakdown, ...]
    least: int = LEAST


def together_now(*, today: date) -> Together:
    """As it may be shown to anybody, one query."""
    rows = [row for row in tallies_counted() if season_times(row.season).over(today)]
    by_tier = groups_shown(groups_of_tiers(rows))
    by_kind = groups_shown(groups_of_kinds(rows))
    if by_tier.total is None:
        return Together(None, ())
    return Together(
        _line(by_tier.total, "all tiers"),
        (
            _breakdown("By tier", by_tier, {tier: tier for tier in TIERS}, tiers=True),
            _breakdown("By kind of graduate", by_kind, KINDS),
        ),
    )


def groups_of_tiers(rows: Iterable[Tally]) -> list[Group]:
    rows = list(rows)
    return [
        _group(tier, ((row.code, row.tally[tier]) for row in rows if tier in row.tally)) for tier in TIERS
    ]


def groups_of_kinds(rows: Iterable[Tally]) -> list[Group]:
    cells: dict[str, list[tuple[str, list[float]]]] = defaultdict(list)
    for row in rows:
        cells[row.kind if row.kind in KINDS else ""].extend((row.code, cell) for cell in row.tally.values())
    return [_group(kind, cells[kind]) for kind in KINDS if kind in cells]


def _group(name: str, cells: Iterable[tuple[str, list[float]]]) -> Group:
    cells = list(cells)
    return Group(
        name,
        frozenset(code for code, _ in cells),
        int(sum(cell[0] for _, cell in cells)),
        sum(cell[1] for _, cell in cells),
        int(sum(cell[2] for _, cell in cells)),
    )


def _breakdown(title: str, shown: Shown, names: dict[str, str], *, tiers: bool = False) -> Breakdown:
    lines = tuple(_line(each, names[each.name], tier=each.name if tiers else "") for each in shown.groups)
    gone = len(shown.withheld)
    what = "One group is" if gone == 1 else f"{counted(gone, 'group')} are"
    return Breakdown(
        title,
        lines,
        f"{what} left out: too few people, or their numbers could be worked out." if gone else "",
    )


def _line(group: Group, name: str, *, tier: str = "") -> Line:
    """People in fives and shares in hundreds: one more report cannot be read off two looks."""
    return Line(
        name[:1].upper() + name[1:],
        tier,
        f"{len(group.people) // FIVES * FIVES:,} or more",
        in_hundred(group.expected, group.applications),
        in_hundred(group.came, group.applications),
    )


def in_hundred(number: float, of: int) -> str:
    share = round(number / of * 100) if of else 0
    return str(share) if share or not number else "under 1"
