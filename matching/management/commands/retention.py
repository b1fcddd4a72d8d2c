from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from matching.privacy.retention import retention_sweep


class Command(BaseCommand):
    help = "Deletes what has had its time: see the privacy page. Beat does it each night; safe at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say how much would go; delete nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for kind, count in retention_sweep(now=timezone.now(), dry_run=dry_run).items():
            self.stdout.write(f"{kind}: {count}")
