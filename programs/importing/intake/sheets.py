"""An Excel workbook: its sheets, and the rows of one as text. Nothing is calculated."""

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser

from programs.importing.intake.archive import archive_check
from programs.importing.intake.layout import FileRow
from programs.importing.intake.limits import MAX_CELL, MAX_COLUMNS, FileUnreadable

MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")
TEXT_TAG, PHONETIC_TAG, INLINE_TAG, ROWS_TAG = (
    f"{{http://schemas.openxmlformats.org/spreadsheetml/2006/main}}{name}"
    for name in ("t", "rPh", "is", "sheetData")
)
PIECE = 1 << 18
MOST_MERGED = 50_000
SHOWN = {"visible": "", "hidden": "hidden", "veryHidden": "hidden"}


@contextmanager
def workbook_open(path: Path) -> Iterator[Any]:
    """openpyxl's workbook to read from; whatever goes wrong inside becomes a FileUnreadable."""
    archive_check(path)
    book = None
    try:
        with path.open("rb") as source, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # A file, not its path: openpyxl goes by the ending of a name.
            book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
            yield book
    except FileUnreadable:
        raise
    except MemoryError:
        raise FileUnreadable("it needs more memory than there is") from None
    except Exception as error:
        raise FileUnreadable(
            f"the workbook cannot be read ({type(error).__name__}: {str(error)[:120]})"
        ) from None
    finally:
        if book is not None:
            book.close()


def sheets_of(book: Any) -> list[list[str]]:
    """Name and how it is shown, in the workbook's order. Charts are none."""
    return [[sheet.title, SHOWN.get(sheet.sheet_state, "hidden")] for sheet in book.worksheets]


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """As openpyxl's, and it says of each cell whether a formula stands there, with a value or without."""

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Rows alone, with the quick parser: archive_check has refused what declares entities."""
        rows: Any = None
        for event, element in ElementTree.iterparse(self.source, ("start", "end")):  # noqa: S314
            if event == "start":
                rows = element if element.tag == ROWS_TAG else rows
            elif element.tag == ROW_TAG:
                yield self.parse_row(element)
                rows.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        inline = element.find(INLINE_TAG) if element.get("t") == "inlineStr" else None
        if inline is not None:
            # openpyxl makes a tree of objects of every such cell, which takes many times as long.
            element.remove(inline)
        cell: dict[str, Any] = super().parse_cell(element)
        if inline is not None:
            cell |= {"value": _inline_text(inline) or None, "data_type": "s"}
        cell["formula"] = element.find(FORMULA_TAG) is not None
        return cell


def _inline_text(inline: Any) -> str:
    """Of plain text and of text in several letters; how it is spoken is left out."""
    parts = [inline, *(run for run in inline if run.tag != PHONETIC_TAG)]
    return "".join(text.text or "" for part in parts for text in part if text.tag == TEXT_TAG)


def merged_ranges(book: Any, sheet: str) -> list[tuple[int, int, int, int]]:
    """(first column, first row, last column, last row) of each. They stand behind the rows in the file, so it
    is looked through as bytes, which takes a fraction of reading it."""
    found: set[bytes] = set()
    tail = b""
    with book._archive.open(book[sheet]._worksheet_path) as source:
        while piece := source.read(PIECE):
            found.update(MERGED.findall(tail + piece))
            if len(found) > MOST_MERGED:
                raise FileUnreadable("holds more merged cells than we look at", f"sheet {sheet}")
            tail = piece[-200:]
    return [range_boundaries(ref.decode()) for ref in sorted(found)]


def sheet_rows(book: Any, sheet: str, *, merged: list[tuple[int, int, int, int]]) -> Iterator[FileRow]:
    """Rows that hold something, with the numbers the spreadsheet gives them."""
    touched = _merged_by_row(merged)
    last = 0
    with book._archive.open(book[sheet]._worksheet_path) as source:
        parser = _Parser(
            source,
            book[sheet]._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            if number <= last:
                raise FileUnreadable("rows are not in their order", f"sheet {sheet}, row {number}")
            last = number
            yield _row(number, cells, touched.get(number, ()))


def _row(number: int, cells: list[dict[str, Any]], merged: Any) -> FileRow:
    texts: list[str] = []
    faults: list[tuple[int, str]] = []
    for cell in cells:
        place = cell["column"] - 1
        text, fault = cell_text(cell["value"], cell["data_type"], formula=cell["formula"])
        if not text and not fault:
            continue
        if place >= MAX_COLUMNS:
            where = f"cell {get_column_letter(place + 1)}{number}"
            raise FileUnreadable(f"only the first {MAX_COLUMNS} columns are read", where)
        texts.extend([""] * (place + 1 - len(texts)))
        texts[place] = text
        if fault:
            faults.append((place, fault))
    faults.extend(merged)
    return FileRow(number, texts, tuple(faults))


def cell_text(value: Any, kind: str, *, formula: bool) -> tuple[str, str]:  # noqa: PLR0911  (one a kind)
    """A cell as text, and what is wrong with it."""
    if value is None:
        return (
            "",
            "is a formula that was never calculated: open the file, save it, or put the value"
            if formula
            else "",
        )
    if kind == "e":
        return str(value)[:MAX_CELL], "is an error of the spreadsheet"
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value)):
        return str(value), "is no number"
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)), ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat(), ""
    if isinstance(value, (date, time, timedelta)):
        return str(value), ""
    text = str(value)
    return text[: MAX_CELL + 1], f"is longer than {MAX_CELL:,} characters" if len(text) > MAX_CELL else ""


def _merged_by_row(merged: list[tuple[int, int, int, int]]) -> dict[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for first_column, first_row, last_column, last_row in merged:
        if first_column > MAX_COLUMNS:
            continue
        ref = f"{get_column_letter(first_column)}{first_row}:{get_column_letter(last_column)}{last_row}"
        for row in range(first_row, min(last_row, first_row + MOST_MERGED) + 1):
            reason = f"is merged with others ({ref}): only the first cell holds the value"
            rows.setdefault(row, []).append((first_column - 1, reason))
    return rows
