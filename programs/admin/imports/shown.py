"""An import in words: its rows as what stands and what would stand, its errors as a table to mend by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from programs.choices import CheckState
from programs.desk.checks import check_state_for
from programs.fact_fields import FACT_FIELDS
from programs.importing.columns import targets
from programs.importing.rows.common import Item, items_in
from programs.importing.verdicts import value_of
from programs.models import ImportBatch, ImportRow, Program
from programs.presentation import value_words

PER_PAGE = 50
VERDICTS = {
    "add": "added",
    "change": "changed",
    "conflict": "say otherwise",
    "same": "held already",
    "error": "faults",
}
WAITS = "waits for a second reader"


@dataclass(frozen=True, slots=True)
class Line:
    """``was`` and ``will`` in words; ``then`` says what comes of it. ``stays``: what was goes on standing."""

    what: str
    was: str
    will: str
    then: str
    stays: bool = False


@dataclass(frozen=True, slots=True)
class RowShown:
    number: int
    verdict: str
    verdict_words: str
    program: str
    program_id: str
    lines: tuple[Line, ...]
    more: int
    faults: tuple[tuple[str, str, str], ...]


LINES = 8


def rows_shown(batch: ImportBatch, page: "Page[ImportRow]", *, waits: bool) -> list[RowShown]:
    """``waits``: whether a rule among them still has, or would have, to be read by another."""
    rows = list(page.object_list)
    ids = {item["program"] for row in rows for item in items_in(row.result)} | {
        row.program_id for row in rows
    }
    names = dict(Program.objects.filter(pk__in=ids - {None, ""}).values_list("id", "name"))
    return [_row(batch, row, names, waits=waits) for row in rows]


def _row(batch: ImportBatch, row: ImportRow, names: Mapping[str, str], *, waits: bool) -> RowShown:
    items = items_in(row.result)
    many = len({item["program"] for item in items}) > 1
    lines = [line for item in items for line in _lines(batch, item, many=many, waits=waits)]
    return RowShown(
        number=row.number,
        verdict=row.verdict,
        verdict_words=str(row.get_verdict_display()),
        program=names.get(row.program_id or "", row.cells.get("program_name", "")),
        program_id=row.program_id or "",
        lines=tuple(lines[:LINES]),
        more=max(len(lines) - LINES, 0),
        faults=tuple((label(batch.kind, field), value, reason) for field, value, reason in row.faults),
    )


def label(kind: str, field: str) -> str:
    target = targets(kind).get(field)
    return target.label if target else field


def _lines(batch: ImportBatch, item: Item, *, many: bool, waits: bool) -> Iterator[Line]:
    if batch.kind == ImportBatch.Kind.FACTS:
        yield _fact_line(item, many=many, waits=waits)
    elif batch.kind == ImportBatch.Kind.PROGRAMS:
        yield from _program_lines(item)
    else:
        year, school, country, kind = item["resident"]
        told = ", ".join(str(part) for part in (year, school, country, kind.replace("_", " ")) if part)
        then = {"change": "takes the place of the roster we hold", "same": ""}.get(item["verdict"], "")
        yield Line(f"Roster of {item['season']}", "", told, then)


def _fact_line(item: Item, *, many: bool, waits: bool) -> Line:
    values, held = item["values"], item.get("held") or {}
    entry = FACT_FIELDS[item["field"]]
    what = f"{entry.label} ({item['program']})" if many else entry.label
    was = ""
    if "field" in held:
        said = value_words(entry, value_of(held), held["value_as_stated"])
        where = held["source"] or held["url"]
        was = f"{said} ({where[:80]})"
    will = value_words(entry, value_of(values), values["value_as_stated"])
    return Line(what, was, will, _fact_then(item, waits=waits), stays=item["verdict"] != "change")


def _fact_then(item: Item, *, waits: bool) -> str:
    if item["verdict"] == "same":
        return ""
    parts = [
        {"change": "in the place of what this source said", "conflict": "stands beside it"}.get(
            item["verdict"], ""
        )
    ]
    if check_state_for(item["values"]["strictness"], item["field"]) == CheckState.WAITING:
        parts.append(WAITS if waits else "")
    elif item["verdict"] != "add":
        parts.append("would count" if item.get("counts") else "would not count")
    return ", ".join(part for part in parts if part)


def _program_lines(item: Item) -> Iterator[Line]:
    held = item.get("held")
    if held is None:
        told = {**item["says"], **item["files"]}
        yield Line(
            "A new program", "", ", ".join(f"{name} {text}" for name, text in told.items()), "gets an id"
        )
        return
    for name, (was, will) in held["fills"].items():
        yield Line(_column(name), was or "nothing", will, "is filled in")
    for name, (was, will) in held["over"].items():
        yield Line(_column(name), was, will, "says otherwise", stays=True)
    for name, (was, will) in held["left"].items():
        yield Line(
            _column(name), was or "nothing", will, "stays: only the catalogue's files decide it", stays=True
        )


def _column(name: str) -> str:
    return label("programs", "program_name" if name == "name" else name)


def error_rows(batch: ImportBatch) -> Iterator[tuple[str, str, str, str]]:
    """Row, column of the file, value, reason of every fault."""
    rows: Iterable[tuple[int, Any]] = (
        batch.rows.filter(verdict=ImportRow.Verdict.ERROR)
        .order_by("number")
        .values_list("number", "faults")
        .iterator(chunk_size=2000)
    )
    for number, faults in rows:
        for field, value, reason in faults:
            yield str(number), batch.mapping.get(field, field), value, reason
