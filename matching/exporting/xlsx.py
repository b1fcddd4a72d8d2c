"""A table as an Excel workbook: the list on one sheet, what it is on another. No formula, no link."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .columns import Cell, Table, one_line

MOST_LETTERS = 32_767  # of a cell
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK, RULE = "#1d1a16", "#857b6b"


def xlsx_bytes(table: Table, about: Iterable[tuple[str, str]], *, title: str, made: datetime) -> bytes:
    """``about``: what the second sheet says, a name and words a line."""
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": title, "author": "SmartPick", "created": made.replace(tzinfo=None)})
        _list_sheet(book, table)
        _about_sheet(book, about)
    return out.getvalue()


def _list_sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("List")
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "font_color": INK}
    )
    text = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": RULE}
    )
    number = book.add_format({"valign": "top", "bottom": 4, "bottom_color": RULE})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(1)  # letter
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, head)
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell, text, number)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, line: int, place: int, cell: Cell, text: Any, number: Any) -> None:
    if cell is None or cell == "":
        sheet.write_blank(line, place, None, text)
    elif isinstance(cell, str):
        sheet.write_string(line, place, one_line(cell)[:MOST_LETTERS], text)
    else:
        sheet.write_number(line, place, cell, number)


def _about_sheet(book: Any, about: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("About")
    bold = book.add_format({"bold": True, "valign": "top", "font_color": INK})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for line, (name, words) in enumerate(about):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, one_line(words)[:MOST_LETTERS], wrap)
