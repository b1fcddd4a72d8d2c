"""Reliability plots of what outcomes say: told chance against what happened, a point and its range a bin."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.calibration.report import KIND_WORDS
from matching.presentation.numbers import counted

Document = Mapping[str, Any]
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # between the ticks
MOST_TICKS = 5
LEFT, TOP, FOOT = 46, 14, 44
SMALL = 1e-9
ROOM = 12  # at the right of the plot
MEASURES = (
    ("Brier score", "brier", "brier_reference"),
    ("Log loss", "log_loss", "log_loss_reference"),
    ("Calibration error", "ece", None),
)
KEPT_WORDS = {
    "identity": "The chances stand as they were told.",
    "shift": "The level of the chances was moved by what was found.",
    "stretch": "The level and the spread of the chances were moved by what was found.",
}


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    y_low: float
    y_high: float


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    size: float
    left: float
    floor: float
    right: float
    top: float
    ticks: tuple[tuple[float, float, str], ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class BinRow:
    span: str
    told: str
    happened: str
    range: str
    rows: str
    applicants: str


@dataclass(frozen=True, slots=True)
class Measure:
    """``naive``: what somebody would score who always said the observed share."""

    name: str
    value: str
    range: str
    naive: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """One kind of graduate. ``bins`` and ``drawings`` are empty where the record holds no table."""

    kind: str
    title: str
    counts: str
    kept: str
    measures: tuple[Measure, ...]
    bins: tuple[BinRow, ...]
    drawings: tuple[Drawing, ...]
    text: str


def reliabilities(validation: Document | None) -> tuple[Reliability, ...]:
    """By kind of graduate; none where nothing was checked."""
    kinds = (validation or {}).get("kinds", {})
    return tuple(_reliability(kind, kinds[kind]) for kind in KIND_WORDS if kind in kinds)


def _reliability(kind: str, found: Document) -> Reliability:
    bins: Sequence[Document] = found.get("bins", ())
    words = KIND_WORDS[kind]
    return Reliability(
        kind=kind,
        title=words[:1].upper() + words[1:],
        counts=_counts(found),
        kept=KEPT_WORDS.get(found.get("kept", ""), ""),
        measures=tuple(
            Measure(name, _number(found[key]["value"]), _range(found[key]), _number(found.get(naive or "")))
            for name, key, naive in MEASURES
            if key in found
        ),
        bins=tuple(_row(one) for one in bins),
        drawings=(_drawing("wide", 440, bins), _drawing("narrow", 320, bins)) if bins else (),
        text="; ".join(
            f"told {_of100(b['predicted'])}, happened {_of100(b['observed']['value'])}" for b in bins
        ),
    )


def _counts(found: Document) -> str:
    parts = [
        counted(found[key], noun)
        for key, noun in (("rows", "application"), ("applicants", "applicant"), ("interviews", "interview"))
        if found.get(key) is not None
    ]
    return ", ".join(parts)


def _row(one: Document) -> BinRow:
    seen = one["observed"]
    return BinRow(
        span=f"{_of100(one['lowest'])} to {_of100(one['highest'])}",
        told=_of100(one["predicted"]),
        happened=_of100(seen["value"]),
        range=f"{_of100(seen['low'])} to {_of100(seen['high'])}",
        rows=f"{one['rows']:,}",
        applicants=f"{one['applicants']:,}",
    )


def _drawing(name: str, size: float, bins: Sequence[Document]) -> Drawing:
    """The same scale both ways, so that right chances lie on the diagonal."""
    most: float = max(max(one["predicted"], one["observed"]["high"]) for one in bins)
    step = next((one for one in STEPS if most / one <= MOST_TICKS), STEPS[-1])
    count = max(1, math.ceil(most / step - SMALL))
    top = count * step
    side = size - LEFT - ROOM
    floor = TOP + side

    def x(value: float) -> float:
        return round(LEFT + float(value) / top * side, 1)

    def y(value: float) -> float:
        return round(floor - float(value) / top * side, 1)

    ends = [place * step for place in range(count + 1)]
    return Drawing(
        name, size, LEFT, floor, LEFT + side, TOP,
        tuple((x(value), y(value), f"{100 * value:.0f}") for value in ends),
        tuple(
            Point(x(one["predicted"]), *(y(one["observed"][end]) for end in ("value", "low", "high")))
            for one in bins
        ),
    )  # fmt: skip


def _of100(value: float) -> str:
    return f"{100 * value:.1f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _range(found: Document) -> str:
    return f"{found['low']:.4f} to {found['high']:.4f}"
