"""A saved list as it is read: by tier, with the ranges it had when it was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.list_words import STATUSES

from .chance import ChanceFigure, chance_figure, chance_scale, chance_scale_words
from .named import Named
from .programs import listing_words, program_name, program_place, program_specialty
from .tiers import TIERS

if TYPE_CHECKING:
    from matching.models import ListEntry
    from programs.models import Program


@dataclass(frozen=True, slots=True)
class ListRow(Named):
    id: str
    position: int
    name: str
    place: str
    specialty: str
    tier: str
    chance: ChanceFigure | None
    listing: str
    stands: str  # status and signal, where there is something to say; the note is hers alone


@dataclass(frozen=True, slots=True)
class ListPage:
    count: int
    tier_counts: tuple[tuple[str, int], ...]
    scale_words: str
    rows: tuple[ListRow, ...]


def program_facts(program: "Program") -> dict[str, object]:
    """A program as documents name it, for the words of ``presentation.programs``."""
    return {
        "name": program.name,
        "city": program.city,
        "state": program.state,
        "in_los_angeles_county": program.in_los_angeles_county,
        "specialty": program.specialty_id,
        "specialty_name": program.specialty.name,
        "track": program.track,
        "listing_status": program.listing_status,
        "last_listed_year": program.last_listed_year,
        "retired_on": program.retired_on,
    }


def list_row(entry: "ListEntry", scale: float) -> ListRow:
    program, facts = entry.program, program_facts(entry.program)
    return ListRow(
        id=program.id,
        position=entry.position,
        name=program_name(facts),
        place=program_place(facts),
        specialty=program_specialty(facts),
        tier=entry.tier,
        chance=chance_figure(interview(entry), scale),
        listing=listing_words(facts),
        stands=stands_words(entry),
    )


def stands_words(entry: "ListEntry") -> str:
    """``applied, gold signal``; "" for a program that is merely planned."""
    status = "" if entry.status == "plan" else STATUSES.get(entry.status, entry.status)
    signal = f"{entry.signal} signal" if entry.signal in ("gold", "silver") else entry.signal
    return ", ".join(part for part in (status, signal) if part)


def interview(entry: "ListEntry") -> dict[str, float | None]:
    return {"probability": entry.probability, "low": entry.low, "high": entry.high}


def list_page(entries: Sequence["ListEntry"]) -> ListPage:
    scale = chance_scale({"interview": interview(entry)} for entry in entries)
    counts = [(tier, sum(1 for entry in entries if entry.tier == tier)) for tier in TIERS]
    return ListPage(
        count=len(entries),
        tier_counts=tuple((tier, count) for tier, count in counts if count),
        scale_words=chance_scale_words(scale),
        rows=tuple(list_row(entry, scale) for entry in entries),
    )
