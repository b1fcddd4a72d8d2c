"""An import from the file to the rows, without a browser."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from programs.importing.mapping import mapping_propose
from programs.models import ImportBatch, ImportRow
from programs.services.importing import (
    import_advance,
    import_columns,
    import_confirm,
    import_hand_in,
    import_take_back,
)
from tests.programs.importing.files import csv_file

SOURCE = {
    "source_url": "https://program.example/apply",
    "source_kind": "program_page",
    "confidence": "high",
    "strictness": "statement",
    "observed_on": "2026-10-01",
}


def person(name: str) -> User:
    return User.objects.get_or_create(username=name, defaults={"is_superuser": True, "is_staff": True})[0]


def handed_in(path: Path, kind: str = "facts", **members: Any) -> ImportBatch:
    return import_hand_in(
        **{
            "path": path,
            "file_name": path.name,
            "kind": kind,
            "source_name": "answers",
            "preset": "",
            "rights": "own",
            "rights_statement": "The coordinator, by mail.",
            "by": person("uploader"),
            "now": timezone.now(),
            **members,
        }
    )


def begun(batch: ImportBatch, defaults: Mapping[str, str] = SOURCE) -> ImportBatch:
    mapping = mapping_propose(batch.kind, batch.layout["columns"], remembered={}, preset={})
    return import_columns(batch=batch, mapping=mapping, defaults=defaults, now=timezone.now())


def done(batch: ImportBatch) -> ImportBatch:
    while import_advance(batch.pk):
        pass
    return ImportBatch.objects.select_related("applied_by").get(pk=batch.pk)


def staged(
    folder: Path, *rows: Sequence[str], kind: str = "facts", defaults: Mapping[str, str] = SOURCE
) -> ImportBatch:
    return done(begun(handed_in(csv_file(folder / "f.csv", *rows), kind), defaults))


def applied(batch: ImportBatch, conflicts: str = "beside", by: str = "leader") -> ImportBatch:
    return done(import_confirm(batch=batch, conflicts=conflicts, by=person(by), now=timezone.now()))


def undone(batch: ImportBatch) -> ImportBatch:
    return done(import_take_back(batch=batch, by=person("leader"), now=timezone.now()))


def verdicts(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def faults(batch: ImportBatch) -> list[tuple[str, str]]:
    return [
        (field, reason)
        for row in ImportRow.objects.filter(batch=batch).order_by("number")
        for field, _, reason in row.faults
    ]
