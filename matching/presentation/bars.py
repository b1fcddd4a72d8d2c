"""Contributions as signed bars that add up to the chance they explain."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .named import Named
from .numbers import percent

Side = Literal["up", "down", "none"]
POINTS = 10  # log-odds are shown in tenths: whole numbers are easier to add up
MINUS = "\N{MINUS SIGN}"
HALF = 48.0  # of a picture 100 wide with zero in the middle


@dataclass(frozen=True, slots=True)
class Bar(Named):
    label: str
    value: str
    side: Side
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class BarTable(Named):
    start: str
    rows: tuple[Bar, ...]
    total: str
    meaning: str


def signed(value: float) -> str:
    """One decimal with a real minus sign; nothing is plain 0."""
    text = f"{abs(value):.1f}"
    if text == "0.0":
        return "0"
    return f"{'+' if value > 0 else MINUS}{text}"


def bar(factor: Mapping[str, Any], largest: float) -> Bar:
    value = float(factor["contribution"])
    width = round(abs(value) / largest * HALF, 2) if largest else 0.0
    side: Side = "none" if width == 0 else "up" if value > 0 else "down"
    return Bar(
        label=factor["label"],
        value=signed(value * POINTS),
        side=side,
        x=50.0 if side != "down" else round(50 - width, 2),
        width=width,
    )


def contribution_bars(base: float, factors: Iterable[Mapping[str, Any]]) -> BarTable:
    """The bars in order of size, zeroes left out; the total is the core's own: base + all of them."""
    ordered = sorted(factors, key=lambda factor: -abs(factor["contribution"]))
    largest = abs(ordered[0]["contribution"]) if ordered else 0.0
    total = base + sum(factor["contribution"] for factor in ordered)
    shown = [factor for factor in ordered if round(abs(factor["contribution"]) * POINTS, 1) > 0]
    return BarTable(
        start=signed(base * POINTS),
        rows=tuple(bar(factor, largest) for factor in shown),
        total=signed(total * POINTS),
        meaning=f"{percent(1 / (1 + math.exp(-total)))} interview",
    )
