"""Every parameter as the page shows it: found by words and kind, grouped by what reads it."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.parameter_uses import USES, uses_of
from matching.scoring.parameters import Parameter

KIND_WORDS = {
    "published": "a figure from a paper or an official report",
    "headline": "a figure from a press release or a news page",
    "crowd-sourced": "from what applicants report of themselves",
    "judgement": "our own judgement, with a range where we can give one",
    "outcomes": "learned from outcomes",
}
COLUMNS = ("name", "value", "low", "high", "unit", "kind", "source", "note", "used_by", "base_moves")
MINUS = "\N{MINUS SIGN}"
LEAST_MOVE = 0.005


@dataclass(frozen=True, slots=True)
class ParameterRow:
    name: str
    value: str
    span: str
    unit: str
    kind: str
    source: str
    note: str
    also: str
    moves: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[ParameterRow, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    words: str
    count: int


def kind_counts(parameters: Iterable[Parameter]) -> tuple[KindCount, ...]:
    """How many there are of each kind that any is of, the most first."""
    counts = Counter(parameter.kind for parameter in parameters)
    return tuple(KindCount(kind, KIND_WORDS[kind], count) for kind, count in counts.most_common())


def found_by(parameters: Iterable[Parameter], q: str = "", kind: str = "") -> list[Parameter]:
    """Those of the kind in which every word of ``q`` stands, wherever."""
    wanted = q.lower().split()
    return [
        parameter
        for parameter in parameters
        if (not kind or parameter.kind == kind) and all(word in _text(parameter) for word in wanted)
    ]


def _text(parameter: Parameter) -> str:
    parts = (parameter.name, parameter.unit, parameter.source, parameter.note, *uses_of(parameter.name))
    return " ".join(parts).lower()


def groups(parameters: Iterable[Parameter], moves: Mapping[str, str]) -> tuple[Group, ...]:
    """Each parameter once, under the first that reads it, in the order of the registry."""
    rows: dict[str, list[ParameterRow]] = {title: [] for title, _ in USES}
    for parameter in parameters:
        first, *others = uses_of(parameter.name)
        rows[first].append(_row(parameter, others, moves.get(parameter.name, "")))
    return tuple(Group(title, tuple(members)) for title, members in rows.items() if members)


def _row(parameter: Parameter, others: list[str], moves: str) -> ParameterRow:
    span = f"{number(parameter.low)} to {number(parameter.high)}" if parameter.uncertain else ""
    return ParameterRow(
        parameter.name,
        number(parameter.value),
        span,
        parameter.unit,
        parameter.kind,
        parameter.source,
        parameter.note,
        ", ".join(others),
        moves,
    )


def base_moves(calibration: Mapping[str, Any] | None) -> dict[str, str]:
    """What either end of a range does to the start of US-citizen IMGs, where the calibration measured it."""
    ends: dict[str, list[tuple[float, float]]] = {}
    for row in (calibration or {}).get("sensitivity", ()):
        if "us_img" in row["intercepts"]:
            ends.setdefault(row["name"], []).append((row["value"], row["intercepts"]["us_img"]))
    return {name: _moved(shifts) for name, shifts in ends.items()}


def _moved(shifts: list[tuple[float, float]]) -> str:
    if all(abs(shift) < LEAST_MOVE for _, shift in shifts):
        return "by less than 0.005"
    return "; ".join(
        f"at {number(value)}: {'+' if shift >= 0 else MINUS}{abs(shift):.2f}" for value, shift in shifts
    )


def parameters_csv(parameters: Iterable[Parameter], moves: Mapping[str, str]) -> str:
    """The whole file with what reads each parameter."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in parameters:
        ends = (f"{each.low:.12g}", f"{each.high:.12g}") if each.uncertain else ("", "")
        used = "; ".join(uses_of(each.name))
        told = (each.unit, each.kind, each.source, each.note, used, moves.get(each.name, ""))
        writer.writerow((each.name, f"{each.value:.12g}", *ends, *told))
    return text.getvalue()


def number(value: float) -> str:
    """As many digits as it takes to say the number."""
    return f"{value:.12g}".replace("-", MINUS)
