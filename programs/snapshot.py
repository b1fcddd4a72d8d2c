"""The catalogue at one data version, as frozen values: what the scoring core is built from.

The bytes are compressed JSON, rows as arrays in the order of the fields below: the same catalogue gives the
same bytes, hence the same fingerprint and the same version. Nothing is cached here.
"""

import zlib
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

import orjson

from programs.models import DataVersion, Publication

# Raised when the arrays below change, so that an old snapshot is never read as a new one.
SNAPSHOT_FORMAT = 2
READABLE = (1, 2)  # the first had no ``others``
VERSION_LENGTH = 12


@dataclass(frozen=True, slots=True)
class FactValue:
    """The current fact of a field. ``value`` is None where the statement could not be typed.

    ``observed_on`` is an ISO date and ``page_year`` a year, both None where the source does not say;
    ``url`` is "" for a file of the government. ``conflicts``: how many other facts of the field say
    otherwise; ``others`` are those, the most believed first, each without others of its own.
    """

    id: int
    field: str
    value: float | str | None
    as_stated: str
    strictness: str
    url: str
    source_kind: str
    page_year: int | None
    observed_on: str | None
    confidence: str
    conflicts: int
    others: tuple["FactValue", ...] = ()


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One program track; ``facts`` holds the current fact of each field that any fact speaks of."""

    id: str
    program_key: str
    acgme_id: str | None
    nrmp_code: str | None
    specialty: str
    track: str
    name: str
    institution: str
    city: str
    county: str
    state: str
    latitude: float | None
    longitude: float | None
    last_listed_year: int | None
    listing_status: str
    ring: str
    in_los_angeles_county: bool
    same_as: str | None
    facts: dict[str, FactValue]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole catalogue: (slug, name) of the specialties, tracks sorted by id."""

    version: str
    specialties: tuple[tuple[str, str], ...]
    tracks: tuple[TrackRow, ...]


# Columns of a fact's row; one more holds the rows of its others, where it has any.
FACT_COLUMNS: tuple[str, ...] = tuple(entry.name for entry in fields(FactValue) if entry.name != "others")
TRACK_COLUMNS: tuple[str, ...] = tuple(entry.name for entry in fields(TrackRow))


def snapshot_pack(*, specialties: list[list[Any]], tracks: list[list[Any]]) -> tuple[bytes, str, str]:
    """(compressed bytes, fingerprint, version) of rows in column order, the facts of a track as a list."""
    document = {"format": SNAPSHOT_FORMAT, "specialties": specialties, "tracks": tracks}
    text = orjson.dumps(document)
    fingerprint = sha256(text).hexdigest()
    return zlib.compress(text, 6), fingerprint, fingerprint[:VERSION_LENGTH]


def snapshot_unpack(*, version: str, blob: bytes) -> Snapshot:
    """The frozen values again. Raises ValueError for bytes of another format."""
    return snapshot_read(version=version, document=orjson.loads(zlib.decompress(blob)))


def snapshot_read(*, version: str, document: dict[str, Any]) -> Snapshot:
    """From the rows as ``snapshot_pack`` takes them, with their format; the document is used up."""
    if document["format"] not in READABLE:
        raise ValueError(f"Data version {version}: snapshot format {document['format']} is not readable")
    for row in document["tracks"]:
        row[-1] = {fact[1]: _fact(fact) for fact in row[-1]}
    tracks = tuple(TrackRow(*row) for row in document["tracks"])
    specialties = tuple((slug, name) for slug, name in document["specialties"])
    return Snapshot(version=version, specialties=specialties, tracks=tracks)


def _fact(row: list[Any]) -> FactValue:
    if len(row) == len(FACT_COLUMNS):
        return FactValue(*row)
    return FactValue(*[*row[:-1], tuple(FactValue(*other) for other in row[-1])])


def snapshot_get(version: str) -> Snapshot:
    """The catalogue as published under this version. Raises DataVersion.DoesNotExist."""
    blob = DataVersion.objects.values_list("snapshot", flat=True).get(version=version)
    return snapshot_unpack(version=version, blob=bytes(blob))


def version_current() -> str | None:
    """The version published last; None while nothing is published. One query on an index."""
    return Publication.objects.order_by("-id").values_list("data_version__version", flat=True).first()
