"""``manage.py calibrate``: fits the level of the model to the headline match rates, and reports."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.calibrating import RangesMissing, calibration_run, calibration_write
from matching.calibration.fit import CalibrationFailed
from matching.calibration.run import FULL, QUICK, Calibration, agrees
from matching.catalogue import CatalogueEmpty


class Command(BaseCommand):
    help = (
        "Fits base.us_img and applicant_type.* so that the reference population matches at the headline "
        "rates, and says whether fixtures/parameters.csv agrees."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="put the fitted values into fixtures/parameters.csv, and write fixtures/calibration.json "
            "and docs/calibration.md",
        )
        parser.add_argument(
            "--quick", action="store_true", help="a small population, no sensitivity, no ranges: for a look"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"] and options["quick"]:
            raise CommandError("--quick has no ranges to write: run --write without it")
        try:
            calibration = calibration_run(QUICK if options["quick"] else FULL)
            self._say(calibration)
            written = calibration_write(calibration) if options["write"] else []
        except CatalogueEmpty as error:
            raise CommandError("there are no programs: run manage.py load_catalogue first") from error
        except (CalibrationFailed, RangesMissing, KeyError) as error:
            raise CommandError(str(error)) from error
        for path in written:
            self.stdout.write(f"wrote {path}")

    def _say(self, calibration: Calibration) -> None:
        document = calibration.document
        for row in document["fitted"]:
            span = "" if row["low"] is None else f" ({row['low']:.2f} to {row['high']:.2f})"
            self.stdout.write(
                f"{row['parameter']} = {row['value']:.2f}{span}: {row['rate']:.1%} match, headline "
                f"{row['target']:.1%}; as the file stands {document['file'][row['kind']]:.1%}"
            )
        check = document["check"]
        self.stdout.write(
            f"headline of {check['year']}, not fitted to: {check['headline']:.1%}, residual "
            f"{100 * check['residual']:+.1f} points"
        )
        verdict = "agrees" if agrees(document) else "does not agree"
        self.stdout.write(f"fixtures/parameters.csv {verdict} with the headlines within 1 point")
