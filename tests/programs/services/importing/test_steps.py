"""An import goes on where another worker stopped; two never work on one; lost ones are found."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from programs.models import ImportBatch
from programs.services.importing import advance, import_advance, import_drop, imports_advance, staging
from programs.services.importing.claim import ImportClaimLost, import_claim, import_renew
from programs.services.importing.handing_in import ColumnsInvalid, import_columns, import_replace
from tests.programs.factories import make_program
from tests.programs.importing.files import csv_file
from tests.programs.services.importing.journey import (
    applied,
    begun,
    done,
    handed_in,
    person,
    staged,
    verdicts,
)
from tests.smartpick.processes import ROOT, clean_environment

HEADER = ("id", "field", "value")
WORK = """
import django; django.setup()
from programs.models import ImportBatch
from programs.services.importing import import_advance
while import_advance(ImportBatch.objects.get().pk): pass
"""


@pytest.mark.django_db
def test_step_goes_on_behind_the_last_row_that_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "CHUNK", 2)
    programs = [make_program() for _ in range(5)]
    rows = [(each.pk, "letters_required", "3") for each in (*programs, programs[0])]
    batch = begun(handed_in(csv_file(tmp_path / "f.csv", HEADER, *rows)))
    seen = []
    while import_advance(batch.pk, seconds=0):
        seen.append(batch.rows.count())

    assert seen == [2, 4, 6]
    assert verdicts(batch) == ["add"] * 5 + ["error"]  # the twin of a row of an earlier step is known


@pytest.mark.django_db
def test_claim_is_held_by_one_until_its_lease_is_over(tmp_path: Path) -> None:
    batch = begun(
        handed_in(csv_file(tmp_path / "f.csv", HEADER, (make_program().pk, "letters_required", "3")))
    )
    now = timezone.now()
    first = import_claim(batch_id=batch.pk, now=now)

    assert first is not None
    assert import_claim(batch_id=batch.pk, now=now) is None
    assert not import_advance(batch.pk)
    second = import_claim(batch_id=batch.pk, now=now + timedelta(minutes=5))
    assert second is not None
    with pytest.raises(ImportClaimLost):
        import_renew(first, now=now)


@pytest.mark.django_db
def test_dropped_import_stops_whoever_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = begun(
        handed_in(csv_file(tmp_path / "f.csv", HEADER, (make_program().pk, "letters_required", "3")))
    )
    monkeypatch.setattr(staging.Stage, "_read", _dropping(staging.Stage._read, batch))

    assert not import_advance(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), batch.parts.count()) == ("dropped", 0, 0)


def _dropping(read: object, batch: ImportBatch) -> object:
    def reads(stage: object, row: object) -> object:
        import_drop(batch=batch)
        return read(stage, row)  # type: ignore[operator]

    return reads


@pytest.mark.django_db
def test_import_that_never_comes_further_is_given_up(tmp_path: Path) -> None:
    batch = begun(
        handed_in(csv_file(tmp_path / "f.csv", HEADER, (make_program().pk, "letters_required", "3")))
    )
    ImportBatch.objects.update(counts={"tries": advance.TRIES})

    imports_advance(timezone.now())

    batch.refresh_from_db()
    assert (batch.state, batch.reason) == ("failed", advance.TRIED.format(advance.TRIES))


@pytest.mark.django_db
def test_fault_of_ours_fails_the_import_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = staged(tmp_path, HEADER, (make_program().pk, "letters_required", "3"))
    monkeypatch.setattr("programs.services.importing.applying.programs_settle", lambda *_, **__: 1 / 0)

    batch = applied(batch)

    assert (batch.state, batch.reason, batch.facts.count()) == ("failed", advance.FAULT, 0)


@pytest.mark.django_db
def test_unreadable_rest_of_a_file_fails_it_with_its_place(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "f.csv", HEADER, *[(make_program().pk, "letters_required", "3")] * 60)
    path.write_bytes(path.read_bytes() + b'"x"y\n')
    batch = done(begun(handed_in(path)))

    assert batch.state == "failed"
    assert "row 62" in batch.reason


@pytest.mark.django_db
def test_corrected_file_keeps_source_columns_and_rights(tmp_path: Path) -> None:
    program = make_program()
    batch = staged(tmp_path, ("SmartPick ID", "field", "value"), (program.pk, "letters_required", "many"))
    assert batch.state == "failed" or batch.counts["error"] == 1
    good = csv_file(
        tmp_path / "g.csv", ("SmartPick ID", "field", "value"), (program.pk, "letters_required", "3")
    )
    new = import_replace(batch=batch, path=good, file_name="g.csv", by=person("uploader"), now=timezone.now())
    new = done(new)
    batch.refresh_from_db()

    assert batch.state == "dropped"
    assert (new.mapping, new.rights, new.source_id) == (batch.mapping, batch.rights, batch.source_id)
    assert verdicts(new) == ["add"]


@pytest.mark.django_db
def test_columns_that_cannot_be_read_are_said_in_sentences(tmp_path: Path) -> None:
    batch = handed_in(csv_file(tmp_path / "f.csv", HEADER, ("sp1", "letters_required", "3")))
    with pytest.raises(ColumnsInvalid) as fault:
        import_columns(batch=batch, mapping={"value": "value"}, defaults={}, now=timezone.now())
    assert any("which program" in words for words in fault.value.faults)
    assert batch.source is not None
    assert batch.source.mapping == {}


def work(url: str) -> "subprocess.Popen[bytes]":
    environment = clean_environment(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="smartpick.settings", DEBUG="1")
    return subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, env=environment)


@pytest.mark.postgres
@pytest.mark.thorough
def test_worker_killed_amid_reading_is_taken_over(tmp_path: Path, postgres_url: str) -> None:
    """Each row is in once, in order, whoever read it."""
    environment = clean_environment(
        DATABASE_URL=postgres_url,
        DJANGO_SETTINGS_MODULE="smartpick.settings",
        DEBUG="1",
        FOLDER=str(tmp_path),
    )
    prepare = (
        "import django; django.setup(); from tests.programs.services.importing import kill; kill.prepare()"
    )
    subprocess.run([sys.executable, "-c", prepare], cwd=ROOT, env=environment, check=True)
    count = "import django; django.setup(); from tests.programs.services.importing import kill; kill.tell()"

    def told() -> list[str]:
        command = [sys.executable, "-c", count]
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout.split()

    first = work(postgres_url)
    deadline = time.monotonic() + 60
    while told()[1] == "0" and time.monotonic() < deadline:
        time.sleep(0.1)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    state, rows, _, _ = told()
    assert state == "reading"
    assert 0 < int(rows) < 20_000

    subprocess.run(
        [sys.executable, "-c", prepare.replace("prepare()", "lease_over()")],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    assert work(postgres_url).wait(timeout=120) == 0

    assert told() == ["ready", "20000", "2", "20001"]
