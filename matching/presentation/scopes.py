"""The same money spent in four circles: what staying close costs."""

from collections.abc import Callable, Mapping, Sequence
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
class ScopeRow:
    """One number of every circle, innermost first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeTable:
    heads: tuple[str, ...]
    rows: tuple[ScopeRow, ...]


MEASURES: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("Match, whole list", lambda scope: match_range(scope["match"])),
    ("Match given up", lambda scope: given_up(scope["match_lost"])),
    ("Interviews expected", lambda scope: average(scope["interviews"]["expected"])),
    ("No interview", lambda scope: percent(scope["interviews"]["none"])),
    ("Applications", lambda scope: f"{scope['applications']:,}"),
    ("Fees", lambda scope: dollars(scope["cost_usd"])),
    ("Interviews per $100", lambda scope: f"{scope['interviews_per_100_usd'] or 0:.2g}"),
)
NOTHING = "\N{EN DASH}"


def scope_table(scopes: Sequence[Mapping[str, Any]]) -> ScopeTable:
    """The circles side by side; a circle without an application has no chances to tell."""
    return ScopeTable(
        heads=tuple(TITLES[scope["scope"]] for scope in scopes),
        rows=tuple(
            ScopeRow(
                name,
                tuple(
                    words(scope) if scope["applications"] else "none" if name == "Applications" else NOTHING
                    for scope in scopes
                ),
            )
            for name, words in MEASURES
        ),
    )


def lost_hundredths(lost: float) -> int:
    """Seasons out of a hundred that end without the match the widest circle would have brought."""
    return max(0, round(lost * 100))


def given_up(lost: float) -> str:
    """The price of staying within the circle."""
    return f"{lost_hundredths(lost)} in 100" if lost_hundredths(lost) else "none"


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
