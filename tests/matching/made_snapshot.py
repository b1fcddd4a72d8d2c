"""A published catalogue made up in memory, and answers over it: no database."""

import zlib
from typing import Any

from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute, answer_document
from matching.scoring.answer import Answer
from programs.geography import in_los_angeles_county, ring_of
from programs.snapshot import FactValue, Snapshot, TrackRow
from tests.matching.inputs import options_of, profile_of

SPECIALTIES = (("family-medicine", "Family medicine"), ("internal-medicine", "Internal medicine"))
SEASON = "2027"


def fact_make(number: int, field: str, value: Any, **members: Any) -> FactValue:
    given: dict[str, Any] = {
        "id": number * 1000 + zlib.crc32(field.encode()) % 1000,
        "field": field,
        "value": value,
        "as_stated": str(value),
        "strictness": "strict",
        "url": "https://program.example/apply",
        "source_kind": "program_page",
        "page_year": 2026,
        "observed_on": "2026-08-01",
        "confidence": "high",
        "conflicts": 0,
        **members,
    }
    return FactValue(**given)


def row_make(number: int, place: tuple[str, str] = ("CA", "Los Angeles"), **members: Any) -> TrackRow:
    state, county = place
    facts = members.pop("facts", {})
    given: dict[str, Any] = {
        "id": f"sp{number:05d}",
        "program_key": f"key{number}",
        "acgme_id": None,
        "nrmp_code": None,
        "specialty": "internal-medicine",
        "track": "categorical",
        "name": f"Program {number}",
        "institution": "Harbor Hospital",
        "city": county,
        "county": county,
        "state": state,
        "latitude": None,
        "longitude": None,
        "last_listed_year": 2026,
        "listing_status": "current",
        "ring": ring_of(state, county),
        "in_los_angeles_county": in_los_angeles_county(state, county),
        "same_as": None,
        **members,
    }
    made = {
        field: value if isinstance(value, FactValue) else fact_make(number, field, value)
        for field, value in facts.items()
    }
    return TrackRow(**given, facts=made)


def catalogue_of(*rows: TrackRow, version: str = "made") -> LoadedCatalogue:
    # Columns are kept by version: a catalogue that differs needs a name that differs.
    return LoadedCatalogue(Snapshot(f"{version}-{zlib.crc32(repr(rows).encode())}", SPECIALTIES, rows))


def answer_of(catalogue: LoadedCatalogue, *, options: dict[str, Any] | None = None, **profile: Any) -> Answer:
    return answer_compute(
        profile=profile_of(**profile),
        options=options_of(**(options or {})),
        catalogue=catalogue,
        season=SEASON,
    )


def document_of(catalogue: LoadedCatalogue, *, options: dict[str, Any] | None = None, **profile: Any) -> Any:
    """The written answer with every row explained."""
    return answer_document(answer_of(catalogue, options=options, **profile), catalogue, explain=200)
