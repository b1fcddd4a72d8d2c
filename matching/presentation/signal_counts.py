"""Signals as an owner places them: how many of how many, and what each row may have."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.list_words import SIGNALS

if TYPE_CHECKING:
    from matching.scoring.signals import SignalTable

LEVEL_KINDS = ("gold", "silver", "signal")  # as in the core's order of levels; its only kind is called signal


@dataclass(frozen=True, slots=True)
class LevelCount:
    """``over``: how many more are placed than there are."""

    kind: str
    label: str
    placed: int
    available: int

    @property
    def over(self) -> int:
        return max(0, self.placed - self.available)

    @property
    def words(self) -> str:
        said = f"{self.placed} of {self.available}"
        return f"{said}: {self.over} too many" if self.over else said


@dataclass(frozen=True, slots=True)
class SpecialtySignals:
    """``levels`` is empty where the specialty has no signals or we know of none. ``season``: of the counts,
    where it is not the one applied in."""

    specialty: str
    levels: tuple[LevelCount, ...]
    season: str


def signal_kinds(table: "SignalTable", specialty: str) -> dict[str, int]:
    """What may be sent in a specialty, each kind with its number."""
    known = table.of(specialty)
    if known is None:
        return {}
    return {kind: count for kind, count in zip(LEVEL_KINDS, known.counts, strict=True) if count}


def signal_counts(
    entries: Iterable[tuple[str, str, str]], table: "SignalTable", season: str
) -> tuple[SpecialtySignals, ...]:
    """``entries``: specialty, its name and the signal ("" none) of each program of the list."""
    names: dict[str, str] = {}
    placed: dict[tuple[str, str], int] = {}
    for specialty, name, kind in entries:
        names[specialty] = name
        placed[specialty, kind] = placed.get((specialty, kind), 0) + 1
    counted = []
    for specialty, name in sorted(names.items(), key=lambda each: each[1]):
        known, kinds = table.of(specialty), signal_kinds(table, specialty)
        sent = {kind: placed.get((specialty, kind), 0) for kind in LEVEL_KINDS}
        levels = tuple(
            LevelCount(kind, SIGNALS[kind], sent[kind], kinds.get(kind, 0))
            for kind in LEVEL_KINDS
            if kind in kinds or sent[kind]
        )
        of = str(known.season) if known and str(known.season) != season else ""
        counted.append(SpecialtySignals(name, levels, of))
    return tuple(counted)
