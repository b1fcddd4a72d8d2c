"""What we hold, in the columns that an import reads: handed in again, every row is held already."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from programs.choices import CheckState
from programs.models import ImportBatch, Program, ProgramFact

Table = tuple[tuple[str, ...], Iterator[Sequence[Any]]]

PROGRAM_COLUMNS = {
    "id": "id", "acgme_id": "acgme_id", "nrmp_code": "nrmp_code", "specialty": "specialty_id",
    "track": "track", "program_name": "name", "institution": "institution__name", "city": "city",
    "county": "county", "state": "state", "aliases": "aliases", "same_as": "same_as_id",
    "retired_on": "retired_on", "last_listed_year": "last_listed_year", "listing_status": "listing_status",
    "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip
FACT_COLUMNS = {
    "id": "program_id", "program_name": "program__name", "field": "field", "value": "value",
    "value_as_stated": "value_as_stated", "strictness": "strictness", "source_url": "url", "source": "source",
    "source_kind": "source_kind", "page_year": "page_year", "season": "season", "observed_on": "observed_on",
    "confidence": "confidence", "note": "note",
}  # fmt: skip
# A spreadsheet runs what begins so; a reader of ours takes the apostrophe away again.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
GUARDED = re.compile(r"'(?=\s*[=+\-@＝＋－＠\t\r])")


def programs_table() -> Table:
    rows = Program.objects.order_by("id").values_list(*PROGRAM_COLUMNS.values())
    return tuple(PROGRAM_COLUMNS), (tuple(map(_text, row)) for row in rows.iterator(chunk_size=2000))


def facts_table() -> Table:
    """What may be shown: not what came under a licence, nor what waits for a second reader, nor counts of
    rosters, which are shown by a rule of their own."""
    licensed = Q(batch__rights=ImportBatch.Rights.LICENCE)
    shown = ProgramFact.objects.exclude(licensed).filter(
        roster=None, check_state__in=(CheckState.NOT_NEEDED, CheckState.CONFIRMED)
    )
    columns = [name for name in FACT_COLUMNS.values() if name != "value"]
    rows = shown.order_by("program_id", "field", "id").values("value_number", "value_code", *columns)
    return tuple(FACT_COLUMNS), (
        tuple(_text(_fact_cell(row, name)) for name in FACT_COLUMNS.values())
        for row in rows.iterator(chunk_size=2000)
    )


def _fact_cell(row: dict[str, Any], name: str) -> Any:
    if name != "value":
        return row[name]
    number = row["value_number"]
    return number if number is not None else row["value_code"]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


TABLES: dict[str, Callable[[], Table]] = {"programs": programs_table, "facts": facts_table}


def guarded(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe before it."""
    return f"'{text}" if FORMULA.match(text) and not _number(text) else text


def unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", text))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with its mark, so that Excel reads it as it is; a piece at a time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(columns)
    for number, row in enumerate(rows):
        writer.writerow([guarded(cell) for cell in row])
        if number % 500 == 499:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def xlsx_bytes(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell as text: no code loses its zero, nothing is run."""
    import xlsxwriter  # noqa: PLC0415  (a twentieth of a second that only exports need)

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name)
        for place, cells in enumerate((columns, *rows)):
            for column, cell in enumerate(cells):
                sheet.write_string(place, column, cell)
    return out.getvalue()
