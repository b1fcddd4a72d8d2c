from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from matching.api.keys import api_key_revoke, key_named
from matching.models import ApiKey


class Command(BaseCommand):
    help = "Revoke an API key, for good: none of its secrets opens anything any more. What it stored stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prefix", help="the part of the key before the dot")

    def handle(self, *args: object, **options: object) -> None:
        try:
            key = key_named(str(options["prefix"]))
        except ApiKey.DoesNotExist:
            raise CommandError(f"No key of this prefix: {options['prefix']}") from None
        api_key_revoke(key=key)
        self.stdout.write(f"Revoked: {key.name} ({key.prefix})")
