from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.digests.mailing import digests_send


class Command(BaseCommand):
    help = "Sends the mail people asked for about their lists. Beat does so each day; twice a day is once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"sent: {digests_send(now=timezone.now())}")
