from argparse import ArgumentParser
from datetime import UTC, datetime, time

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from matching.api.keys import DEFAULT_RATE, api_key_create
from matching.models.api_key import SCOPES


class Command(BaseCommand):
    help = "Make an API key and print it, this once: only its hash is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="whose key it is")
        parser.add_argument(
            "--scope", action="append", choices=SCOPES, help="repeatable; all where none is given"
        )
        parser.add_argument("--rate", default=DEFAULT_RATE, help="requests a period, as in 120/min")
        parser.add_argument(
            "--network", action="append", default=[], help="repeatable; CIDR it may be used from"
        )
        parser.add_argument("--expires", help="last day it works, YYYY-MM-DD (UTC)")

    def handle(self, *args: object, **options: object) -> None:
        try:
            _, secret = api_key_create(
                name=str(options["name"]),
                scopes=options["scope"] or SCOPES,  # type: ignore[arg-type]
                rate=str(options["rate"]),
                networks=options["network"],  # type: ignore[arg-type]
                expires=_end_of(options["expires"]),
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(secret)


def _end_of(day: object) -> datetime | None:
    if day is None:
        return None
    try:
        parsed = parse_date(str(day))
    except ValueError:
        parsed = None
    if parsed is None:
        raise CommandError(f"--expires: not a day such as 2027-06-30: {day}")
    return datetime.combine(parsed, time.max, tzinfo=UTC)
