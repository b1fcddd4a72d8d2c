"""From one chance to the other, cause by cause: each bar begins where the one above it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matching.presentation.numbers import percent_range
from matching.receipts.amounts import rounded, signed, tenths
from matching.receipts.words import HUNDRED

Side = Literal["up", "down", "none"]
WIDTH = 100.0
MARGIN = 2.0
COUNTED = ("interviews", "cost")  # the others are shares
DIGITS = {"match": 1, "los_angeles": 1, "interviews": 2, "cost": 0}


@dataclass(frozen=True, slots=True)
class Step:
    """One cause: ``x`` and ``width`` of its bar, ``end`` where it leads."""

    label: str
    value: str
    side: Side
    x: float
    width: float
    end: float


@dataclass(frozen=True, slots=True)
class Stand:
    """One end: the range as a line, the chance a mark on it. ``low`` None where there is no range."""

    label: str
    value: str
    range: str
    point: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    before: Stand
    steps: tuple[Step, ...]
    after: Stand
    change: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One cause, and what it did to each of the figures of the list."""

    label: str
    values: tuple[str, ...]


def waterfall(document: Mapping[str, Any], names: Sequence[str]) -> Waterfall:
    """Of the chance of a match, in seasons out of a hundred."""
    figure = document["figures"][0]
    start, end = figure["before"] * HUNDRED, figure["after"] * HUNDRED
    parts = _parts(figure, document)
    labels = names[: len(parts)]
    running = [start]
    for part in parts:
        running.append(running[-1] + part * HUNDRED)
    spans = [each["match"] for each in document["ends"]]
    scale = _Scale([*running, *(value * HUNDRED for span in spans for value in span if value is not None)])
    first, last = round(start, 1), round(end, 1)
    amounts = tenths([part * HUNDRED for part in parts], last - first)
    steps = tuple(
        _step(label, amount, running[at], running[at + 1], scale)
        for at, (label, amount) in enumerate(zip(labels, amounts, strict=True))
    )
    return Waterfall(
        before=_stand("Before", first, start, spans[0], scale),
        steps=steps,
        after=_stand("After", last, end, spans[1], scale),
        change=signed(last - first),
    )


def figure_lines(document: Mapping[str, Any], names: Sequence[str]) -> tuple[FigureLine, ...]:
    """Before, each cause, after: the four figures of the list beside each other; each column adds up."""
    columns = [_column(figure, document) for figure in document["figures"]]
    count = len(columns[0])
    labels = ("Before", *names[: count - 2], "After")
    return tuple(
        FigureLine(label, tuple(column[at] for column in columns)) for at, label in enumerate(labels)
    )


def _column(figure: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, ...]:
    name, times = figure["name"], 1 if figure["name"] in COUNTED else HUNDRED
    digits, unit = DIGITS[name], "$" if name == "cost" else ""
    first, last = (round(figure[end] * times, digits) for end in ("before", "after"))
    parts = rounded([part * times for part in _parts(figure, document)], last - first, decimals=digits)
    told = (signed(part, digits=digits, unit=unit) for part in parts)
    return (f"{unit}{first:,.{digits}f}", *told, f"{unit}{last:,.{digits}f}")


def _parts(figure: Mapping[str, Any], document: Mapping[str, Any]) -> list[float]:
    """The shares, and the rest only where there is one."""
    return [*figure["shares"], *([figure["rest"]] if document["rest"] else [])]


class _Scale:
    def __init__(self, values: Sequence[float]) -> None:
        self.low = min(values)
        self.wide = max(max(values) - self.low, 1.0)

    def x(self, value: float) -> float:
        return round(MARGIN + (value - self.low) / self.wide * (WIDTH - 2 * MARGIN), 2)


def _step(label: str, amount: float, start: float, end: float, scale: _Scale) -> Step:
    left, right = sorted((scale.x(start), scale.x(end)))
    side: Side = "none" if not amount else "up" if amount > 0 else "down"
    return Step(label, signed(amount), side, left, round(right - left, 2), scale.x(end))


def _stand(label: str, value: float, point: float, span: Sequence[float | None], scale: _Scale) -> Stand:
    low, high = span
    if low is None or high is None:
        return Stand(label, f"{value:.1f}", "", scale.x(point), None, None)
    ends = scale.x(low * HUNDRED), scale.x(high * HUNDRED)
    return Stand(label, f"{value:.1f}", percent_range(low, high), scale.x(point), *ends)
