"""Programs, one track a row. An item is what the row says of a track we hold, or a track to be added:

{"program": id or "", "says": {column: text}, "files": {column: text}, "reason", "url"}
``files`` are columns that only the catalogue's files decide: compared and told, never written over ours.
"""

from typing import Any

from programs.choices import ListingStatus, Track
from programs.importing.columns import PROGRAMS
from programs.importing.finding import Found
from programs.importing.reading import Row
from programs.importing.rows.common import Read, Reader, address, code, faults_of
from programs.models.override import DECIDED

NAMES = tuple(target.name for target in PROGRAMS)
FILES_DECIDE = ("specialty", "institution", "listing_status", "last_listed_year", "latitude", "longitude")
NEEDED_NEW = ("name", "specialty", "institution", "state")
COLUMN = {"program_name": "name"}


def programs_read(cells: dict[str, str], reader: Reader) -> Read:
    row = reader.row(cells, NAMES)
    says = _says(row, reader)
    found = reader.index.find({**row.cells, "track": says.get("track", "")}, tracks=False)
    new = _new(row, found)
    if not new and found.fault and not any(fault.field == found.field for fault in row.faults):
        row.fault(found.field, found.fault)
    if new:
        _new_check(row, says)
    read = Read(program="" if new else found.first, faults=faults_of(row.faults))
    if not read.faults:
        read.items = [_item(row, says, "" if new else found.programs[0])]
    return read


def _new(row: Row, found: Found) -> bool:
    """A code that nobody has makes a program; a name alone does not: it may be ours, spelt otherwise."""
    return found.absent and bool(row.cells["acgme_id"] or row.cells["nrmp_code"])


def _says(row: Row, reader: Reader) -> dict[str, Any]:
    """The columns that the file names, checked; an empty cell says nothing."""
    track = row.cells["track"].casefold().replace(" ", "-")
    if track and track not in Track.values:
        row.fault("track", f"is none of {', '.join(Track.values)}")
    state, specialty = reader.index.state(row.cells["state"]), reader.index.specialty(row.cells["specialty"])
    if row.cells["state"] and not state:
        row.fault("state", "is no state of the US")
    if row.cells["specialty"] and not specialty:
        row.fault("specialty", "is no specialty of ours")
    day, year = row.day("retired_on"), row.year("last_listed_year")
    if day is not None and day > reader.today:
        row.fault("retired_on", "is a day to come: it is decided when it has come")
    same_as = row.cells["same_as"]
    if same_as and same_as not in reader.index.by_id:
        row.fault("same_as", "is the id of no program of ours")
    says = {
        "program_name": row.text("program_name", longest=200, needed=False),
        "aliases": row.text("aliases", longest=500, needed=False),
        "city": row.text("city", longest=80, needed=False),
        "county": row.text("county", longest=80, needed=False),
        "state": state,
        "acgme_id": code(row, "acgme_id", r"\d{10}", "1400531041 (ten digits)") or "",
        "nrmp_code": code(row, "nrmp_code", r"\d{7}[A-Z]\d", "1049140C0") or "",
        "track": track,
        "same_as": same_as,
        "retired_on": day.isoformat() if day else "",
        "specialty": specialty,
        "institution": row.text("institution", longest=200, needed=False),
        "last_listed_year": str(year) if year else "",
        "listing_status": _listing(row, year),
        **_place(row),
    }
    return {COLUMN.get(name, name): text for name, text in says.items() if text}


def _listing(row: Row, year: int | None) -> str:
    """As it says of itself; else by the year, as the words of each status have it."""
    if row.cells["listing_status"]:
        return row.choice("listing_status", ListingStatus.values)
    if year is None:
        return ""
    statuses = ListingStatus
    return (
        statuses.CURRENT if year >= 2024 else statuses.UNCONFIRMED if year == 2023 else statuses.OLD
    ).value


def _place(row: Row) -> dict[str, str]:
    latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    if bool(row.cells["latitude"]) != bool(row.cells["longitude"]):
        row.fault("latitude", "needs its longitude, and the longitude its latitude")
    if latitude is None or longitude is None:
        return {}
    return {"latitude": repr(latitude), "longitude": repr(longitude)}


def _new_check(row: Row, says: dict[str, Any]) -> None:
    for name in NEEDED_NEW:
        if name not in says:
            cell = {"name": "program_name"}.get(name, name)
            row.fault(cell, "is missing: no program of ours has this code, and to add one it is needed")
    if "listing_status" not in says:
        row.fault("last_listed_year", "is missing: to add a program, say when it was last listed")


def _item(row: Row, says: dict[str, Any], program: str) -> dict[str, Any]:
    return {
        "program": program,
        "says": {name: text for name, text in says.items() if name in DECIDED},
        "files": {name: text for name, text in says.items() if name in FILES_DECIDE},
        "reason": row.text("reason", longest=300, needed=False),
        "url": address(row),
    }
