from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching.api.key_rules import overlap_parse
from matching.api.keys import KeyClosed, api_key_rotate, key_named
from matching.models import ApiKey


class Command(BaseCommand):
    help = "Give an API key a new secret and print it, this once. The earlier one works on for the overlap."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prefix", help="the part of the key before the dot")
        parser.add_argument(
            "--overlap", default="7d", help="how long the earlier secret works on: 7d, 12h, 30m, or 0"
        )

    def handle(self, *args: object, **options: object) -> None:
        try:
            overlap = overlap_parse(str(options["overlap"]))
            key = key_named(str(options["prefix"]))
            secret = api_key_rotate(key=key, now=timezone.now(), overlap=overlap)
        except ValueError as error:
            raise CommandError(f"--overlap: {error}") from None
        except ApiKey.DoesNotExist:
            raise CommandError(f"No key of this prefix: {options['prefix']}") from None
        except KeyClosed as error:
            raise CommandError(str(error)) from None
        self.stdout.write(secret)
