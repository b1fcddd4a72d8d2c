"""Up to three kept scenarios beside the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .answer_view import ChangedLine, changed_line
from .differences import Difference, TierDifference, differences, tier_differences

if TYPE_CHECKING:
    from matching.models import Scenario


@dataclass(frozen=True, slots=True)
class KeptView:
    """One kept scenario in the comparison: its numbers in the order of ``Comparison.names``."""

    place: int
    name: str
    numbers: tuple[Difference, ...]
    tiers: tuple[TierDifference, ...]
    changed: tuple[ChangedLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The baseline and up to three beside it. ``rows``: a number by name, the baseline's, and each one's."""

    rows: tuple[tuple[str, str, tuple[Difference, ...]], ...]
    kept: tuple[KeptView, ...]


def comparison(scenarios: Sequence["Scenario"]) -> Comparison:
    views = []
    for scenario in scenarios:
        figures = scenario.figures or {}
        numbers = compared(figures["base"], figures["now"])
        views.append(
            KeptView(
                scenario.place,
                scenario.name,
                numbers,
                tier_differences(figures["base"], figures["now"]),
                tuple(changed_line(line) for line in figures["changed"]),
            )
        )
    first = views[0].numbers if views else ()
    rows = ((one.name, one.was, tuple(view.numbers[at] for view in views)) for at, one in enumerate(first))
    return Comparison(tuple(rows), tuple(views))


def compared(base: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The same rows for every scenario, whatever it looks like: the key numbers and the tiers."""
    tiers = [
        Difference(
            name=f"{each.tier.capitalize()} programs",
            now=str(each.count),
            was=str(each.was),
            change=each.change,
            mark=each.mark,
            feel="other",
        )
        for each in tier_differences(base, now)
    ]
    return (*differences(base, now), *tiers)
