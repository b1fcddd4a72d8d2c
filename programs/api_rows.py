"""The catalogue's rows as plain dicts, in the names of the API contract. Unknown is None, never 0 or ""."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from programs.current import conflicts_of
from programs.fact_fields import FACT_FIELDS
from programs.models import Program, ProgramFact
from programs.selectors import facts_of

# Ordering is by columns of the row, so that a cursor can be read from what was sent.
COLUMNS = {
    "id": "id",
    "program_key": "program_key",
    "acgme_id": "acgme_id",
    "nrmp_code": "nrmp_code",
    "listing_status": "listing_status",
    "last_listed_year": "last_listed_year",
    "name": "name",
    "specialty": "specialty_id",
    "track": "track",
    "institution": "institution__name",
    "city": "city",
    "county": "county",
    "state": "state",
    "ring": "ring",
    "in_los_angeles_county": "in_los_angeles_county",
    "latitude": "latitude",
    "longitude": "longitude",
    "same_as": "same_as_id",
    "updated_at": "updated_at",
}
MAY_BE_BLANK = ("city", "county")
SAFETY_NET = {"yes": True, "no": False}


def program_values(rows: QuerySet[Program]) -> QuerySet[Program, dict[str, Any]]:
    values: QuerySet[Program, dict[str, Any]] = rows.values(*COLUMNS.values())
    return values


def program_rows(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One query for the facts of all of them."""
    facts = facts_of((row["id"] for row in values), ("program_type", "safety_net"))
    return [program_row(row, facts.get(row["id"], {})) for row in values]


def program_row(values: dict[str, Any], facts: dict[str, float | str | None]) -> dict[str, Any]:
    row = {name: values[column] for name, column in COLUMNS.items()}
    for name in MAY_BE_BLANK:
        row[name] = row[name] or None
    row["program_type"] = facts.get("program_type")
    row["safety_net"] = SAFETY_NET.get(str(facts.get("safety_net")))
    return row


def fact_rows(facts: Sequence[ProgramFact]) -> list[dict[str, Any]]:
    """Every statement in the order given; ``conflicts`` counts the others of a field that say otherwise."""
    values: dict[str, list[float | str | None]] = {}
    for fact in facts:
        values.setdefault(fact.field, []).append(fact.value)
    return [
        {
            "id": fact.pk,
            "field": fact.field,
            "label": FACT_FIELDS[fact.field].label,
            "value": _whole(fact.value),
            "unit": FACT_FIELDS[fact.field].unit or None,
            "value_as_stated": fact.value_as_stated or None,
            "strictness": fact.strictness,
            "url": fact.url or None,
            "source": fact.source or None,
            "source_kind": fact.source_kind,
            "page_year": fact.page_year,
            "season": fact.season or None,
            "observed_on": fact.observed_on,
            "confidence": fact.confidence,
            "note": fact.note or None,
            "is_current": fact.is_current,
            "conflicts": conflicts_of(fact.value, values[fact.field]),
        }
        for fact in facts
    ]


def _whole(value: float | str | None) -> float | int | str | None:
    """220 rather than 220.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def unknown_rows(known: Iterable[str]) -> list[dict[str, str]]:
    """The fields no fact speaks of, each with the question to ask the program."""
    known = set(known)
    return [
        {"field": entry.field, "label": entry.label, "question": entry.question}
        for entry in FACT_FIELDS.values()
        if entry.field not in known
    ]
