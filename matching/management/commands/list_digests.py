from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.digests.services import digests_advance


class Command(BaseCommand):
    help = (
        "Compares saved lists with the data version published last, from where it stopped. Beat does so "
        "every half minute; done again it does nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"looked at: {digests_advance(now=timezone.now())}")
