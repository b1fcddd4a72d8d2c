"""How the reader wants the list: which part whole, which ring alone, in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .scopes import TITLES
from .tiers import TIERS

OTHERS, SCREENED = "others", "screened"
WHOLE = (*TIERS, OTHERS, SCREENED)
WISH, ODDS = "wish", "odds"
REST = {
    "california": "rest of California",
    "west-coast": "rest of the West Coast",
    "national": "rest of the nation",
}
INNERMOST_FIRST = tuple(TITLES)


@dataclass(frozen=True, slots=True)
class Choices:
    """``whole`` names the part shown whole, "" none; ``ring`` the one ring shown, "" all."""

    whole: str = ""
    ring: str = ""
    order: str = WISH


@dataclass(frozen=True, slots=True)
class RingLink:
    ring: str
    title: str
    count: int


def choices_of(query: Mapping[str, str]) -> Choices:
    """From an address; what is not known there is as if it were not said."""
    whole, ring, order = (query.get(name, "") for name in ("all", "ring", "order"))
    return Choices(
        whole=whole if whole in WHOLE else "",
        ring=ring if ring in TITLES else "",
        order=order if order in (WISH, ODDS) else WISH,
    )


def rows_chosen(
    rows: Iterable[Mapping[str, Any]], choices: Choices, *, wished: str | None
) -> list[Mapping[str, Any]]:
    """Her own order: where she wishes to be first, then the odds; or the odds alone."""
    kept = [row for row in rows if choices.ring in ("", row["program"]["ring"])]
    by_wish = choices.order == WISH and wished is not None
    return sorted(
        kept, key=lambda row: (by_wish and not _within(row, wished), -_odds(row), row["program"]["id"])
    )


def ring_links(rows: Iterable[Mapping[str, Any]]) -> tuple[RingLink, ...]:
    """The rings that hold programs of the list, innermost first."""
    rings = [row["program"]["ring"] for row in rows]
    return tuple(RingLink(ring, ring_title(ring), rings.count(ring)) for ring in TITLES if ring in rings)


def ring_title(ring: str) -> str:
    return REST.get(ring, TITLES[ring])


def _within(row: Mapping[str, Any], wished: str | None) -> bool:
    """Rings nest: what is in Los Angeles is in California too."""
    ring = row["program"]["ring"]
    return wished in TITLES and INNERMOST_FIRST.index(ring) <= INNERMOST_FIRST.index(str(wished))


def _odds(row: Mapping[str, Any]) -> float:
    probability = row["interview"]["probability"]
    return -1.0 if probability is None else float(probability)


def explore_query(profile: Mapping[str, Any]) -> str:
    """Explore as she would filter it: where she wishes to be, without what a rule closes to her."""
    ring = (profile.get("wishes") or {}).get("ring")
    return urlencode({**({"ring": ring} if ring in TITLES and ring != "national" else {}), "open": "on"})
