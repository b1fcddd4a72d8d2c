"""What would lift a program into a better tier, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .named import Named
from .numbers import percent


@dataclass(frozen=True, slots=True)
class Flip(Named):
    words: str
    tier: str
    interview: str


def flip_lines(row: Mapping[str, Any]) -> tuple[Flip, ...]:
    """The cheapest action first; empty where no single allowed action lifts the program."""
    return tuple(
        Flip(flip["label"], flip["tier"], f"interview {percent(flip['interview'])}")
        for flip in row.get("flips") or ()
    )
