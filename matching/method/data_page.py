"""Coverage and age of facts as the page draws them: numbers with bars, ages in columns, states in lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.method.coverage import CONFIDENCES, OLDEST, Coverage, Region
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
NO_YEAR = "no year"


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


@dataclass(frozen=True, slots=True)
class Column:
    """``count`` facts of one age, as a bar from ``y`` down by ``height``."""

    x: float
    y: float
    height: float
    count: int
    middle: float
    unknown: bool


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    label_y: float
    floor: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    bar: float
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    tick_y: float
    half_x: float
    half_top: float
    half_bottom: float


@dataclass(frozen=True, slots=True)
class Ages:
    """Facts by years; ``table`` has the same numbers, a row an age and a cell a region."""

    text: str
    heads: tuple[str, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    drawings: tuple[Drawing, ...]


AGES: tuple[int | None, ...] = (*range(OLDEST + 1), None)
TALLEST, TITLE, APART = 84, 20, 44
GAP = 0.6  # of a column, before the facts without a year


def ages_of(coverage: Coverage, half_life: float) -> Ages:
    """``half_life``: after so many years a fact counts half; drawn where it falls."""
    regions = coverage.regions
    table = tuple((age_words(age), tuple(region.ages[age] for region in regions)) for age in AGES)
    told = [
        f"{r.title}: {counted(r.facts, 'fact')}, {r.ages[None]:,} of them without a year." for r in regions
    ]
    return Ages(
        text=" ".join(told),
        heads=tuple(region.title for region in regions),
        table=table,
        drawings=(_drawing("wide", 620, regions, half_life), _drawing("narrow", 328, regions, half_life)),
    )


def age_words(age: int | None) -> str:
    if age is None:
        return NO_YEAR
    return f"{age}+" if age == OLDEST else str(age)


def _drawing(name: str, width: int, regions: Sequence[Region], half_life: float) -> Drawing:
    step = width / (len(AGES) + GAP)
    lanes = []
    floor = 0.0
    for region in regions:
        label_y = floor + APART - TITLE + 4
        floor += APART + TITLE + TALLEST
        lanes.append(
            Lane(
                f"{region.title}, {counted(region.facts, 'fact')}",
                label_y,
                floor,
                _columns(region, step, floor),
            )
        )
    ticks = tuple((_middle(place, step), age_words(age)) for place, age in enumerate(AGES))
    return Drawing(
        name, width, floor + 24, round(step * 0.62, 1), tuple(lanes), ticks, floor + 17,
        round((half_life + 0.5) * step, 1), APART, floor,
    )  # fmt: skip


def _middle(place: int, step: float) -> float:
    return round((place + 0.5 + (GAP if AGES[place] is None else 0)) * step, 1)


def _columns(region: Region, step: float, floor: float) -> tuple[Column, ...]:
    most = max(region.ages.values(), default=1)
    columns = []
    for place, age in enumerate(AGES):
        count = region.ages[age]
        height = round(TALLEST * count / most, 1)
        middle = _middle(place, step)
        columns.append(
            Column(
                round(middle - 0.31 * step, 1), round(floor - height, 1), height, count, middle, age is None
            )
        )
    return tuple(columns)
