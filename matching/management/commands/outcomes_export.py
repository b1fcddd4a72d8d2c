from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.models import OutcomeReport
from matching.reporting.exporting import exported_words, outcomes_export


class Command(BaseCommand):
    help = (
        "Writes the outcomes people let us count as the CSV that calibrate --outcomes reads "
        "(docs/outcomes.md): no name, a code for each person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--season", metavar="YEAR", help="of this season only; by default of all")
        parser.add_argument("--out", type=Path, metavar="FILE", help="where to; by default to the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        reports, today = OutcomeReport.objects.all(), timezone.now().date()
        if options["season"]:
            reports = reports.filter(season=options["season"])
        if options["out"]:
            with options["out"].open("w", encoding="utf-8", newline="") as file:
                done = outcomes_export(reports, file, today=today)
        else:
            done = outcomes_export(reports, self.stdout, today=today)  # type: ignore[arg-type]
        self.stderr.write(exported_words(done))
