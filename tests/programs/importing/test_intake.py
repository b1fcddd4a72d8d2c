"""Any bytes become numbered rows or one fault that names the place; nothing is guessed in silence."""

import datetime as dt
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from programs.importing.intake import archive, limits, tables
from programs.importing.intake.layout import Choices, FileRow, Layout
from programs.importing.intake.limits import FileUnreadable
from programs.importing.intake.tables import layout_find, table_rows
from tests.programs.importing.files import HEADER, ROWS, csv_file, repacked, xlsx_file


def rows(path: Path, layout: Layout | None = None) -> list[FileRow]:
    return list(table_rows(path, layout or layout_find(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = csv_file(tmp_path / "f.csv", encoding=encoding, delimiter=delimiter)
    layout = layout_find(path)

    assert layout.columns == list(HEADER)
    assert layout.delimiter == delimiter
    assert [row.cells for row in rows(path, layout)] == [list(row) for row in ROWS]
    assert [row.number for row in rows(path, layout)] == [2, 3]
    assert bool(layout.told) == (encoding in ("utf-16-le", "utf-16-be"))  # those have no mark: a guess


def test_csv_in_windows_1252_is_a_guess_that_is_told_and_can_be_changed(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "f.csv", encoding="cp1252", delimiter=";")
    layout = layout_find(path)

    assert layout.encoding == "cp1252"
    assert "is guessed" in layout.told[0]
    assert rows(path, layout)[1].cells[1] == "Größe é Program"
    changed = layout_find(path, Choices(encoding="mac_roman"))
    assert (changed.encoding, changed.told) == ("mac_roman", [])
    assert rows(path, changed)[1].cells[1] != "Größe é Program"


def test_csv_with_newlines_in_quotes_counts_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text('a,b\n"one\ntwo",x\n\n3,4\n', encoding="utf-8")

    assert [(row.number, row.cells) for row in rows(path)] == [(2, ["one\ntwo", "x"]), (4, ["3", "4"])]


def test_header_below_a_title_is_found_and_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "f.csv", ("Answers of October",), (), HEADER, *ROWS)
    layout = layout_find(path)

    assert layout.header_row == 3
    assert any("row 3" in words for words in layout.told)
    chosen = layout_find(path, Choices(header_row=4))
    assert chosen.columns[0] == ROWS[0][0]


def test_header_with_gaps_and_twins_names_each_column_and_tells(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "f.csv", ("Name", "", "name", "name (2)"), ("a", "b", "c", "d"))
    layout = layout_find(path)

    assert len({name.casefold() for name in layout.columns}) == 4
    assert layout.columns[1] == "column B"
    assert len(layout.told) >= 2


def test_rows_of_another_width_are_faults_of_the_row(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n", encoding="utf-8")
    found = rows(path)

    assert [len(row.faults) for row in found] == [0, 1, 1, 0]
    assert "only 2 of the header's 3" in found[1].faults[0][1]
    assert all(len(row.cells) == 3 for row in found)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n\n", "no row holds anything"),
        (b"a,b,c\n", "no row follows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "password"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"<html><table></table>", "web page"),
        (b"\x00\x01\x02\x03abc\x00\x00\x00\x00\x00", "no text"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 40_000, "never closed"),
        (b"a,b\n" + b",".join(b"x" for _ in range(300)) + b"\n", "200 are read at most"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)
    with pytest.raises(FileUnreadable, match=words):
        rows(path)


def test_fault_of_reading_names_its_row(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 100 + b'"x"y,2\n')
    with pytest.raises(FileUnreadable) as fault:
        rows(path)
    assert fault.value.place == "row 102"


def test_rows_end_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 5)
    path = csv_file(tmp_path / "f.csv", ("a", "b"), *[("1", "2")] * 6)
    with pytest.raises(FileUnreadable, match="5 rows are read at most") as fault:
        rows(path)
    assert fault.value.place == "row 7"


def test_rows_go_on_after_the_last_that_is_in(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "f.csv", ("a", "b"), *[(str(at), "x") for at in range(20)])
    layout = layout_find(path)
    assert [row.cells[0] for row in table_rows(path, layout, after=18)] == ["17", "18", "19"]


def test_workbook_cells_as_text(tmp_path: Path) -> None:
    values = (
        220,
        220.0,
        0.5,
        True,
        dt.date(2026, 10, 1),
        dt.datetime(2026, 10, 1),
        "0400121010",
        None,
        "end",
    )
    path = xlsx_file(tmp_path / "f.xlsx", tuple("abcdefghi"), values)

    assert rows(path)[0].cells == [
        "220", "220", "0.5", "yes", "2026-10-01", "2026-10-01", "0400121010", "", "end",
    ]  # fmt: skip


def test_workbook_faults_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.append(("a", "b", "c"))
    sheet.append(("=1+1", "#REF!", "x"))
    sheet.append(("one", "y", "z"))
    sheet.append((None, "y", "z"))
    sheet.merge_cells("A3:A4")
    book.save(path)
    found = rows(path)

    assert [place for place, _ in found[0].faults] == [0, 1]
    assert "never calculated" in found[0].faults[0][1]
    assert all("A3:A4" in row.faults[0][1] for row in found[1:])


def test_workbook_sheets_are_told_and_chosen(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    book = Workbook()
    book.active.title = "Notes"
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("Data")
    for row in (HEADER, *ROWS):
        seen.append(row)
        book["Notes"].append(("x", *row))
    book.save(path)
    layout = layout_find(path)

    assert (layout.sheet, layout.sheets) == ("Data", [["Notes", "hidden"], ["Data", ""]])
    assert "2 sheets (1 of them hidden)" in layout.told[0]
    hidden = layout_find(path, Choices(sheet="Notes"))
    assert hidden.columns[0] == "x"
    assert any("is hidden" in words for words in hidden.told)


@pytest.mark.parametrize(
    ("member", "data", "words"),
    [
        ("xl__vbaProject_bin", b"macro", "macros"),
        ("xl__workbook_xml", None, "no Excel workbook"),
        ("xl__worksheets__sheet1_xml", b"<worksheet", "cannot be read"),
        ("xl__worksheets__sheet1_xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "entities"),
        ("xl__worksheets__sheet1_xml", "<?xml version='1.0'?><worksheet/>".encode("utf-16"), "UTF-8"),
        ("xl__worksheets__sheet1_xml", b"0" * (limits.RATIO_FROM + 1), "bomb"),
    ],
)
def test_workbook_that_is_none_or_does_harm_is_refused(
    tmp_path: Path, member: str, data: bytes | None, words: str
) -> None:
    path = repacked(xlsx_file(tmp_path / "f.xlsx"), **{member: data})
    with pytest.raises(FileUnreadable, match=words):
        rows(path)


def test_workbook_of_too_many_members_is_refused(tmp_path: Path) -> None:
    path = repacked(xlsx_file(tmp_path / "f.xlsx"), **{f"m{at}": b"" for at in range(limits.MAX_MEMBERS)})
    with pytest.raises(FileUnreadable, match="archive holds"):
        rows(path)


def test_workbook_that_lies_of_its_size_is_refused(tmp_path: Path) -> None:
    """A member that declares ten bytes and holds megabytes."""
    path = repacked(
        xlsx_file(tmp_path / "f.xlsx"), zz_xml=b"<a>" + bytes(200_000).replace(b"\0", b" ") + b"</a>"
    )
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"zz.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    with pytest.raises(FileUnreadable, match="damaged"):
        rows(path)


def test_workbook_that_would_unpack_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx_file(tmp_path / "f.xlsx")
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    with pytest.raises(FileUnreadable, match="would unpack"):
        archive.archive_check(path)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(FileUnreadable):
        archive.archive_check(path)


def checked(path: Path) -> None:
    """Rows as wide as the header and in order, or one fault with words."""
    fault = ""
    try:
        layout = layout_find(path)
        last = layout.header_row
        for row in table_rows(path, layout):
            assert len(row.cells) == len(layout.columns)
            assert row.number > last
            last = row.number
    except FileUnreadable as error:
        fault = error.reason or pytest.fail("a fault without a reason")
    assert fault or last


@given(data=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_rows_or_a_fault(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)
    checked(path)


@given(
    text=st.text(alphabet='ab1,;\t"\n\r é\0', max_size=120),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_rows_or_a_fault(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(text.encode(encoding))
    checked(path)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_to_a_workbook_gives_rows_or_a_fault(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "f.xlsx"
    whole = xlsx_file(path).read_bytes()
    at = data.draw(st.integers(0, 999)) * len(whole) // 1000  # the same draws however long the file is
    put = data.draw(st.binary(min_size=1, max_size=8))
    path.write_bytes(whole[:at] + put + whole[at + len(put) :])
    checked(path)
