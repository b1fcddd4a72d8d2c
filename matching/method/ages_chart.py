"""Facts by age, a lane of columns for each region, drawn for a wide and for a narrow page."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.method.coverage import OLDEST, Coverage, Region
from matching.presentation.numbers import counted

NO_YEAR = "no year"


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
