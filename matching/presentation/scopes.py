"""The same money spent in four circles: what staying close costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .numbers import average, counted, dollars, listed, match_range, percent

TITLES = {
    "los-angeles": "Los Angeles",
    "california": "California",
    "west-coast": "West Coast",
    "national": "Whole nation",
}
ALONE = {  # where nothing further in is on the list
    "los-angeles": "in the Los Angeles area",
    "california": "in California",
    "west-coast": "on the West Coast",
    "national": "in the nation, none of them on the West Coast",
}
PLACES = {
    "los-angeles": "in the Los Angeles area",
    "california": "elsewhere in California",
    "west-coast": "elsewhere on the West Coast",
    "national": "in the rest of the nation",
}


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MatchLine:
    """The chance of a match as a stretch of a line from 0 to 100."""

    words: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ScopeCard:
    scope: str
    title: str
    lines: tuple[Line, ...]
    match: MatchLine | None


def scope_card(scope: Mapping[str, Any]) -> ScopeCard:
    title = TITLES[scope["scope"]]
    if scope["applications"] == 0:
        return ScopeCard(scope["scope"], title, (Line("Applications", "none to make"),), None)
    interviews, match = scope["interviews"], scope["match"]
    lines = (
        Line("Applications", f"{scope['applications']:,}"),
        Line("Cost", dollars(scope["cost_usd"])),
        Line("Interviews expected", average(interviews["expected"])),
        Line("Interviews per $100", f"{scope['interviews_per_100_usd'] or 0:.2g}"),
        Line("No interview", percent(interviews["none"])),
        Line("Match given up", given_up(scope["match_lost"])),
    )
    stretch = MatchLine(match_range(match), round(match["low"] * 100, 1), round(match["high"] * 100, 1))
    return ScopeCard(scope["scope"], title, lines, stretch)


def given_up(lost: float) -> str:
    """The price of staying within the circle: seasons out of a hundred that end without the match."""
    return f"{round(lost * 100)} in 100" if lost >= 0.005 else "none"


def places_sentence(by_ring: Mapping[str, int]) -> str:
    """Where the list's programs are, innermost first."""
    rings = [ring for ring in PLACES if by_ring.get(ring)]
    if not rings:
        return ""
    first, total = rings[0], sum(by_ring.values())
    start = f"{by_ring[first]} {'is' if by_ring[first] == 1 else 'are'} {ALONE[first]}"
    if len(rings) == 1:
        return f"{'It' if total == 1 else f'All {total}'} {start.split(' ', 1)[1]}."
    rest = [f"{by_ring[ring]} {PLACES[ring]}" for ring in rings[1:]]
    return f"Of {counted(total, 'program')}, {listed([start, *rest])}."
