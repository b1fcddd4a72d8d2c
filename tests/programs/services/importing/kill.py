"""What the processes of the test that kills one do on their own database."""

import os
import sys
from pathlib import Path

from django.core.management import call_command
from django.db.models import Max, Min

from programs.models import ImportBatch, Program
from tests.programs.factories import make_program
from tests.programs.importing.files import csv_file
from tests.programs.services.importing.journey import begun, handed_in


def prepare() -> None:
    call_command("migrate", verbosity=0)
    program = make_program()
    rows = ((program.pk, "applications_received", str(at)) for at in range(20_000))
    path = csv_file(Path(os.environ["FOLDER"]) / "f.csv", ("id", "field", "value"), *rows)
    begun(handed_in(path))
    assert Program.objects.count() == 1


def lease_over() -> None:
    ImportBatch.objects.update(claimed_until="2020-01-01T00:00:00Z")


def tell() -> None:
    batch = ImportBatch.objects.get()
    ends = batch.rows.aggregate(first=Min("number"), last=Max("number"))
    sys.stdout.write(f"{batch.state} {batch.rows.count()} {ends['first']} {ends['last']}\n")
