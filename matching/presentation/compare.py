"""Up to four programs side by side: a line a question, and a word where the answers differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.program_answer import Listed
from programs.choices import ListingStatus, SourceKind
from programs.fact_fields import FACT_FIELDS, TOPICS
from programs.presentation import value_words
from programs.snapshot import FactValue, TrackRow

from .explore_rows import DISTANCE_UNKNOWN, gain_words, place
from .gates import gate_lines
from .numbers import percent_range
from .programs import TRACKS, distance_words

NOT_KNOWN = "not known"
LISTING_WORDS = {str(value): str(label) for value, label in ListingStatus.choices}


@dataclass(frozen=True, slots=True)
class Side:
    """One program with what the page holds of it. ``row`` is what the answer says of it, if there is one."""

    track: TrackRow
    specialty: str
    miles: float
    row: Mapping[str, Any] | None = None
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    words: str
    known: bool = True
    tier: str = ""
    mark: str = ""
    fact: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """``says``: "differs", "same", or "" where fewer than two are known."""

    label: str
    cells: tuple[Cell, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    lines: tuple[Line, ...]


def compare_blocks(sides: Sequence[Side]) -> tuple[Block, ...]:
    """What the applicant asks first stands first; a line that nobody knows anything of is left out."""
    odds = _odds(sides) if any(side.row for side in sides) else ()
    blocks = [
        Block("Your odds", odds),
        Block("The rules, and you", _rules(sides)),
        Block("Place and kind", _place(sides)),
        *_facts(sides),
    ]
    return tuple(block for block in blocks if block.lines)


def line(label: str, cells: Sequence[Cell]) -> Line:
    told = [cell.words for cell in cells if cell.known]
    says = "" if len(told) < 2 else "differs" if len(set(told)) > 1 else "same"
    return Line(label, tuple(cells), says)


def differences(blocks: Sequence[Block]) -> int:
    return sum(each.says == "differs" for block in blocks for each in block.lines)


def _each(label: str, sides: Sequence[Side], words: Callable[[Side], str]) -> Line:
    return line(label, [_cell(words(side)) for side in sides])


def _cell(words: str) -> Cell:
    return Cell(words or NOT_KNOWN, known=bool(words))


def _odds(sides: Sequence[Side]) -> tuple[Line, ...]:
    return (
        line("Tier", [_tier(side) for side in sides]),
        _each("Chance of an interview", sides, _interview),
        _each(
            "Fit, out of 100",
            sides,
            lambda side: str(side.row["fit"]) if side.row and "fit" in side.row else "",
        ),
        _each(
            "Adds to your chance of a match",
            sides,
            lambda side: gain_words(side.listed.gain, side.listed.usd) if side.listed and _open(side) else "",
        ),
    )


def _open(side: Side) -> bool:
    return bool(side.row and not side.row.get("closed") and side.row["interview"]["probability"] is not None)


def _tier(side: Side) -> Cell:
    if side.row is None:
        return Cell("no number", known=False)
    if side.row.get("closed"):
        return Cell("closed to you", tier="closed")
    tier = side.row["tier"] if _open(side) else ""
    return Cell(tier, tier=tier) if tier else Cell("no number", known=False)


def _interview(side: Side) -> str:
    if not _open(side) or side.row is None:
        return ""
    return percent_range(side.row["interview"]["low"], side.row["interview"]["high"])


MARKS = {"pass": "✓", "fail": "✕", "unknown": "?"}


def _rules(sides: Sequence[Side]) -> tuple[Line, ...]:
    """One line a rule that any of them states."""
    told = [{each.gate: each for each in gate_lines((side.row or {}).get("gates", ()))} for side in sides]
    labels = {gate["gate"]: gate["label"] for side in sides for gate in (side.row or {}).get("gates", ())}
    return tuple(
        line(
            str(label),
            [
                Cell(
                    gates[name].words.removeprefix(f"{label}: "),
                    mark=MARKS[gates[name].verdict],
                    fact=gates[name].fact,
                )
                if name in gates
                else Cell("no such rule known", known=False)
                for gates in told
            ],
        )
        for name, label in labels.items()
    )


def _place(sides: Sequence[Side]) -> tuple[Line, ...]:
    return (
        _each("City", sides, lambda side: place(side.track)),
        _each(
            "From downtown Los Angeles", sides, lambda side: distance_words(side.miles) or DISTANCE_UNKNOWN
        ),
        _each("Specialty", sides, lambda side: side.specialty),
        _each("Track", sides, lambda side: TRACKS[side.track.track]),
        _each("Sponsor", sides, lambda side: side.track.institution),
        _each("Listing", sides, lambda side: LISTING_WORDS[side.track.listing_status]),
    )


def _facts(sides: Sequence[Side]) -> list[Block]:
    """What pages say, by topic, each with its source; rules told above are not told twice."""
    judged = {gate["gate"] for side in sides for gate in (side.row or {}).get("gates", ())}
    blocks = []
    for topic, title in TOPICS.items():
        fields = [
            entry
            for entry in FACT_FIELDS.values()
            if entry.topic == topic
            and entry.field not in judged
            and any(entry.field in side.track.facts for side in sides)
        ]
        lines = [
            line(entry.label, [_fact(side.track.facts.get(entry.field)) for side in sides])
            for entry in fields
        ]
        blocks.append(Block(title, tuple(lines)))
    return blocks


def _fact(fact: FactValue | None) -> Cell:
    if fact is None:
        return Cell(NOT_KNOWN, known=False)
    chip = {
        "url": fact.url,
        "source": "" if fact.url else SourceKind(fact.source_kind).label,
        "source_kind": fact.source_kind if fact.url else "",
        "source_kind_words": SourceKind(fact.source_kind).label if fact.url else "",
        "page_year": fact.page_year,
        "observed_on": fact.observed_on,
        "confidence": fact.confidence,
        "conflicts": fact.conflicts,
    }
    return Cell(value_words(FACT_FIELDS[fact.field], fact.value, fact.as_stated), fact=chip)
