from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from programs.importing.faults import CatalogueInvalidError, Fault
from programs.importing.files import CatalogueFiles, catalogue_read, source_fingerprint
from programs.models import DataVersion, Institution, Program, ProgramFact, Publication, Specialty
from programs.search import search_text
from programs.services.chunks import chunks
from programs.services.facts import facts_pick_current
from programs.services.history import history_note, history_start
from programs.services.overrides import overrides_apply
from programs.services.publishing import data_version_publish
from programs.services.withdrawing import facts_withdraw

M = TypeVar("M", bound=models.Model)
# Columns of a fact that no file knows.
KEPT_OF_FACTS = (
    "is_current", "check_state", "entered_by", "checked_by", "checked_at", "batch", "roster",
)  # fmt: skip
BY_FILES = "Loaded from the files"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``skipped``: the files are those of the current version, nothing was read."""

    version: DataVersion
    skipped: bool = False
    programs_written: int = 0
    facts_written: int = 0
    facts_withdrawn: int = 0


def catalogue_load(*, folder: Path, if_changed: bool = False) -> Loaded:
    """Loads the files of a folder and publishes what they hold. Doing it twice changes nothing.

    Every row of every file is checked first: raises CatalogueInvalidError with all faults and writes nothing.
    A program is never deleted; a fact is withdrawn when its line leaves the file; facts by hand stay.
    """
    if if_changed and (current := _published(source_fingerprint(folder))):
        return Loaded(current, skipped=True)
    files = catalogue_read(folder)
    with transaction.atomic():
        _one_loader_at_a_time()
        # Another process may have loaded the same files while this one read them.
        if if_changed and (current := _published(files.source_fingerprint)):
            return Loaded(current, skipped=True)
        return _catalogue_write(files)


def _published(fingerprint: str) -> DataVersion | None:
    last = Publication.objects.select_related("data_version").defer("data_version__snapshot").first()
    return last.data_version if last and last.source_fingerprint == fingerprint else None


def _one_loader_at_a_time() -> None:
    """SQLite has one writer anyway; on PostgreSQL a second loader waits for the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Publication._meta.db_table} IN EXCLUSIVE MODE")


def _catalogue_write(files: CatalogueFiles) -> Loaded:
    now = timezone.now()
    for model in (Program, ProgramFact):
        history_start(model)
    overrides_apply(files.programs)
    _codes_check(files.programs)
    _upsert(Specialty, files.specialties)
    _institutions_attach(files)
    for program in files.programs:
        program.updated_at = now
    programs = _programs_write(files.programs)
    facts = _upsert(ProgramFact, files.facts, kept=KEPT_OF_FACTS)
    withdrawn = _facts_withdraw(files.facts)
    facts_pick_current()
    _touch({fact.program_id for fact in facts} | set(withdrawn.values()), now)
    return Loaded(
        version=data_version_publish(source_fingerprint=files.source_fingerprint),
        programs_written=len(programs),
        facts_written=len(facts),
        facts_withdrawn=len(withdrawn),
    )


def _codes_check(programs: list[Program]) -> None:
    """A code may not belong to a row that is in the database and no longer in the file."""
    ids = {program.pk for program in programs}
    held: dict[tuple[str, ...], str] = {}
    for pk, nrmp, acgme, track in Program.objects.values_list("id", "nrmp_code", "acgme_id", "track"):
        if pk not in ids:
            held.update({("nrmp_code", nrmp or pk): pk, ("acgme_id", acgme or pk, track): pk})
    faults = [
        Fault(
            "programs.csv", 0, key[0], key[1], f"of {program.pk} belongs to {held[key]}, which left the file"
        )
        for program in programs
        for key in (
            ("nrmp_code", program.nrmp_code or ""),
            ("acgme_id", program.acgme_id or "", program.track),
        )
        if key in held
    ]
    if faults:
        raise CatalogueInvalidError(faults)


def _institutions_attach(files: CatalogueFiles) -> None:
    names = set(files.institutions.values())
    known = set(Institution.objects.values_list("name", flat=True))
    Institution.objects.bulk_create([Institution(name=name) for name in sorted(names - known)])
    ids = dict(Institution.objects.values_list("name", "id"))
    for program in files.programs:
        institution = files.institutions[program.pk]
        program.institution_id = ids[institution]
        program.search_text = search_text(
            program.name,
            program.aliases,
            institution,
            program.city,
            program.pk,
            program.acgme_id,
            program.nrmp_code,
        )


def _programs_write(programs: list[Program]) -> list[Program]:
    changed = _changed(Program, programs, kept=("updated_at",))
    # Codes may have moved from one track to another: free them first, or the unique constraints object.
    for ids in chunks({program.pk for program in changed}):
        Program.objects.filter(id__in=ids).update(nrmp_code=None, acgme_id=None)
    return _write(Program, changed, kept=())


def _facts_withdraw(facts: list[ProgramFact]) -> dict[int, str]:
    """Deletes facts that came from a file and are in it no longer: their ids, with their programs."""
    ids = {fact.pk for fact in facts}
    held = ProgramFact.objects.filter(id__lt=ProgramFact.HAND_IDS_FROM).values_list("id", "program_id")
    gone = {pk: program_id for pk, program_id in held if pk not in ids}
    facts_withdraw(gone, why="Left the files")
    return gone


def _touch(program_ids: set[str], now: datetime) -> None:
    for chunk in chunks(program_ids):
        Program.objects.filter(id__in=chunk).update(updated_at=now)


def _upsert(model: type[M], rows: list[M], *, kept: tuple[str, ...] = ()) -> list[M]:
    return _write(model, _changed(model, rows, kept=kept), kept=kept)


def _columns(model: type[models.Model], kept: tuple[str, ...]) -> list[str]:
    """The columns a file decides: not the key, not what the database derives, not what is ``kept``."""
    return [
        column.attname
        for column in model._meta.concrete_fields
        if not column.primary_key and not column.generated and column.name not in kept
    ]


def _changed(model: type[M], rows: list[M], *, kept: tuple[str, ...]) -> list[M]:
    """The rows that are new or differ from the database in a column that is not ``kept``."""
    columns = _columns(model, kept)
    held = {row[0]: row[1:] for row in model._default_manager.values_list("pk", *columns)}
    return [row for row in rows if held.get(row.pk) != tuple(getattr(row, column) for column in columns)]


def _write(model: type[M], rows: list[M], *, kept: tuple[str, ...]) -> list[M]:
    if not rows:
        return rows
    held = set(model._default_manager.values_list("pk", flat=True))
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=[model._meta.get_field(name).name for name in _columns(model, kept)],
    )
    if hasattr(model, "history"):
        ids = {row.pk for row in rows}
        history_note(model, ids - held, kind="+", why=BY_FILES)
        history_note(model, ids & held, kind="~", why=BY_FILES)
    return rows
