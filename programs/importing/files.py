"""The catalogue's files, read and checked as a whole before a single row is written.

Each ``*_read`` turns one file into unsaved rows; references between files are checked here too, so that the
database never has to be asked whether a file makes sense.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from programs.choices import (
    ApplicationService,
    Confidence,
    ListingStatus,
    SourceKind,
    Strictness,
    Track,
)
from programs.fact_fields import value_fault, value_typed
from programs.geography import STATES
from programs.importing.faults import CatalogueInvalidError, Fault
from programs.importing.hospital import LABEL_COLUMNS, label_facts
from programs.importing.reading import Row, rows_once, rows_read
from programs.models import Program, ProgramFact, Specialty

SPECIALTY_COLUMNS = ("slug", "name", "application_service", "source")
PROGRAM_COLUMNS = (
    "id", "program_key", "acgme_id", "nrmp_code", "specialty", "track", "program_name", "institution", "city",
    "county", "state", "latitude", "longitude", "last_listed_year", "listing_status", "seen_in",
)  # fmt: skip
FACT_COLUMNS = (
    "id", "program_id", "field", "value", "value_as_stated", "strictness", "paraphrase", "source_url",
    "source_kind", "page_year", "confidence",
)  # fmt: skip
ALIAS_COLUMNS = ("institution", "alias", "source")
SAME_AS_COLUMNS = ("id", "same_as", "reason", "source")
FILES = ("specialties", "programs", "aliases", "same_as", "facts", "hospital_labels")

# Raised when the loader reads the same files differently, so that --if-changed loads again.
LOADER_EDITION = "2"


@dataclass(slots=True)
class CatalogueFiles:
    """Rows ready to be written. ``institutions`` names that of each program, which has no row yet."""

    source_fingerprint: str
    specialties: list[Specialty] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    institutions: dict[str, str] = field(default_factory=dict)
    facts: list[ProgramFact] = field(default_factory=list)


def source_fingerprint(folder: Path) -> str:
    """Of the files the loader reads; a file that is missing counts as empty."""
    digest = sha256(LOADER_EDITION.encode())
    for name in FILES:
        path = folder / f"{name}.csv"
        digest.update(sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()


def catalogue_read(folder: Path) -> CatalogueFiles:
    """Everything in ``folder``, checked. Raises CatalogueInvalidError with every fault of every file."""
    faults: list[Fault] = []
    files = CatalogueFiles(source_fingerprint(folder))
    files.specialties = specialties_read(folder, faults)
    _programs_read(folder, files, faults)
    known = set(files.institutions)
    _aliases_read(folder, files, faults)
    _same_as_read(folder, files, faults)
    files.facts = [*facts_read(folder, known, faults), *labels_read(folder, known, faults)]
    if faults:
        raise CatalogueInvalidError(faults)
    return files


def specialties_read(folder: Path, faults: list[Fault]) -> list[Specialty]:
    rows = rows_read(folder / "specialties.csv", SPECIALTY_COLUMNS, faults)
    rows_once(rows, "slug")
    rows_once(rows, "name")
    return [
        Specialty(
            slug=row.pattern("slug", r"[a-z]+(-[a-z]+)*", like="internal-medicine")
            or row.text("slug", longest=40),
            name=row.text("name", longest=80),
            application_service=row.choice("application_service", ApplicationService.values),
        )
        for row in rows
    ]


def _programs_read(folder: Path, files: CatalogueFiles, faults: list[Fault]) -> None:
    rows = rows_read(folder / "programs.csv", PROGRAM_COLUMNS, faults)
    for unique in (("id",), ("nrmp_code",), ("acgme_id", "track")):
        rows_once(rows, *unique)
    slugs = {specialty.slug for specialty in files.specialties}
    for row in rows:
        program = program_read(row, slugs)
        files.programs.append(program)
        files.institutions[program.id] = row.text("institution", longest=200)


def program_read(row: Row, slugs: Collection[str]) -> Program:
    """One line of programs.csv. A coordinate without the other is a fault; none at all is fine."""
    latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    if bool(row.cells["latitude"].strip()) != bool(row.cells["longitude"].strip()):
        row.fault("latitude", "needs its longitude, and the longitude its latitude")
    return Program(
        id=row.pattern("id", r"sp\d{5}", like="sp01234") or row.text("id", longest=7),
        program_key=row.pattern("program_key", r"\d{10}|sp\d{5}", like="1400531041 or sp01234")
        or row.text("program_key", longest=10),
        acgme_id=row.pattern("acgme_id", r"\d{10}", like="1400531041"),
        nrmp_code=row.pattern("nrmp_code", r"\d{7}[A-Z]\d", like="1049140C0"),
        specialty_id=row.choice("specialty", slugs),
        track=row.choice("track", Track.values),
        name=row.text("program_name", longest=200),
        city=row.text("city", longest=80, needed=False),
        county=row.text("county", longest=80, needed=False),
        state=row.choice("state", STATES),
        latitude=latitude,
        longitude=longitude,
        last_listed_year=row.year("last_listed_year"),
        listing_status=row.choice("listing_status", ListingStatus.values),
        seen_in=row.text("seen_in", longest=200, needed=False),
    )


def _aliases_read(folder: Path, files: CatalogueFiles, faults: list[Fault]) -> None:
    rows = rows_read(folder / "aliases.csv", ALIAS_COLUMNS, faults)
    rows_once(rows, "institution", "alias")
    known = set(files.institutions.values())
    aliases: dict[str, list[str]] = {}
    for row in rows:
        institution = row.text("institution", longest=200)
        if institution not in known:
            row.fault("institution", "is the institution of no program")
        aliases.setdefault(institution, []).append(row.text("alias", longest=120))
    for program in files.programs:
        program.aliases = ";".join(aliases.get(files.institutions[program.id], ()))


def _same_as_read(folder: Path, files: CatalogueFiles, faults: list[Fault]) -> None:
    rows = rows_read(folder / "same_as.csv", SAME_AS_COLUMNS, faults)
    rows_once(rows, "id")
    programs = {program.id: program for program in files.programs}
    duplicates = {row.cells["id"].strip() for row in rows}
    for row in rows:
        program_id, same_as = (
            row.choice_of_program("id", programs),
            row.choice_of_program("same_as", programs),
        )
        if same_as in duplicates:
            row.fault("same_as", "is itself the same as another program: name that one")
        if program_id in programs and same_as in programs:
            programs[program_id].same_as_id = same_as


def facts_read(folder: Path, known: Collection[str], faults: list[Fault]) -> list[ProgramFact]:
    rows = rows_read(folder / "facts.csv", FACT_COLUMNS, faults)
    rows_once(rows, "id")
    return [fact_read(row, known) for row in rows]


def fact_read(row: Row, known: Collection[str]) -> ProgramFact:
    """One line of facts.csv. A statement that could not be typed keeps only what was stated."""
    field_name, value = row.cells["field"].strip(), row.cells["value"].strip()
    number, code = None, ""
    if reason := value_fault(field_name, value):
        row.fault("field" if reason.startswith("is no known") else "value", reason)
    else:
        number, code = value_typed(field_name, value)
    url = row.url("source_url")
    return ProgramFact(
        id=int(row.number("id", 1, 9_999_999) or 0),
        program_id=row.choice_of_program("program_id", known),
        field=field_name,
        value_number=number,
        value_code=code,
        value_as_stated=row.text("value_as_stated", longest=200),
        strictness=row.choice("strictness", Strictness.values),
        url=url,
        source=url.split("/")[2] if url.count("/") >= 2 else "",
        source_kind=row.choice("source_kind", SourceKind.values),
        page_year=row.year("page_year"),
        confidence=row.choice("confidence", Confidence.values),
        note=row.text("paraphrase", longest=300, needed=False),
    )


def labels_read(folder: Path, known: Collection[str], faults: list[Fault]) -> list[ProgramFact]:
    rows = rows_read(folder / "hospital_labels.csv", LABEL_COLUMNS, faults)
    rows_once(rows, "program_id")
    return [fact for row in rows for fact in label_facts(row, known)]
