"""Where the program signals of a list go, specialty by specialty and level by level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import counted
from .programs import program_name

TAGS = {"gold": "gold signal", "silver": "silver signal", "single": "signal"}
CAUTION = "These are the counts of the {season} season. Check this season’s before you place them."


@dataclass(frozen=True, slots=True)
class Signalled:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    """``words`` as ``3 gold signals``; fewer programs than signals where no more are on the list."""

    words: str
    programs: tuple[Signalled, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one specialty. ``caution`` where the counts are those of an earlier season."""

    specialty: str
    levels: tuple[Level, ...]
    caution: str


def signals_of(summary: Mapping[str, Any], chosen: Sequence[Mapping[str, Any]]) -> tuple[Signals, ...]:
    """One entry a specialty that has signals and programs on the list."""
    return tuple(_signals(entry, chosen) for entry in summary.get("signals") or ())


def signal_tag(row: Mapping[str, Any]) -> str:
    return TAGS.get(row.get("signal") or "", "")


def _signals(entry: Mapping[str, Any], chosen: Sequence[Mapping[str, Any]]) -> Signals:
    rows = [row for row in chosen if row["program"]["specialty"] == entry["specialty"]]
    name = rows[0]["program"].get("specialty_name") if rows else None
    return Signals(
        specialty=name or entry["specialty"].replace("-", " ").capitalize(),
        levels=tuple(_level(level, rows) for level in entry["levels"]),
        caution="" if entry["of_this_season"] else CAUTION.format(season=entry["season"]),
    )


def _level(level: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Level:
    programs = [row["program"] for row in rows if row.get("signal") == level["level"]]
    words = counted(level["available"], TAGS[level["level"]])
    if level["placed"] < level["available"]:
        words = f"{words}, {level['placed']} placed"
    return Level(words, tuple(Signalled(each["id"], program_name(each)) for each in programs))
