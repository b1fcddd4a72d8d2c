"""``manage.py scoring_table``: writes the tables of docs/scoring.md anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from matching.scoring_tables import tables_put


class Command(BaseCommand):
    help = "Writes the tables of docs/scoring.md from the registry and fixtures/parameters.csv."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "scoring.md"
        path.write_text(tables_put(path.read_text(encoding="utf-8"), settings.SEASON), encoding="utf-8")
        self.stdout.write(f"wrote {path}")
