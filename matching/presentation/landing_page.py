"""The front page's live sample: the first sample person's answer in a figure and a few sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .geography import Geography, geography
from .histogram import Histogram, histogram
from .scopes import TITLES, places_sentence
from .sentences import headline, los_angeles_sentence, second_sentence


@dataclass(frozen=True, slots=True)
class LandingSample:
    headline: str
    second: str
    places: str
    los_angeles: str
    figure: Histogram
    geography: Geography
    tier_counts: tuple[tuple[str, int], ...]


def landing_page(document: Mapping[str, Any] | None) -> LandingSample | None:
    """None where there is no answer to show: no catalogue yet, or an empty list."""
    if document is None or not document["summary"]["applications"]:
        return None
    summary = document["summary"]
    return LandingSample(
        headline=headline(summary),
        second=second_sentence(summary),
        places=places_sentence(summary["list_by_ring"]),
        los_angeles=los_angeles_sentence(summary),
        figure=replace(histogram(summary["interviews"]), title="A hundred seasons of this person"),
        geography=geography(summary["scopes"]),
        tier_counts=tuple((tier, summary["tiers"][tier]) for tier in ("reach", "target", "safety")),
    )


def held_rings(rings: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Counts by the rings' names as people know them."""
    return tuple((TITLES[ring], count) for ring, count in rings)
