"""The report in words: one sentence, a figure and a table for each way to group."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.presentation.numbers import counted as count_words
from matching.presentation.numbers import percent, percent_range

from .chart import Bar, Drawing, drawings
from .counting import FACETS, FEW, LIKELIHOOD, Counted, Group, wilson
from .words import NAMES, REASONS, TITLES

NOTHING_YET = "No advisor has answered a list yet, so there is nothing to compare."
NO_MOVE = "Advisors looked at {} and moved none of them to another tier."


@dataclass(frozen=True, slots=True)
class Line:
    """``range``: where the share of moved programs lies, were the looks not to hang together."""

    name: str
    looked_at: str
    up: str
    down: str
    share: str
    range: str
    mostly: str
    few: bool


@dataclass(frozen=True, slots=True)
class Part:
    facet: str
    title: str
    lines: tuple[Line, ...]
    drawings: tuple[Drawing, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    tier_from: str
    tier_to: str
    number: int


@dataclass(frozen=True, slots=True)
class Page:
    """``parts`` is empty where nobody moved anything."""

    sentence: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    reasons: tuple[Line, ...]
    paths: tuple[Path, ...]


def page_of(found: Counted) -> Page:
    total = found.total
    if not total.looked_at:
        return Page(NOTHING_YET, (), (), (), ())
    programs = count_words(total.looked_at, "program")
    if not total.moved:
        return Page(NO_MOVE.format(programs), (), (), (), ())
    return Page(
        _sentence(total),
        _notes(found),
        tuple(_part(facet, ordered(facet, found)) for facet in FACETS),
        tuple(_line(group, REASONS.get(group.name, group.name)) for group in by_reason(found)),
        tuple(Path(start, end, number) for (start, end), number in _paths(found)),
    )


def ordered(facet: str, found: Counted) -> list[tuple[Group, str]]:
    """Groups with their names: in the order the names are known in, else what was looked at most first."""
    names, groups = NAMES[facet], found.facets[facet]
    known = [(groups[name], words) for name, words in names.items() if name in groups]
    rest = sorted(
        (group for name, group in groups.items() if name not in names),
        key=lambda group: (-group.looked_at, group.name),
    )
    return [*known, *((group, group.name) for group in rest)]


def by_reason(found: Counted) -> list[Group]:
    return sorted(found.by_reason.values(), key=lambda group: (-group.moved, group.name))


def _paths(found: Counted) -> Iterable[tuple[tuple[str, str], int]]:
    steps = list(LIKELIHOOD)
    return sorted(found.paths.items(), key=lambda item: (-item[1], steps.index(item[0][0]), item[0][1]))


def _sentence(total: Group) -> str:
    moved = f"Advisors moved {total.moved:,} of {count_words(total.looked_at, 'program')} they looked at"
    share = f"{percent(total.moved / total.looked_at)}"
    return f"{moved} ({share}): {total.up:,} to a likelier tier, {total.down:,} to a less likely one."


def _notes(found: Counted) -> tuple[str, ...]:
    total = found.total
    lists = count_words(len(total.lists), "list")
    notes = [f"The moves are on {lists}. {total.private:,} of them are for the desk alone."]
    if found.without == 1:
        notes.append("One more program had no tier to be moved from, and is not counted.")
    elif found.without:
        notes.append(f"{found.without:,} more programs had no tier to be moved from, and are not counted.")
    return tuple(notes)


def _part(facet: str, groups: list[tuple[Group, str]]) -> Part:
    lines = tuple(_line(group, name) for group, name in groups)
    bars = [_bar(group, name) for group, name in groups if group.moved]
    told = (f"{bar.name}: {bar.up} likelier and {bar.down} less likely of {bar.looked_at:,}." for bar in bars)
    text = " ".join(told)
    return Part(facet, TITLES[facet], lines, drawings(bars), text)


def _bar(group: Group, name: str) -> Bar:
    up, down = wilson(group.up, group.looked_at), wilson(group.down, group.looked_at)
    return Bar(name, group.looked_at, group.up, group.down, up, down, group.few)


def _line(group: Group, name: str) -> Line:
    low, high = wilson(group.moved, group.looked_at)
    mostly = max(group.reasons.items(), key=lambda item: (item[1], item[0]), default=None)
    return Line(
        name=name,
        looked_at=f"{group.looked_at:,}",
        up=f"{group.up:,}",
        down=f"{group.down:,}",
        share=percent(group.moved / group.looked_at) if group.moved else "0%",
        range=percent_range(low, high),
        mostly=f"{REASONS.get(mostly[0], mostly[0])} ({mostly[1]})" if mostly else "",
        few=group.few,
    )


__all__ = ["FEW", "Line", "Page", "Part", "by_reason", "ordered", "page_of"]
