from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.accounts.second_factor import factors_remove


class Command(BaseCommand):
    help = "Takes the second factor of an account away: its owner lost the telephone and the recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the account's name, as it logs in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError("No account has this name.")
        removed = factors_remove(user)
        self.stdout.write("Taken away." if removed else "This account has no second factor.")
