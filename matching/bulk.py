"""Programs of one tier in one place and specialty, from a match's answer: what is added in one go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.catalogue import catalogue_get
from matching.models import Match
from matching.selectors import MatchNotReady, match_document
from matching.whole import whole_of
from programs.geography import rings_within

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is asked for. ``specialty`` "" for all she asked about. A ring holds the ones inside it."""

    tier: str
    ring: str
    specialty: str = ANY


@dataclass(frozen=True, slots=True)
class Found:
    """``programs``: ids, the likeliest first, one track a program; ``closed``: how many programs there a
    strict rule shuts her out of."""

    programs: tuple[str, ...]
    closed: int


@dataclass(frozen=True, slots=True)
class _Track:
    id: str
    key: str
    tier: str
    p: float
    closed: bool


def bulk_find(match: Match, wanted: Bulk) -> Found:
    """Of every program of the catalogue where the match keeps them all, else of the rows of its answer.

    Raises MatchNotReady.
    """
    tracks = list(_tracks(match, wanted))
    open_there = sorted((t for t in tracks if t.tier == wanted.tier), key=lambda t: (-t.p, t.id))
    best: dict[str, str] = {}
    for track in open_there:
        best.setdefault(track.key, track.id)
    return Found(tuple(best.values()), len({track.key for track in tracks if track.closed}))


def _tracks(match: Match, wanted: Bulk) -> "Iterator[_Track]":
    from matching.scoring.tiers import TIERS  # noqa: PLC0415

    whole, rings = whole_of(match.run), rings_within(wanted.ring)
    if whole is None:
        yield from _rows(match, wanted)
        return
    for row, track in enumerate(catalogue_get(match.run.data_version).tracks):
        there = track.ring in rings and wanted.specialty in (ANY, track.specialty)
        if there and whole.asked[row]:
            tier, p = int(whole.tier[row]), float(whole.p[row])
            name = TIERS[tier] if tier >= 0 else ""
            yield _Track(track.id, track.program_key, name, p, bool(whole.closed[row]))


def _rows(match: Match, wanted: Bulk) -> "Iterator[_Track]":
    """An answer from before matches kept every program knows its best rows and what it left out."""
    document, rings = match_document(match, explain=0), rings_within(wanted.ring)
    for row in (*document["list"], *document["screened_out"]):
        program = row["program"]
        if program["ring"] in rings and wanted.specialty in (ANY, program["specialty"]):
            p = row.get("interview", {}).get("probability") or 0.0
            closed = "interview" not in row
            yield _Track(program["id"], program["program_key"], row.get("tier") or "", p, closed)


__all__ = ["Bulk", "Found", "MatchNotReady", "bulk_find"]
