"""``manage.py calibrate``: fits the level of the model to the headline match rates, or, with ``--outcomes``,
holds its chances against what happened; and reports."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.calibrating import calibration_run, calibration_write
from matching.calibration.fit import CalibrationFailed
from matching.calibration.run import FULL, QUICK, Calibration, agrees
from matching.catalogue import CatalogueEmpty, catalogue_current
from matching.outcomes.measuring import recalibrated_kinds
from matching.outcomes.reading import OutcomesInvalidError
from matching.outcomes.run import OutcomesRun, outcomes_run
from matching.outcomes.writing import WriteRefused
from matching.reference import model_for


class Command(BaseCommand):
    help = (
        "Fits base.us_img and applicant_type.* so that the reference population matches at the headline "
        "rates, and says whether fixtures/parameters.csv agrees. With --outcomes: measures the chances "
        "predicted for applicants against what happened (docs/outcomes.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="put the fitted values into fixtures/parameters.csv, and write fixtures/calibration.json "
            "and docs/calibration.md; with --outcomes: put the recalibration that won there and write "
            "fixtures/validation.json",
        )
        parser.add_argument(
            "--quick", action="store_true", help="a small population, no sensitivity, no ranges: for a look"
        )

        parser.add_argument(
            "--outcomes", type=Path, metavar="FILE", help="a CSV of predicted chances and what happened"
        )
        parser.add_argument(
            "--out",
            type=Path,
            metavar="FOLDER",
            help="with --outcomes: where report, JSON and picture go; by default a folder beside the file",
        )
        parser.add_argument(
            "--from-version",
            metavar="VERSION",
            help="with --outcomes: decide by the rows of this version of the model, not of the current one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["outcomes"]:
            self._outcomes(options)
            return
        if options["out"] or options["from_version"]:
            raise CommandError("--out and --from-version belong to --outcomes")
        if options["write"] and options["quick"]:
            raise CommandError("--quick has no ranges to write: run --write without it")
        try:
            calibration = calibration_run(QUICK if options["quick"] else FULL)
            self._say(calibration)
            written = calibration_write(calibration) if options["write"] else []
        except CatalogueEmpty as error:
            raise CommandError("there are no programs: run manage.py load_catalogue first") from error
        except (CalibrationFailed, WriteRefused, KeyError) as error:
            raise CommandError(str(error)) from error
        for path in written:
            self.stdout.write(f"wrote {path}")
        kinds = recalibrated_kinds(model_for(settings.SEASON)) if written else []
        if kinds:
            self.stdout.write(
                f"the recalibration of {', '.join(kinds)} was made for other values: measure outcomes again, "
                "or set its rows back to 0 and 1"
            )

    def _outcomes(self, options: dict[str, Any]) -> None:
        path: Path = options["outcomes"]
        if options["quick"]:
            raise CommandError("--quick does not belong to --outcomes")
        try:
            found = outcomes_run(
                path,
                out=options["out"] or path.with_name(f"{path.stem}-report"),
                season=settings.SEASON,
                columns=catalogue_current().columns(settings.SEASON),
                from_version=options["from_version"],
                write=options["write"],
            )
        except CatalogueEmpty as error:
            raise CommandError("there are no programs: run manage.py load_catalogue first") from error
        except OutcomesInvalidError as error:
            faults = f"{len(error.faults)} faults, nothing was measured"
            raise CommandError(f"{faults}:\n{error}", returncode=2) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self._say_outcomes(found, written=options["write"])

    def _say_outcomes(self, found: OutcomesRun, *, written: bool) -> None:
        findings = found.findings
        for warning in findings.warnings:
            self.stdout.write(warning)
        for decision in findings.decisions:
            self.stdout.write(f"{decision.kind}: {decision.words}")
        if found.version != findings.current:
            made = "is" if written else "would be, with --write,"
            self.stdout.write(f"model version {findings.current} {made} {found.version}")
        for path in found.written:
            self.stdout.write(f"wrote {path}")
        if written and found.version != findings.current:
            self.stdout.write("run manage.py scoring_table next: its tables name the parameters")

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
