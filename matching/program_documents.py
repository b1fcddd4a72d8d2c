"""A program as every row of an answer names it."""

from collections.abc import Mapping
from typing import Any

from programs.snapshot import TrackRow

Document = dict[str, Any]


def program_document(track: TrackRow, specialty_names: Mapping[str, str]) -> Document:
    """What is not known is null."""
    facts = track.facts
    kind, safety_net = facts.get("program_type"), facts.get("safety_net")
    return {
        "id": track.id,
        "program_key": track.program_key,
        "acgme_id": track.acgme_id,
        "nrmp_code": track.nrmp_code,
        "listing_status": track.listing_status,
        "last_listed_year": track.last_listed_year,
        "name": track.name,
        "specialty": track.specialty,
        "specialty_name": specialty_names.get(track.specialty, track.specialty),
        "track": track.track,
        "institution": track.institution,
        "city": track.city,
        "county": track.county or None,
        "state": track.state,
        "ring": track.ring,
        "in_los_angeles_county": track.in_los_angeles_county,
        "program_type": kind.value if kind else None,
        "safety_net": {"yes": True, "no": False}.get(str(safety_net.value)) if safety_net else None,
    }
