"""What changed in the API, from fixtures/api_changes.csv."""

from dataclasses import dataclass
from itertools import groupby

from programs.reference import reference_rows

KINDS = {"added": "Added", "changed": "Changed", "sandbox": "Sandbox"}


@dataclass(frozen=True, slots=True)
class Change:
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Day:
    date: str
    changes: tuple[Change, ...]


def changes_listed() -> tuple[Day, ...]:
    """The newest day first, each in the order of the file."""
    rows = sorted(reference_rows("api_changes"), key=lambda row: row["date"], reverse=True)
    return tuple(
        Day(date, tuple(Change(KINDS[row["kind"]], row["what"]) for row in of_day))
        for date, of_day in groupby(rows, key=lambda row: row["date"])
    )
