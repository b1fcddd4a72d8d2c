"""The model's parameters: every number the core uses, each with its range, kind and source.

A number that belongs here and stands in code instead is a defect.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = frozenset({"published", "headline", "crowd-sourced", "judgement", "outcomes"})


class ParameterInvalid(ValueError):
    """A row of the parameter file that cannot be used; the message names parameter and column."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row: ``low`` and ``high`` bound what ``value`` may plausibly be, and equal it where not stated."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    source: str
    note: str

    @property
    def uncertain(self) -> bool:
        return self.low < self.high


class Parameters:
    """An immutable set of parameters by name."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._by_name = {parameter.name: parameter for parameter in parameters}
        self.values: Mapping[str, float] = {name: p.value for name, p in self._by_name.items()}
        text = "\n".join(repr(self._by_name[name]) for name in sorted(self._by_name))
        self.digest = hashlib.sha256(text.encode()).hexdigest()

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def rows(self) -> list[Parameter]:
        """All parameters in order of name."""
        return [self._by_name[name] for name in sorted(self._by_name)]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "Parameters":
        """Parameters from the rows of the parameter file. Raises ParameterInvalid naming row and column."""
        seen: dict[str, Parameter] = {}
        for row in rows:
            parameter = _parameter(row)
            if parameter.name in seen:
                raise ParameterInvalid(f"{parameter.name}: stated twice")
            seen[parameter.name] = parameter
        return cls(seen.values())


def _parameter(row: Mapping[str, str]) -> Parameter:
    name = row["name"]
    if row["kind"] not in KINDS:
        raise ParameterInvalid(f"{name}: kind {row['kind']!r} is none of {sorted(KINDS)}")
    value = _number(name, "value", row["value"])
    low = _number(name, "low", row["low"]) if row["low"] else value
    high = _number(name, "high", row["high"]) if row["high"] else value
    if not low <= value <= high:
        raise ParameterInvalid(f"{name}: value {value} lies outside its range {low} to {high}")
    return Parameter(name, value, low, high, row["unit"], row["kind"], row["source"], row["note"])


def _number(name: str, column: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ParameterInvalid(f"{name}: {column} {text!r} is not a number") from None
    if not math.isfinite(number):
        raise ParameterInvalid(f"{name}: {column} {text!r} is not finite")
    return number
