"""Facts, one a row (field and value) or one a column. An item is one statement on one track:

{"program", "field", "values": the columns of the fact as JSON}
"""

import re
from typing import Any

from programs.choices import Confidence, SourceKind, Strictness
from programs.fact_fields import FACT_FIELDS, value_fault, value_typed
from programs.importing.columns import FACTS
from programs.importing.reading import Row
from programs.importing.rows.common import Item, Read, Reader, address, codes_check, faults_of

NAMES = tuple(target.name for target in FACTS)
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
YES = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
COUNTED = frozenset(
    {"avg_step2ck", "hospital_beds", "hospital_resident_fte"}
    | {name for name, entry in FACT_FIELDS.items() if entry.topic == "numbers"}
)


def facts_read(cells: dict[str, str], reader: Reader) -> Read:
    row = reader.row(cells, NAMES)
    codes_check(row)
    read = Read()
    source = _source(row)
    said = _long(row, reader) if "field" in reader.mapped else _wide(row, reader)
    found = reader.index.find(row.cells, tracks=reader.defaults.get("tracks") == "all")
    if found.fault and not any(fault.field == found.field for fault in row.faults):
        row.fault(found.field, found.fault)
    if not said and not row.faults:
        row.fault("field" if "field" in reader.mapped else "", "says nothing: no fact stands in the row")
    read.program, read.faults = found.first, faults_of(row.faults)
    if not read.faults:
        read.items = [
            {"program": program, "field": name, "values": {**source, **values}}
            for program in found.programs
            for name, values in said
        ]
    return read


def _source(row: Row) -> dict[str, Any]:
    url, source = address(row), row.text("source", longest=300, needed=False)
    if not url and not source:
        row.fault("source_url", "is missing: say where it can be read, by row or for the whole file")
    day = row.day("observed_on")
    season = row.cells["season"]
    if season and not re.fullmatch(r"20\d\d", season):
        row.fault("season", "is no season: the year training ends or the Match is in, such as 2027")
    return {
        "url": url,
        "source": source,
        "source_kind": row.choice("source_kind", SourceKind.values),
        "page_year": row.year("page_year"),
        "season": season,
        "observed_on": day.isoformat() if day else None,
        "confidence": row.choice("confidence", Confidence.values),
        "note": row.text("note", longest=300, needed=False),
    }


def _long(row: Row, reader: Reader) -> list[tuple[str, Item]]:
    name = row.cells["field"].casefold()
    if name not in FACT_FIELDS:
        row.fault("field", "is no known fact field")
        return []
    stated = row.text("value_as_stated", longest=200, needed=False)
    strictness = row.choice("strictness", Strictness.values)
    typed = _typed(row, "value", name, row.cells["value"], reader)
    if typed is None:
        return []
    if not row.cells["value"] and not stated:
        row.fault("value", "is missing, and nothing is stated either")
    return [(name, {**typed, "value_as_stated": stated or row.cells["value"], "strictness": strictness})]


def _wide(row: Row, reader: Reader) -> list[tuple[str, Item]]:
    found = []
    for name, entry in FACT_FIELDS.items():
        if name not in reader.mapped or not row.cells[name]:
            continue
        stated = row.text(name, longest=200)
        typed = _typed(row, name, name, "" if entry.kind == "prose" else stated, reader)
        if typed is None:
            continue
        strictness = Strictness.COUNT.value if name in COUNTED else row.cells["strictness"]
        if strictness not in Strictness.values:
            row.choice("strictness", Strictness.values)
            return []
        found.append((name, {**typed, "value_as_stated": stated, "strictness": strictness}))
    return found


def _typed(row: Row, place: str, name: str, text: str, reader: Reader) -> Item | None:
    """The typed value; None with a fault where the field does not take it."""
    entry, key = FACT_FIELDS[name], text.casefold()
    words = {code.casefold(): code for code in entry.codes}
    if "yes" in words:
        words = {**{said: meant for said, meant in YES.items() if meant in words}, **words}
    words.update(reader.codes.get(name, {}))
    text = words.get(key, text)
    fault = value_fault(name, text)
    if fault is None and text and text not in entry.codes and not NUMBER.fullmatch(text):
        fault = "must be a plain number such as 220"
    if fault:
        row.fault(place, fault)
        return None
    number, code = value_typed(name, text)
    return {"value_number": number, "value_code": code}
