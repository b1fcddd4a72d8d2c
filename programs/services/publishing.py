from typing import Any

from django.db import transaction

from programs.choices import COUNTED
from programs.current import Candidate, conflicts_of, fact_order
from programs.models import DataVersion, ProgramFact, Publication, Specialty
from programs.selectors import programs_open
from programs.snapshot import FACT_COLUMNS, TRACK_COLUMNS, Snapshot, snapshot_pack, snapshot_unpack

# Where a snapshot's name differs from the row's.
_TRACK_SOURCES = {
    "specialty": "specialty_id",
    "institution": "institution__name",
    "same_as": "same_as_id",
}
_FACT_SOURCES = {"as_stated": "value_as_stated"}


@transaction.atomic
def data_version_publish(*, source_fingerprint: str = "") -> DataVersion:
    """Freezes the catalogue as it now is and makes it the current version.

    The same content gives the same version: publishing it again only notes that it is current again.
    Without ``source_fingerprint`` (facts edited by hand) that of the last load is carried on.
    """
    tracks, fact_count = _track_rows()
    blob, fingerprint, version = snapshot_pack(specialties=_specialty_rows(), tracks=tracks)
    row, _ = DataVersion.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "version": version,
            "program_count": len(tracks),
            "fact_count": fact_count,
            "snapshot": blob,
        },
    )
    last = Publication.objects.order_by("-id").first()
    source_fingerprint = source_fingerprint or (last.source_fingerprint if last else "")
    if last is None or (last.data_version_id, last.source_fingerprint) != (row.pk, source_fingerprint):
        Publication.objects.create(data_version=row, source_fingerprint=source_fingerprint)
    return row


def catalogue_now() -> Snapshot:
    """What publishing now would freeze, kept nowhere."""
    tracks, _ = _track_rows()
    blob, _, version = snapshot_pack(specialties=_specialty_rows(), tracks=tracks)
    return snapshot_unpack(version=version, blob=blob)


def _specialty_rows() -> list[list[Any]]:
    return [list(row) for row in Specialty.objects.order_by("slug").values_list("slug", "name")]


def _track_rows() -> tuple[list[list[Any]], int]:
    """Rows in TRACK_COLUMNS order, each with its current facts in FACT_COLUMNS order, sorted by field."""
    facts, count = _current_facts()
    columns = [_TRACK_SOURCES.get(name, name) for name in TRACK_COLUMNS[:-1]]
    rows = programs_open().order_by("id").values_list(*columns)
    return [[*row, facts.get(row[0], [])] for row in rows.iterator(chunk_size=2000)], count


def _current_facts() -> tuple[dict[str, list[list[Any]]], int]:
    plain = [_FACT_SOURCES.get(name, name) for name in FACT_COLUMNS if name not in ("value", "conflicts")]
    said: dict[tuple[str, str], list[dict[str, Any]]] = {}
    held = ProgramFact.objects.filter(program__in=programs_open(), check_state__in=COUNTED)
    rows = held.order_by("program_id", "field", "id").values(
        "program_id", "value_number", "value_code", "is_current", *plain
    )
    count = 0
    for row in rows.iterator(chunk_size=2000):
        count += 1
        number = row["value_number"]
        row["value"] = number if number is not None else row["value_code"] or None
        said.setdefault((row["program_id"], row["field"]), []).append(row)
    facts: dict[str, list[list[Any]]] = {}
    for (program_id, _), stated in said.items():
        for row in stated:
            if row["is_current"]:
                facts.setdefault(program_id, []).append(_fact_row(row, stated))
    return facts, count


def _fact_row(row: dict[str, Any], stated: list[dict[str, Any]]) -> list[Any]:
    """The current fact in FACT_COLUMNS order and, where others of its field say otherwise, their rows."""
    row["conflicts"] = conflicts_of(row["value"], [other["value"] for other in stated])
    others = sorted(
        (other for other in stated if row["conflicts"] and other["value"] not in (None, row["value"])),
        key=_believed,
    )
    values = [row[_FACT_SOURCES.get(name, name)] for name in FACT_COLUMNS]
    return [*values, [_other_row(other) for other in others]] if others else values


def _other_row(row: dict[str, Any]) -> list[Any]:
    return [0 if name == "conflicts" else row[_FACT_SOURCES.get(name, name)] for name in FACT_COLUMNS]


def _believed(row: dict[str, Any]) -> tuple[bool, int, int, int, int]:
    return fact_order(
        Candidate(row["id"], row["value"], row["confidence"], row["source_kind"], row["page_year"])
    )
