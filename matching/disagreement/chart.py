"""Shares of programs moved, drawn to both sides of a line: less likely to the left, likelier to the right.

Each bar has its numbers at its end and a thin line from the lower to the upper end of its range. Drawn twice,
for a wide and for a narrow page.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ROW, HEAD, AXIS = 44.0, 20.0, 24.0
BAR = 9.0
ROOM = 46.0  # beyond the axis, for the number at the end of a range
STEPS = (0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """``up_range`` and ``down_range``: shares from, to."""

    name: str
    looked_at: int
    up: int
    down: int
    up_range: tuple[float, float]
    down_range: tuple[float, float]
    few: bool


@dataclass(frozen=True, slots=True)
class Side:
    """``x`` and ``width`` of the bar, both ends of its range, and its number in words at ``words_x``."""

    x: float
    width: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    label_y: float
    y: float
    middle_y: float
    up: Side | None
    down: Side | None
    few: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    centre: float
    floor: float
    axis_y: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def drawings(bars: Sequence[Bar]) -> tuple[Drawing, ...]:
    """Nothing where there is no bar."""
    return (_drawing("wide", 620, bars), _drawing("narrow", 328, bars)) if bars else ()


def scale(bars: Sequence[Bar]) -> float:
    """The end of the axis to both sides: a round share that no bar passes. Ranges are cut off there."""
    most = max(max(bar.up, bar.down) / bar.looked_at for bar in bars)
    return next((step for step in STEPS if step >= most * 1.25), 1.0)


def _drawing(name: str, width: int, bars: Sequence[Bar]) -> Drawing:
    end, centre = scale(bars), width / 2
    half = centre - ROOM
    rows = tuple(_row(bar, at, centre, half, end) for at, bar in enumerate(bars))
    floor = HEAD + len(bars) * ROW
    ticks = tuple(Tick(round(centre + sign * half, 1), f"{math.ceil(end * 100)}%") for sign in (-1, 1))
    return Drawing(name, width, floor + AXIS, centre, floor, floor + 16, rows, ticks)


def _row(bar: Bar, at: int, centre: float, half: float, end: float) -> Row:
    top = HEAD + at * ROW
    y = top + 22
    few = " (few)" if bar.few else ""
    return Row(
        label=f"{bar.name}, {bar.looked_at:,}{few}",
        label_y=top + 15,
        y=y,
        middle_y=y + BAR / 2,
        up=_side(bar.up, bar.looked_at, bar.up_range, centre, half / end, end),
        down=_side(bar.down, bar.looked_at, bar.down_range, centre, -half / end, end),
        few=bar.few,
    )


def _side(
    number: int, of: int, reach: tuple[float, float], centre: float, unit: float, end: float
) -> Side | None:
    """``unit``: how wide the whole is; below nothing it goes to the left."""
    if not number:
        return None
    length = number / of * unit
    low, high = (round(centre + min(value, end) * unit, 1) for value in reach)
    return Side(round(min(centre, centre + length), 1), round(abs(length), 1), low, high, f"{number:,}")
