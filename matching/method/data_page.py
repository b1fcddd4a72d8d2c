"""Coverage and age of facts as the page draws them: numbers with bars, ages in columns, states in lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.method.ages_chart import ages_of
from matching.method.coverage import CONFIDENCES, Coverage, Region
from matching.presentation.numbers import counted
from matching.scoring.tiers import CONFIDENCE
from programs.fact_fields import FACT_FIELDS, TOPICS

ANY = "any"
BAR = 100
STANDING_WORDS = {
    "prior-only": "no fact of their own",
    "low": "little",
    "medium": "some",
    "high": "much",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """At ``count`` programs something is held: ``share`` of a hundred, drawn as a bar of ``width``."""

    count: int
    share: str
    width: float


@dataclass(frozen=True, slots=True)
class FieldRow:
    field: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TopicRows:
    title: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class StateRow:
    name: str
    programs: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class StandingRow:
    """How sure the model is of a region's programs; ``parts``: code, x and width of 100."""

    region: str
    programs: int
    counts: tuple[int, ...]
    parts: tuple[tuple[str, float, float], ...]
    words: str


def charts_of(coverage: Coverage, field: str, half_life: float) -> dict[str, Any]:
    """Everything the page draws; ``field`` is what the states are shown for."""
    return {
        "coverage": coverage,
        "topics": topics_of(coverage),
        "anything": anything_of(coverage.regions),
        "ages": ages_of(coverage, half_life),
        "half_life": f"{half_life:g}",
        "standings": standing_of(coverage),
        "standing_heads": tuple(STANDING_WORDS.values()),
        "confidences": tuple(
            (r.title, tuple(r.confidence[c] for c in CONFIDENCES)) for r in coverage.regions
        ),
        "states": states_of(coverage, field),
        "about": "anything on a public page" if field == ANY else FACT_FIELDS[field].label,
    }


def topics_of(coverage: Coverage) -> tuple[TopicRows, ...]:
    """Every field by topic; a cell for each region."""
    return tuple(
        TopicRows(
            title,
            tuple(
                FieldRow(
                    name, entry.label, tuple(cell_of(r.known[name], r.programs) for r in coverage.regions)
                )
                for name, entry in FACT_FIELDS.items()
                if entry.topic == topic
            ),
        )
        for topic, title in TOPICS.items()
    )


def anything_of(regions: Sequence[Region]) -> tuple[Cell, ...]:
    """Programs of which a public page says anything at all."""
    return tuple(cell_of(region.stated, region.programs) for region in regions)


def cell_of(count: int, programs: int) -> Cell:
    share = 100 * count / programs if programs else 0.0
    return Cell(count, share_words(share), round(share, 1))


def share_words(share: float) -> str:
    """Of a hundred; what is not nothing never reads 0, what is not all never 100."""
    if 0 < share < 1:
        return "under 1"
    return "over 99" if 99 < share < 100 else f"{round(share)}"


def states_of(coverage: Coverage, field: str) -> tuple[StateRow, ...]:
    """By state, where something is held of ``field`` (or, for ``ANY``, anything from a public page)."""
    return tuple(
        StateRow(
            region.title,
            region.programs,
            cell_of(region.stated if field == ANY else region.known[field], region.programs),
        )
        for region in coverage.states
    )


def standing_of(coverage: Coverage) -> tuple[StandingRow, ...]:
    return tuple(_standing(region) for region in coverage.regions)


def _standing(region: Region) -> StandingRow:
    counts = tuple(region.standing[code] for code in CONFIDENCE)
    parts, x = [], 0.0
    for code, count in zip(CONFIDENCE, counts, strict=True):
        width = BAR * count / region.programs if region.programs else 0.0
        parts.append((code, round(x, 2), round(width, 2)))
        x += width
    told = ", ".join(
        f"{count:,} {STANDING_WORDS[code]}" for code, count in zip(CONFIDENCE, counts, strict=True) if count
    )
    return StandingRow(
        region.title, region.programs, counts, tuple(parts), f"{counted(region.programs, 'program')}: {told}"
    )
