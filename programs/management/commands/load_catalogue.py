from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.importing.faults import CatalogueInvalidError
from programs.services import catalogue_load


class Command(BaseCommand):
    help = "Loads programs, facts and specialties from fixtures/ and publishes a data version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-changed", action="store_true", help="do nothing where the files did not change"
        )
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR)

    def handle(self, *args: Any, folder: Path, if_changed: bool, **options: Any) -> None:
        started = perf_counter()
        try:
            loaded = catalogue_load(folder=folder, if_changed=if_changed)
        except CatalogueInvalidError as error:
            raise CommandError(
                f"{len(error.faults)} faults, nothing was written:\n{error}", returncode=2
            ) from error
        version = loaded.version
        if loaded.skipped:
            self.stdout.write(
                f"Catalogue {version.version} is current: {version.program_count} program tracks."
            )
            return
        self.stdout.write(
            f"Catalogue {version.version}: {version.program_count} tracks, {version.fact_count} facts "
            f"({loaded.programs_written} tracks and {loaded.facts_written} facts written, "
            f"{loaded.facts_withdrawn} facts withdrawn) in {perf_counter() - started:.1f} s."
        )
