"""``manage.py sandbox_freeze sandbox-2``: freezes part of the published catalogue for the API's sandbox."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.api.sandbox.frozen import HandMade, frozen_bytes, frozen_path


class Command(BaseCommand):
    help = (
        "Writes fixtures/sandbox/NAME.json from the published catalogue, which must hold the fixtures alone. "
        "Partners test against what is frozen: give a new file a new name, and say so in the API's changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="Its data version, as answers tell it: sandbox-2.")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415

        path = frozen_path(name)
        if path.exists():
            raise CommandError(f"{path} is there, and what is frozen does not change: take a new name")
        try:
            content = frozen_bytes(catalogue_current().snapshot, version=name, at=timezone.now())
        except (CatalogueEmpty, HandMade) as error:
            raise CommandError(str(error)) from None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.stdout.write(f"wrote {path}: {len(content)} bytes")
