"""What became of a program and its facts, in words: each change with who, when, why and what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from programs.choices import CheckState
from programs.fact_fields import FACT_FIELDS
from programs.models import Program, ProgramFact
from programs.presentation import value_words

FACT_WORDS = {
    "value": "value", "value_as_stated": "as stated", "strictness": "strictness", "url": "address",
    "source": "source", "source_kind": "kind of source", "page_year": "year of the page", "season": "season",
    "observed_on": "read on", "confidence": "confidence", "note": "note", "field": "field",
    "program_id": "program", "check_state": "second reader",
}  # fmt: skip
PROGRAM_WORDS = {
    "name": "name", "aliases": "other names", "institution_id": "institution", "city": "city",
    "county": "county", "state": "state", "acgme_id": "ACGME id", "nrmp_code": "NRMP code", "track": "track",
    "specialty_id": "specialty", "same_as_id": "same as", "retired_on": "takes nobody since",
    "latitude": "latitude", "longitude": "longitude", "last_listed_year": "last listed",
    "listing_status": "listing", "seen_in": "lists that name it", "program_key": "program key",
}  # fmt: skip
CHOSEN = ("strictness", "source_kind", "confidence", "check_state", "track", "listing_status")
KIND = {"+": "recorded", "~": "changed", "-": "withdrawn"}
MOST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. ``back``: whether what stood then is other than what stands now, so it can be put back."""

    at: datetime
    who: str
    about: str
    did: str
    why: str
    says: str
    differences: tuple[Difference, ...]
    record: Any
    is_fact: bool
    back: bool


def facts_timeline(records: Iterable[Any]) -> list[Entry]:
    """Records of ``ProgramFact.history``, whatever order they come in, as entries with the newest first.

    A record can be put back where it is not how its fact now stands.
    """
    by_fact: dict[int, list[Any]] = {}
    for record in sorted(records, key=lambda record: (record.history_date, record.history_id)):
        by_fact.setdefault(record.id, []).append(record)
    entries = []
    for rows in by_fact.values():
        last = rows[-1]
        for before, record in zip([None, *rows], rows, strict=False):
            gone = last.history_type == "-"
            other = bool(_differences(record, last, FACT_WORDS)) or gone
            entries.append(
                _entry(
                    record,
                    about=FACT_FIELDS[record.field].label,
                    differences=_differences(before, record, FACT_WORDS),
                    says=value_words(FACT_FIELDS[record.field], _value(record), record.value_as_stated),
                    is_fact=True,
                    # Of what is withdrawn the last that stood is the one to bring back.
                    back=record is last if gone else other and record.history_type != "-",
                )
            )
    return _newest(entries)


def program_timeline(records: Iterable[Any], institutions: Mapping[int, str]) -> list[Entry]:
    """The same of ``Program.history``."""
    rows = sorted(records, key=lambda record: (record.history_date, record.history_id))
    entries = []
    for before, record in zip([None, *rows], rows, strict=False):
        differences = tuple(
            Difference(each.what, *(institutions.get(int(name), name) for name in (each.before, each.after)))
            if each.what == "institution" and each.before.isdigit() and each.after.isdigit()
            else each
            for each in _differences(before, record, PROGRAM_WORDS)
        )
        back = bool(_differences(record, rows[-1], PROGRAM_WORDS))
        entries.append(
            _entry(record, about="The program", differences=differences, says="", is_fact=False, back=back)
        )
    return _newest(entries)


def fact_records(program: Program) -> list[Any]:
    """Of all facts of a program, those that are gone included; two queries with whoever did it."""
    rows = ProgramFact.history.filter(program_id=program.pk).select_related("history_user")
    return list(rows[:MOST])


def _entry(
    record: Any, *, about: str, differences: tuple[Difference, ...], says: str, is_fact: bool, back: bool
) -> Entry:
    return Entry(
        at=record.history_date,
        who=_who(record),
        about=about,
        did=KIND[record.history_type],
        why=record.history_change_reason or "",
        says=says,
        differences=differences,
        record=record,
        is_fact=is_fact,
        back=back,
    )


def _who(record: Any) -> str:
    user = record.history_user
    return str(user.get_full_name() or user.get_username()) if user else "no person"


def _differences(before: Any, after: Any, names: Mapping[str, str]) -> tuple[Difference, ...]:
    if before is None:
        return ()
    return tuple(
        Difference(words, one, other)
        for name, words in names.items()
        if (one := _words(before, name)) != (other := _words(after, name))
    )


def _words(record: Any, name: str) -> str:
    if name == "value":
        return value_words(FACT_FIELDS[record.field], _value(record), "not typed")
    if name == "field":
        return FACT_FIELDS[record.field].label
    if name in CHOSEN:
        if name == "check_state" and not record.check_state:
            return str(CheckState.NOT_NEEDED.label)
        return str(getattr(record, f"get_{name}_display")())
    value = getattr(record, name)
    return "nothing" if value in (None, "") else str(value)


def _value(record: Any) -> float | str | None:
    value: float | None = record.value_number
    return value if value is not None else record.value_code or None


def _newest(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.at, entry.record.history_id), reverse=True)
