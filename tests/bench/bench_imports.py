"""What a large import costs: ``python -m tests.bench.bench_imports [--postgres] [--xlsx] [rows]``.

100,000 facts, one a row, over the whole catalogue: read into rows, written, undone. Each step is a process of
its own, as a worker's is, so that its peak memory is its own: time on the clock, CPU time and peak resident
memory, the latter with what Django and an idle process take.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.measure import setup, title
from tests.parts import scratch_postgres

ROWS = 100_000
STEPS = ("idle", "read", "write", "undo")
FIELDS = ("min_step2ck", "letters_required", "positions_pgy1", "interviews_offered", "applications_received")


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "--step":
        step(sys.argv[2])
        return
    rows = next((int(word) for word in sys.argv[1:] if word.isdigit()), ROWS)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = stack.enter_context(scratch_postgres()) if "--postgres" in sys.argv[1:] else ""
        setup(folder, database_url=url)
        from django.conf import settings
        from django.db import connection

        form = "xlsx" if "--xlsx" in sys.argv[1:] else "csv"
        size = prepare(Path(folder), rows, form)
        connection.close()
        title(f"An import of {rows:,} facts ({form}, {size / 1e6:.1f} MB; {connection.vendor})")
        name = settings.DATABASES["default"]["NAME"]
        environment = {**os.environ, "DATABASE_URL": url or f"sqlite:///{name}"}
        for each in STEPS:
            command = [sys.executable, "-m", "tests.bench.bench_imports", "--step", each]
            told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
            print(f"  {each:<8}{told.strip().splitlines()[-1]}", flush=True)


def prepare(folder: Path, rows: int, form: str) -> int:
    """Hands the file in and names its columns. Its size in bytes."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from programs.models import ImportBatch, Program
    from programs.services.importing import import_hand_in
    from programs.services.importing.exporting import xlsx_bytes

    ids = list(Program.objects.order_by("id").values_list("id", flat=True))
    columns = ("id", "field", "value", "strictness", "source_url", "confidence", "source_kind", "observed_on")
    made = (
        (
            ids[at % len(ids)], FIELDS[at // len(ids) % len(FIELDS)], str(3 + at % 7), "statement",
            f"https://program.example/{at % 997}/{at // (len(ids) * len(FIELDS))}", "high", "program_page",
            "2026-10-01",
        )
        for at in range(rows)
    )  # fmt: skip
    path = folder / f"facts.{form}"
    if form == "xlsx":
        path.write_bytes(xlsx_bytes("facts", columns, made))
    else:
        with path.open("w", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(columns)
            writer.writerows(made)
    by = User.objects.create_superuser("uploader")
    User.objects.create_superuser("leader")
    batch = import_hand_in(
        path=path, file_name=path.name, kind="facts", source_name="bench", preset="", rights="own",
        rights_statement="made up", by=by, now=timezone.now(),
    )  # fmt: skip
    batch.mapping = {name: name for name in columns}
    batch.state = ImportBatch.State.READING
    batch.save()
    return path.stat().st_size


def step(name: str) -> None:
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.utils import timezone

    from programs.models import ImportBatch
    from programs.services.importing import import_advance, import_confirm, import_take_back

    batch, by = ImportBatch.objects.get(), User.objects.get(username="leader")
    if name == "write":
        import_confirm(batch=batch, conflicts="beside", by=by, now=timezone.now())
    if name == "undo":
        import_take_back(batch=batch, by=by, now=timezone.now())
    started, spent = time.perf_counter(), time.process_time()
    if name != "idle":
        while import_advance(batch.pk):
            pass
    clock, cpu = time.perf_counter() - started, time.process_time() - spent
    batch.refresh_from_db()
    # Not getrusage: a process begins there with the peak of the one it was started by.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    print(
        f"{clock:.0f} s, {cpu:.0f} s CPU, peak {peak:.0f} MB ({batch.state}; {batch.reason or batch.counts})"
    )


if __name__ == "__main__":
    main()
