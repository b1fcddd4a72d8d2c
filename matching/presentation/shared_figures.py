"""What a whole list may bring, as an adviser is told: one sentence, a few numbers, what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .balance import BalanceCard, balance_card
from .histogram import Histogram, histogram
from .numbers import average, dollars, match_range, percent
from .scopes import places_sentence
from .sentences import headline, los_angeles_sentence, second_sentence


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class SharedFigures:
    headline: str
    second: str
    places: str
    figures: tuple[Figure, ...]
    histogram: Histogram | None
    balance: BalanceCard | None


def shared_figures(summary: Mapping[str, Any]) -> SharedFigures | None:
    """``summary``: as a list keeps it. None where nothing on the list has odds."""
    if not summary.get("applications") or summary["match"]["low"] is None:
        return None
    places = (places_sentence(summary["list_by_ring"]), los_angeles_sentence(summary))
    return SharedFigures(
        headline=headline(summary),
        second=second_sentence(summary),
        places=" ".join(sentence for sentence in places if sentence),
        figures=_figures(summary),
        histogram=histogram(summary["interviews"]),
        balance=balance_card(summary),
    )


def _figures(summary: Mapping[str, Any]) -> tuple[Figure, ...]:
    interviews = summary["interviews"]
    usual = f"{average(interviews['expected'])}, usually {interviews['p10']} to {interviews['p90']}"
    return (
        Figure("Interviews expected", usual),
        Figure("No interview at all", percent(interviews["none"])),
        Figure("A match, whole list", match_range(summary["match"])),
        Figure("Applications and fees", f"{summary['applications']}, {dollars(summary['cost_usd'])}"),
    )
