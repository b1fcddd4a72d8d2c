"""The workbook as its parts say: text stays text, no formula, no link out."""

import io
import re
import zipfile
from datetime import UTC, datetime

from matching.exporting.columns import Column, Table
from matching.exporting.xlsx import xlsx_bytes

MADE = datetime(2026, 11, 22, 18, 40, tzinfo=UTC)
TABLE = Table(
    (Column("Order", 7), Column("Program", 40), Column("ACGME code", 16), Column("Note", 30)),
    ((1, "Peña & Sons", "ACGME 0400521001", "=1+1"), (2, "http://example.org", "", "\x00\x0b\ttwo\nlines")),
)


def parts() -> dict[str, str]:
    data = xlsx_bytes(TABLE, [("Please note", "Not advice."), ("Note", "=2+2")], title="List", made=MADE)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_xlsx_has_the_list_and_what_it_is() -> None:
    names = re.findall(r'<sheet name="([^"]+)"', parts()["xl/workbook.xml"])
    assert names == ["List", "About"]
    assert "Not advice." in parts()["xl/worksheets/sheet2.xml"]


def test_xlsx_runs_nothing_and_leads_nowhere() -> None:
    sheets = parts()["xl/worksheets/sheet1.xml"] + parts()["xl/worksheets/sheet2.xml"]
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    assert "=1+1" in sheets
    assert "http://example.org" in sheets


def test_xlsx_codes_and_words_are_text_and_places_are_numbers() -> None:
    sheet = parts()["xl/worksheets/sheet1.xml"]
    assert re.search(r'<c r="C2"[^>]*t="inlineStr"><is><t>ACGME 0400521001</t>', sheet)
    assert re.search(r'<c r="A2"[^>]*><v>1</v>', sheet)
    assert "two lines" in sheet


def test_xlsx_head_stays_and_columns_have_their_width() -> None:
    sheet = parts()["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert re.search(r'<col min="2" max="2" width="40\.', sheet)


def test_xlsx_says_its_title_and_when_it_was_made() -> None:
    core = parts()["docProps/core.xml"]
    assert "<dc:title>List</dc:title>" in core
    assert "2026-11-22T18:40:00Z" in core
