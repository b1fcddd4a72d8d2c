"""The frozen catalogue: part of the real one as it once was, in a file that no change of data touches.

The current model answers from it, so an answer stays the same to the byte until the model changes.
"""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.conf import settings

from programs.choices import Ring
from programs.models import ProgramFact
from programs.snapshot import (
    FACT_COLUMNS,
    SNAPSHOT_FORMAT,
    TRACK_COLUMNS,
    FactValue,
    Snapshot,
    TrackRow,
    snapshot_read,
)

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue

VERSION = "sandbox-1"
SPECIALTIES = frozenset({"internal-medicine", "family-medicine", "psychiatry"})  # what the personas apply to
NEAR = frozenset({Ring.LOS_ANGELES, Ring.CALIFORNIA})
ELSEWHERE = 64  # tracks outside California: those of which most is stated


class HandMade(ValueError):
    """Some facts were entered or imported on this site: whether they may be shipped is not known."""


class Frozen(NamedTuple):
    """``at`` stands for the time of every answer."""

    catalogue: "LoadedCatalogue"
    at: datetime


@lru_cache(maxsize=1)
def frozen_catalogue() -> Frozen:
    """Read with the first question, once a process."""
    from matching.catalogue import LoadedCatalogue  # noqa: PLC0415  (numpy comes with it)

    document = orjson.loads(frozen_path(VERSION).read_bytes())
    catalogue = LoadedCatalogue(snapshot_read(version=document["version"], document=document))
    return Frozen(catalogue, datetime.fromisoformat(document["frozen_at"]).astimezone(UTC))


def frozen_path(version: str) -> Path:
    return Path(settings.FIXTURES_DIR) / "sandbox" / f"{version}.json"


def frozen_bytes(snapshot: Snapshot, *, version: str, at: datetime) -> bytes:
    """The part of a catalogue that is kept, one track a line. Raises HandMade."""
    tracks = sorted(_kept(snapshot.tracks), key=lambda track: track.id)
    if any(fact.id >= ProgramFact.HAND_IDS_FROM for track in tracks for fact in _facts(track)):
        raise HandMade("this catalogue holds facts that are not from fixtures/")
    head = {
        "version": version,
        "frozen_at": at.isoformat(timespec="seconds"),
        "format": SNAPSHOT_FORMAT,
        "specialties": snapshot.specialties,
    }
    rows = b",\n".join(orjson.dumps(_track_row(track)) for track in tracks)
    return orjson.dumps(head)[:-1] + b',"tracks":[\n' + rows + b"\n]}\n"


def _kept(tracks: tuple[TrackRow, ...]) -> list[TrackRow]:
    found = [track for track in tracks if track.specialty in SPECIALTIES]
    near = [track for track in found if track.ring in NEAR]
    far = sorted((track for track in found if track.ring not in NEAR), key=lambda t: (-_stated(t), t.id))
    return near + far[:ELSEWHERE]


def _stated(track: TrackRow) -> int:
    """How much its own pages say; files of the government name no page."""
    return sum(fact.url != "" for fact in track.facts.values())


def _facts(track: TrackRow) -> list[FactValue]:
    return [fact for each in track.facts.values() for fact in (each, *each.others)]


def _track_row(track: TrackRow) -> list[Any]:
    plain = [getattr(track, name) for name in TRACK_COLUMNS[:-1]]
    return [*plain, [_fact_row(fact) for fact in track.facts.values()]]


def _fact_row(fact: FactValue) -> list[Any]:
    plain = [getattr(fact, name) for name in FACT_COLUMNS]
    return [*plain, [_fact_row(other) for other in fact.others]] if fact.others else plain
