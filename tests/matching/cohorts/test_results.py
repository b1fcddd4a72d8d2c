"""Results and errors written out: the same numbers in both forms, nothing that a spreadsheet would run."""

import csv
import io
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.faults import Fault
from matching.cohorts import results
from matching.cohorts.blobs import BlobUnknown, ScoredLine, blob_pack, blob_read, marks_of, marks_read
from matching.cohorts.line import BadLine
from matching.cohorts.scoring import errors_pack

IDS = tuple(f"sp{number:05d}" for number in range(70_000))
COUNT = st.integers(0, 5)


@pytest.fixture(autouse=True)
def ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_ids", lambda version: IDS)


@st.composite
def scored_lines(draw: st.DrawFn) -> list[ScoredLine]:
    lines = []
    for number in range(1, draw(COUNT) + 1):
        count = draw(COUNT)
        random = np.random.default_rng(draw(st.integers(0, 99)))
        marks = marks_of(
            random.integers(0, 3, count),
            random.random(count) < 0.3,
            random.random(count) < 0.5,
            random.integers(-1, 3, count),
        )
        rows = random.integers(0, len(IDS), count)
        summary = draw(st.none() | st.just({"applications": 3}))
        reference = draw(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)
        )
        lines.append(ScoredLine(number, reference, summary, rows, marks, random.random(count) ** 9))
    return lines


@given(lines=scored_lines())
def test_blob_gives_back_what_was_packed(lines: list[ScoredLine]) -> None:
    found = list(blob_read(blob_pack(lines)))
    assert [one[:3] for one in found] == [one[:3] for one in lines]
    for one, line in zip(found, lines, strict=True):
        assert np.array_equal(one.rows, line.rows)
        assert np.array_equal(one.marks, line.marks)
        assert np.array_equal(one.p, line.p)


def test_marks_say_what_was_marked() -> None:
    marks = marks_of(
        np.array([0, 1, 2]),
        np.array([True, False, False]),
        np.array([False, True, True]),
        np.array([-1, 0, 2]),
    )
    told = marks_read(marks)
    assert told == ([0, 1, 2], [True, False, False], [False, True, True], [-1, 0, 2])
    assert marks_read(marks_of(np.array([1]), np.array([False]))) == ([1], [False], [False], [-1])


def test_blob_of_another_format_is_refused() -> None:
    with pytest.raises(BlobUnknown):
        list(blob_read(zlib.compress(bytes([99]) + b"rest")))


@given(lines=scored_lines(), cut=COUNT, after=COUNT)
def test_results_say_the_same_in_both_forms_however_they_are_cut(
    lines: list[ScoredLine], cut: int, after: int
) -> None:
    blobs = [blob_pack(lines[:cut]), blob_pack(lines[cut:])]
    told = [
        orjson.loads(line) for line in _joined(results.results_jsonl(blobs, data_version="d", after=after))
    ]
    assert [(one["line"], one["reference"]) for one in told] == [line[:2] for line in lines[after:]]
    table = _table(results.results_csv(blobs, data_version="d", after=after))
    flat = [(one, row) for one in told for row in one["list"]]
    assert len(table) == len(flat)
    for cells, (one, row) in zip(table, flat, strict=True):
        assert list(cells) == list(results.RESULT_COLUMNS)
        assert cells["reference"].removeprefix("'") == one["reference"].removeprefix("'")
        assert (int(cells["line"]), int(cells["rank"])) == (one["line"], row["rank"])
        assert (cells["id"], cells["tier"], cells["signal"]) == (row["id"], row["tier"], row["signal"] or "")
        assert cells["selected"] == str(row["selected"]).lower()
        chance = row["interview"]["probability"]
        assert cells["probability"] == "" if chance is None else float(cells["probability"]) == chance


def test_an_abstained_row_has_no_number() -> None:
    marks = marks_of(np.array([0, 0]), np.array([True, False]))
    blob = blob_pack([ScoredLine(1, "a", None, np.array([3, 4]), marks, np.array([0.5, 0.25]))])
    (told,) = (orjson.loads(line) for line in _joined(results.results_jsonl([blob], data_version="d")))
    assert told["list"] == [
        {
            "rank": 1,
            "id": "sp00003",
            "tier": "reach",
            "selected": False,
            "signal": None,
            "interview": {"probability": None},
        },
        {
            "rank": 2,
            "id": "sp00004",
            "tier": "reach",
            "selected": False,
            "signal": None,
            "interview": {"probability": 0.25},
        },
    ]
    assert [cells["probability"] for cells in _table(results.results_csv([blob], data_version="d"))] == [
        "",
        "0.25",
    ]


def test_a_reference_is_never_run_by_a_spreadsheet() -> None:
    for reference in ("=1+1", "+1", "-1", "@x", " =1", '"=1'):
        blob = blob_pack([ScoredLine(1, reference, None, *_one())])
        (cells,) = _table(results.results_csv([blob], data_version="d"))
        assert cells["reference"] == "'" + reference
        errors = errors_pack([BadLine(1, reference, (Fault("/profile/=x", "c", "=d"),))])
        (cells,) = _table(results.errors_csv([errors]))
        assert (cells["reference"], cells["detail"], cells["pointer"]) == (
            "'" + reference,
            "'=d",
            "/profile/=x",
        )
    blob = blob_pack([ScoredLine(1, 'a,"b"  c', None, *_one())])
    assert _table(results.results_csv([blob], data_version="d"))[0]["reference"] == 'a,"b"  c'


def test_errors_say_the_same_in_both_forms() -> None:
    faults = (Fault("/profile", "required", "It is missing."), Fault("", "x", 'A "quoted", one'))
    blobs = [
        errors_pack([BadLine(2, None, faults[:1]), BadLine(1, "r", faults)]),
        errors_pack([]),
        errors_pack([BadLine(9, "s", faults[1:])]),
    ]
    told = [orjson.loads(line) for line in _joined(results.errors_jsonl(blobs))]
    assert [(one["line"], one["reference"], len(one["errors"])) for one in told] == [
        (1, "r", 2),
        (2, None, 1),
        (9, "s", 1),
    ]
    table = _table(results.errors_csv(blobs, after=1))
    assert [list(cells.values()) for cells in table] == [
        ["2", "", "/profile", "required", "It is missing."],
        ["9", "s", "", "x", 'A "quoted", one'],
    ]


def test_pieces_come_one_by_one() -> None:
    """Whoever reads slowly holds one blob at a time."""
    taken = []

    def blobs() -> Iterator[bytes]:
        for number in range(3):
            taken.append(number)
            yield blob_pack([ScoredLine(number + 1, "a", None, *_one())])

    pieces = results.results_jsonl(blobs(), data_version="d")
    next(pieces)
    assert taken == [0]


def _one() -> tuple[Any, Any, Any]:
    return np.array([1]), marks_of(np.array([1]), np.array([False])), np.array([0.1])


def _joined(pieces: Iterator[bytes]) -> list[bytes]:
    return b"".join(pieces).splitlines()


def _table(pieces: Iterator[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(pieces).decode(), newline="")))
