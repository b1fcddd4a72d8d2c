"""What a spreadsheet makes of the file: nothing runs, nothing loses a zero, every letter arrives."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.exporting.columns import Cell, Column, Table
from matching.exporting.csv import csv_bytes, csv_cell

RUN_BY_SPREADSHEETS = tuple("=+-@\t\r＝＋－＠")


def table_of(*cells: Cell) -> Table:
    return Table(tuple(Column(f"c{at}", 10) for at in range(len(cells))), (cells,))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_starts_with_the_mark_of_utf8_and_ends_lines_as_excel_does() -> None:
    data = csv_bytes(table_of("Peña", "Žilina"))
    assert data == b'\xef\xbb\xbf"c0","c1"\r\n"Pe\xc3\xb1a","\xc5\xbdilina"\r\n'


def test_csv_quotes_quotes_commas_and_keeps_a_note_on_its_line() -> None:
    assert read(csv_bytes(table_of('said "yes", later', "two\r\nlines"))) == [
        ["c0", "c1"],
        ['said "yes", later', "two lines"],
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '"=1', "' =1", '"\' "=1', "＝1", "“=1"],
)
def test_csv_cell_that_might_run_is_text(text: str) -> None:
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["ACGME 0400521001", "5\N{EN DASH}36%", "a=b", "Ana's note", ""])
def test_csv_cell_that_cannot_run_stays_as_it_is(text: str) -> None:
    assert csv_cell(text) == text


def test_csv_cell_numbers_and_nothing() -> None:
    assert [csv_cell(cell) for cell in (3, 0.4, None)] == ["3", "0.4", ""]


@given(st.text())
def test_csv_cell_never_starts_with_what_runs(text: str) -> None:
    told = csv_cell(text)
    assert not told.lstrip(" \"'\t\r\n" if not told.startswith("'") else " ").startswith(RUN_BY_SPREADSHEETS)
    assert not set(told) & {"\t", "\r", "\n", "\x00"}


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_csv_is_one_row_whatever_is_in_it(texts: list[str]) -> None:
    rows = read(csv_bytes(table_of(*texts)))
    assert len(rows) == 2
    assert rows[1] == [csv_cell(text) for text in texts]
