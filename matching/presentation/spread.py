"""Every program of the list as one mark, ring by ring along one scale of odds, in the shape of its tier.

Marks that fall together are stacked. Drawn twice, for a wide and for a narrow page.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .choices import ring_title
from .numbers import counted, listed, percent, percent_range
from .scopes import TITLES
from .tiers import TIERS

FULL = 9.0  # width of a whole mark with the air beside it, as the shapes are drawn
SMALL = 6.5  # on a narrow page
STACKED = 100  # the tallest stack there is room for: higher ones are pressed together
HEAD, GAP, AXIS = 18, 12, 26
LEAST_TOLD = 0.01
LAST_TICK = 110  # width of the last tick's words with the air before them
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # between the ticks
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Marks:
    """The programs of one tier in a lane as one path."""

    tier: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    label_y: float
    floor: float
    marks: tuple[Marks, ...]
    pressed: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    axis: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    ring: str
    programs: int
    tiers: tuple[int, ...]
    odds: str


@dataclass(frozen=True, slots=True)
class Spread:
    sentence: str
    title: str
    caption: str
    text: str
    heads: tuple[str, ...]
    table: tuple[SpreadRow, ...]
    drawings: tuple[Drawing, ...]


def spread(rows: Sequence[Mapping[str, Any]]) -> Spread | None:
    """Of the recommended rows; None where no program has a number to show."""
    if not any(_odds(row) is not None for row in rows):
        return None
    lanes = [(ring, [row for row in rows if row["program"]["ring"] == ring]) for ring in TITLES]
    lanes = [(ring, members) for ring, members in lanes if members]
    table = tuple(_table_row(ring, members) for ring, members in lanes)
    scale = _scale(rows)
    return Spread(
        sentence=spread_sentence(rows),
        title="Program by program",
        caption="Each mark is a program, further right where an interview is likelier.",
        text=" ".join(_spoken(row) for row in table),
        heads=tuple(TIERS),
        table=table,
        drawings=(_drawing("wide", 620, FULL, lanes, scale), _drawing("narrow", 328, SMALL, lanes, scale)),
    )


def spread_sentence(rows: Sequence[Mapping[str, Any]]) -> str:
    """The middle of the list and its best program."""
    odds = sorted(odds for row in rows if (odds := _odds(row)) is not None)
    if len(odds) < 4:
        return ""
    middle, best = odds[len(odds) // 2], odds[-1]
    half = f"below {percent(middle)}" if middle >= LEAST_TOLD else "under 1%"
    return f"Half of these programs stand {half} interview; the best stands at {percent(best)}."


def _odds(row: Mapping[str, Any]) -> float | None:
    odds: float | None = row["interview"]["probability"]
    return odds


def _scale(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """The end of the common scale and the step between its ticks: the end is a tick."""
    most = max(odds for row in rows if (odds := _odds(row)) is not None)
    every = next((step for step in STEPS if most / step <= MOST_TICKS), STEPS[-1])
    return min(1.0, max(1, math.ceil(most / every - 1e-9)) * every), every


def _table_row(ring: str, rows: Sequence[Mapping[str, Any]]) -> SpreadRow:
    odds = [odds for row in rows if (odds := _odds(row)) is not None]
    return SpreadRow(
        ring=ring_title(ring),
        programs=len(rows),
        tiers=tuple(sum(row["tier"] == tier for row in rows) for tier in TIERS),
        odds=percent_range(min(odds), max(odds)) if odds else "no number",
    )


def _spoken(row: SpreadRow) -> str:
    tiers = [f"{count} {tier}" for count, tier in zip(row.tiers, TIERS, strict=True) if count]
    name = row.ring[:1].upper() + row.ring[1:]
    return f"{name}: {counted(row.programs, 'program')}, {listed(tiers)}, {row.odds} interview."


def _drawing(
    name: str,
    width: int,
    mark: float,
    lanes: Sequence[tuple[str, Sequence[Mapping[str, Any]]]],
    scale: tuple[float, float],
) -> Drawing:
    drawn, floor, top = [], 0.0, scale[0]
    for ring, rows in lanes:
        stacks = _stacks(rows, int(width / mark), top)
        tallest = max((len(stack) for stack in stacks.values()), default=1)
        apart = min(mark, STACKED / tallest)
        label_y = floor + GAP + HEAD - 6
        floor = floor + GAP + HEAD + (tallest - 1) * apart + mark + 2
        marks = _marks(_placed(stacks, floor, mark, apart), mark)
        drawn.append(Lane(_lane_label(ring, rows), label_y, floor, marks, pressed=apart < mark * 0.8))
    ticks = _ticks(int(width / mark) * mark, *scale)
    return Drawing(name, width, floor + AXIS, floor, tuple(drawn), ticks)


def _lane_label(ring: str, rows: Sequence[Mapping[str, Any]]) -> str:
    unknown = sum(_odds(row) is None for row in rows)
    name = ring_title(ring)
    words = f"{name[:1].upper()}{name[1:]}, {len(rows)}"
    return f"{words} ({unknown} without a number)" if unknown else words


def _stacks(rows: Sequence[Mapping[str, Any]], places: int, top: float) -> dict[int, list[str]]:
    """Tiers by the place of their mark, likelier ones lower in a stack."""
    stacks: dict[int, list[str]] = {}
    known = [(odds, row["tier"]) for row in rows if (odds := _odds(row)) is not None]
    for odds, tier in sorted(known, key=lambda entry: (-entry[0], entry[1])):
        stacks.setdefault(min(int(odds / top * places), places - 1), []).append(tier)
    return stacks


Placed = tuple[str, float, float]


def _placed(stacks: Mapping[int, Sequence[str]], floor: float, mark: float, apart: float) -> list[Placed]:
    """Tier and middle of every mark."""
    return [
        (tier, round((place + 0.5) * mark, 1), round(floor - 2 - mark / 2 - at * apart, 1))
        for place, stack in sorted(stacks.items())
        for at, tier in enumerate(stack)
    ]


def _marks(placed: Sequence[Placed], mark: float) -> tuple[Marks, ...]:
    """Those further down are drawn later, so that a pressed stack shows its feet."""
    ordered = sorted(placed, key=lambda entry: entry[2])
    paths = {
        tier: [SHAPES[tier](x, y, mark * 0.43) for name, x, y in ordered if name == tier] for tier in TIERS
    }
    return tuple(Marks(tier, "".join(parts), len(parts)) for tier, parts in paths.items() if parts)


def _triangle(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:.1f}l{r:.1f} {1.85 * r:.1f}h{-2 * r:.1f}z"


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:g}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"


def _square(x: float, y: float, r: float) -> str:
    side = 1.8 * r
    return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z"


SHAPES: dict[str, Callable[[float, float, float], str]] = {
    "reach": _triangle,
    "target": _circle,
    "safety": _square,
}


def _ticks(span: float, top: float, every: float) -> tuple[Tick, ...]:
    steps = round(top / every)
    xs = [round(step / steps * span, 1) for step in range(steps + 1)]
    middle = [
        Tick(x, f"{round(step * every * 100)}%", "middle")
        for step, x in enumerate(xs)
        # The last one carries the word: what it would cover is left out.
        if 0 < step < steps and x < span - LAST_TICK
    ]
    return (Tick(0, "0", "start"), *middle, Tick(xs[-1], f"{round(top * 100)}%", "end"))
