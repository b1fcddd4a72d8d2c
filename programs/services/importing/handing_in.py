"""What a person does with an import: hands it in, names its columns, confirms, drops or undoes it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.importing.intake.layout import Choices, Layout
from programs.importing.intake.tables import layout_find
from programs.importing.mapping import mapping_faults
from programs.importing.presets import PRESETS
from programs.models import ImportBatch, ImportSource
from programs.services.importing.advance import import_bell
from programs.services.importing.parts import file_digest, file_laid, parts_keep

State = ImportBatch.State
STATED = {"kind", "file_name", "rights", "rights_statement"}
MAY_APPLY = "programs.apply_import"


class ImportNotSo(Exception):
    """The import is not in a state for this: the words say why."""


class ColumnsInvalid(Exception):
    """The columns as named cannot be read: ``faults`` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


def import_hand_in(
    *,
    path: Path,
    file_name: str,
    kind: str,
    source_name: str,
    preset: str,
    rights: str,
    rights_statement: str,
    by: User,
    now: datetime,
) -> ImportBatch:
    """Keeps a file that can be read, with what was found out about its layout. Raises FileUnreadable."""
    layout = layout_find(path)
    with transaction.atomic():
        source, _ = ImportSource.objects.get_or_create(name=source_name.strip())
        chosen = PRESETS.get(preset)
        remembered = source.defaults.get(kind, {})
        batch = ImportBatch(
            kind=kind,
            preset=preset,
            source=source,
            file_name=file_name[:200],
            size=path.stat().st_size,
            sha256=file_digest(path),
            layout=layout.as_json(),
            defaults={**(chosen.defaults if chosen else {}), **remembered},
            rights=rights,
            rights_statement=rights_statement.strip(),
            created_by=by,
            created_at=now,
        )
        batch.clean_fields(exclude={field.name for field in batch._meta.fields} - STATED)
        batch.save()
        parts_keep(batch, path)
    return batch


@transaction.atomic
def import_lay_out(*, batch: ImportBatch, choices: Choices) -> ImportBatch:
    """Reads the beginning anew with what was chosen against the guess. Raises FileUnreadable, ImportNotSo."""
    held = _held(batch, State.UPLOADED)
    with file_laid(held) as path:
        held.layout = layout_find(path, choices).as_json()
    held.mapping = {}
    held.save(update_fields=["layout", "mapping"])
    return held


@transaction.atomic
def import_columns(
    *, batch: ImportBatch, mapping: Mapping[str, str], defaults: Mapping[str, str], now: datetime
) -> ImportBatch:
    """Settles what the columns are, remembers it with the source, and has the rows read.

    Raises ColumnsInvalid, ImportNotSo.
    """
    held = _held(batch, State.UPLOADED, State.READY, State.FAILED)
    if faults := mapping_faults(held.kind, mapping, Layout.of(held.layout).columns):
        raise ColumnsInvalid(faults)
    held.rows.all().delete()
    held.mapping, held.defaults = dict(mapping), {name: text for name, text in defaults.items() if text}
    held.state, held.reason, held.rows_read, held.rows_total, held.counts = State.READING, "", 0, None, {}
    held.claim_token = held.claimed_until = None
    held.save()
    if held.source is not None:
        columns = Layout.of(held.layout).columns
        left_out = [column for column in columns if column not in held.mapping.values()]
        held.source.mapping = {
            **held.source.mapping,
            held.kind: held.mapping,
            left_out_of(held.kind): left_out,
        }
        held.source.defaults = {**held.source.defaults, held.kind: held.defaults}
        held.source.save()
    import_bell(held)
    return held


def left_out_of(kind: str) -> str:
    """Under which name a source remembers the columns that were left out."""
    return f"{kind}: left out"


@transaction.atomic
def import_replace(*, batch: ImportBatch, path: Path, file_name: str, by: User, now: datetime) -> ImportBatch:
    """The corrected file: another import with the same source, rights, columns and defaults.

    Where every column is there again the rows are read at once. The import it takes the place of is dropped.
    Raises FileUnreadable, ImportNotSo.
    """
    held = _held(batch, State.UPLOADED, State.READY, State.FAILED)
    new = import_hand_in(
        path=path,
        file_name=file_name,
        kind=held.kind,
        source_name=held.source.name if held.source else held.file_name,
        preset=held.preset,
        rights=held.rights,
        rights_statement=held.rights_statement,
        by=by,
        now=now,
    )
    new.defaults = held.defaults
    new.save(update_fields=["defaults"])
    _drop(held)
    if held.mapping and not mapping_faults(held.kind, held.mapping, Layout.of(new.layout).columns):
        return import_columns(batch=new, mapping=held.mapping, defaults=held.defaults, now=now)
    return new


@transaction.atomic
def import_confirm(*, batch: ImportBatch, conflicts: str, by: User, now: datetime) -> ImportBatch:
    """Has the import written. ``conflicts``: "beside" or "leave". Raises ImportNotSo, PermissionDenied."""
    if not by.has_perm(MAY_APPLY):
        raise PermissionDenied
    held = _held(batch, State.READY)
    if not sum(held.counts.get(name, 0) for name in ("add", "change", "conflict")):
        raise ImportNotSo("No row of it would change anything.")
    held.defaults["conflicts"] = "leave" if conflicts == "leave" else "beside"
    held.state, held.applied_by, held.reason = State.APPLYING, by, ""
    held.counts["tries"] = 0
    held.save(update_fields=["defaults", "state", "applied_by", "reason", "counts"])
    import_bell(held)
    return held


@transaction.atomic
def import_take_back(*, batch: ImportBatch, by: User, now: datetime) -> ImportBatch:
    """Has all of a written import undone. Raises ImportNotSo, PermissionDenied."""
    if not by.has_perm(MAY_APPLY):
        raise PermissionDenied
    held = _held(batch, State.APPLIED)
    held.state, held.undone_by, held.reason = State.UNDOING, by, ""
    held.counts["tries"] = 0
    held.save(update_fields=["state", "undone_by", "reason", "counts"])
    import_bell(held)
    return held


@transaction.atomic
def import_drop(*, batch: ImportBatch) -> ImportBatch:
    """Gives it up before it is written; a worker amid it finds its claim lost. Raises ImportNotSo."""
    held = _held(batch, State.UPLOADED, State.READING, State.READY, State.FAILED)
    return _drop(held)


def _drop(held: ImportBatch) -> ImportBatch:
    held.state, held.claim_token, held.claimed_until = State.DROPPED, None, None
    held.save(update_fields=["state", "claim_token", "claimed_until"])
    held.parts.all().delete()
    held.rows.all().delete()
    return held


def _held(batch: ImportBatch, *states: str) -> ImportBatch:
    held = ImportBatch.objects.select_for_update(of=("self",)).select_related("source").get(pk=batch.pk)
    if held.state not in states:
        raise ImportNotSo(f"This import is {held.get_state_display()} by now.")
    return held
