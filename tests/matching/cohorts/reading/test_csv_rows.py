"""Spreadsheets: each row an applicant, named by the line of the file it begins on."""

import csv
import io
import json
from typing import Any

import pytest

from matching.cohorts.columns import COLUMNS
from matching.cohorts.faults import CohortInvalid, CohortUnreadable
from matching.cohorts.line import MAX_LINE_BYTES, BadLine, Line
from tests.matching.cohorts.streams import faults, read


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def told(line: Line | BadLine) -> Any:
    assert isinstance(line, Line)
    return json.loads(line.raw)


def test_csv_examples_of_the_columns_make_an_applicant() -> None:
    body = table([column.name for column in COLUMNS], [column.example for column in COLUMNS])
    (line,) = read(b"\xef\xbb\xbf" + body, "csv", 11)
    applicant = told(line)
    assert applicant["reference"] == "a-1"
    assert applicant["options"] == {"max_applications": 0, "top": 200}
    profile = applicant["profile"]
    assert profile["step2ck"] == {"status": "pass", "score": 224, "attempts": 1}
    assert profile["ecfmg_certified"] is True
    assert profile["visa_needed"] == "none"
    assert profile["red_flags"] == []
    assert profile["languages"] == ["en", "es"]
    assert profile["experience"] == [
        {
            "kind": "sub_internship",
            "weeks": 8,
            "state": "CA",
            "ring": "los-angeles",
            "specialty": "internal-medicine",
        },
        {"kind": "elective", "weeks": 4, "state": "NY"},
    ]
    assert "military_service" not in profile  # an empty cell is not known


def test_csv_lines_are_those_of_the_file() -> None:
    body = b'Reference , school_name\r\na,"St. George\'s\r\n""U"""\r\n\r\n,,\r\nb,\r\n"c\nd",x\r\n=1+1,y'
    for most in (1, 5, 1000):
        lines = read(body, "csv", most)
        assert [line.number for line in lines] == [2, 6, 7, 9]
        assert told(lines[0])["profile"]["medical_school"]["name"] == 'St. George\'s\r\n"U"'
        assert told(lines[2])["reference"] == "c\nd"
        assert told(lines[3])["reference"] == "=1+1"  # text, whatever a spreadsheet makes of it


def test_csv_cells_that_cannot_be_told_apart_are_faults_of_their_row() -> None:
    body = table(
        ["reference", "ties", ""],
        ["a", "family:CA:los-angeles:x|work"],
        ["b", "", "", "more"],
        ["c", "", "nameless"],
        ["d", "work"],
    )
    lines = read(body, "csv")
    assert list(faults(lines)) == [(2, "invalid_format"), (3, "extra_cell"), (4, "extra_cell")]
    assert isinstance(lines[0], BadLine)
    assert (lines[0].reference, lines[0].faults[0].pointer) == ("a", "/profile/ties/0")
    assert told(lines[3])["profile"]["ties"] == [{"kind": "work"}]


def test_csv_that_is_not_utf8_is_a_fault_of_its_row() -> None:
    lines = read("reference,school_name\na,Universität\nb,x\n".encode("latin-1"), "csv")
    assert list(faults(lines)) == [(2, "invalid_characters")]
    assert told(lines[1])["reference"] == "b"


def test_csv_quote_never_closed_takes_no_more_than_a_row_may_have() -> None:
    body = b'reference\n"a\n' + b"x,y\n" * (MAX_LINE_BYTES // 3) + b"z\n"
    lines = read(body, "csv")
    assert lines[0].number == 2
    assert next(faults(lines)) == (2, "too_long")
    assert told(lines[-1])["reference"] == "z"
    assert list(faults(read(b'reference\na"b\n"c"d\ne\n', "csv"))) == [(3, "invalid_csv")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"reference;step2ck_score\n", "semicolons"),
        (b"reference\tstep2ck_score\n", "tabs"),
        ("reference,visa_needed\n".encode("utf-16"), "UTF-8"),
        ("référence\n".encode("latin-1"), "UTF-8"),
        (b'"reference\n', "cannot be read"),
        (b"x" * (MAX_LINE_BYTES + 1), "too long"),
    ],
)
def test_csv_without_a_header_is_unreadable(body: bytes, words: str) -> None:
    with pytest.raises(CohortUnreadable, match=words):
        read(body, "csv")


def test_csv_header_names_every_column_that_is_not_ours() -> None:
    with pytest.raises(CohortInvalid) as raised:
        read(b"step2_score,visa_needed,visa_needed,zzz/q\n", "csv")
    found = [(fault.pointer, fault.code) for fault in raised.value.faults]
    assert found == [
        ("/reference", "required"),
        ("/step2_score", "unknown_member"),
        ("/visa_needed", "duplicate"),
        ("/zzz~1q", "unknown_member"),
    ]
    assert "Did you mean “step2ck_score”?" in raised.value.faults[1].detail
