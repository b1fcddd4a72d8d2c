"""Results and errors of a cohort written out line by line, as JSON lines or CSV, from the blobs kept of it.

A blob at a time: memory does not grow with the cohort. In CSV a reference that a spreadsheet would run as a
formula gets an apostrophe before it; in JSON it stands as it came.
"""

import csv
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson

from matching.exporting.csv import FORMULA

if TYPE_CHECKING:
    from matching.cohorts.blobs import ScoredLine

RESULT_COLUMNS = ("line", "reference", "rank", "id", "tier", "selected", "signal", "probability")
_END = "\r\n"
ERROR_COLUMNS = ("line", "reference", "pointer", "code", "detail")


def results_jsonl(blobs: Iterable[bytes], *, data_version: str, after: int = 0) -> Iterator[bytes]:
    """One object an applicant, for lines behind ``after``; a piece for each blob."""
    from matching.cohorts.blobs import blob_read  # noqa: PLC0415  (numpy comes with it)

    ids = _ids(data_version)
    for blob in blobs:
        lines = (line for line in blob_read(bytes(blob)) if line.number > after)
        yield b"".join(orjson.dumps(_result(line, ids)) + b"\n" for line in lines)


def results_csv(blobs: Iterable[bytes], *, data_version: str, after: int = 0) -> Iterator[bytes]:
    """One row a program of an applicant, the names of the columns first; an empty cell is null."""
    from matching.cohorts.blobs import blob_read  # noqa: PLC0415

    ids = _ids(data_version)
    yield _csv([RESULT_COLUMNS])
    for blob in blobs:
        lines = (line for line in blob_read(bytes(blob)) if line.number > after)
        yield "".join(row for line in lines for row in _result_rows(line, ids)).encode()


def errors_jsonl(blobs: Iterable[bytes], *, after: int = 0) -> Iterator[bytes]:
    for blob in blobs:
        yield b"".join(orjson.dumps(line) + b"\n" for line in _errors(blob, after))


def errors_csv(blobs: Iterable[bytes], *, after: int = 0) -> Iterator[bytes]:
    """One row a fault."""
    yield _csv([ERROR_COLUMNS])
    for blob in blobs:
        yield _csv(
            (line["line"], _text(line["reference"]), *(_text(fault[name]) for name in ERROR_COLUMNS[2:]))
            for line in _errors(blob, after)
            for fault in line["errors"]
        )


def _errors(blob: bytes, after: int) -> Iterator[dict[str, Any]]:
    return (line for line in orjson.loads(zlib.decompress(blob)) if line["line"] > after)


def _ids(data_version: str) -> tuple[str, ...]:
    from matching.catalogue import catalogue_get  # noqa: PLC0415

    return tuple(track.id for track in catalogue_get(data_version).scored)


def _rows(line: "ScoredLine", ids: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Of each program: rank, id, tier, selected, signal, probability."""
    from matching.cohorts.blobs import marks_read  # noqa: PLC0415
    from matching.list_documents import level_name  # noqa: PLC0415
    from matching.scoring.tiers import TIERS  # noqa: PLC0415

    marks = marks_read(line.marks)
    every = zip(line.rows.tolist(), line.p.tolist(), *marks, strict=True)
    for rank, (row, p, tier, abstained, selected, signal) in enumerate(every, start=1):
        yield rank, ids[row], TIERS[tier], selected, level_name(signal), None if abstained else p


def _result(line: "ScoredLine", ids: tuple[str, ...]) -> dict[str, Any]:
    return {
        "line": line.number,
        "reference": line.reference,
        "summary": line.summary,
        "list": [
            {
                "rank": rank,
                "id": track_id,
                "tier": tier,
                "selected": selected,
                "signal": signal,
                "interview": {"probability": p},
            }
            for rank, track_id, tier, selected, signal, p in _rows(line, ids)
        ],
    }


def _result_rows(line: "ScoredLine", ids: tuple[str, ...]) -> Iterator[str]:
    """Only the reference may need quotes; chances in the digits that JSON has."""
    start = _csv([(line.number, _text(line.reference))]).decode().removesuffix(_END)
    chances = orjson.dumps(line.p.tolist()).decode()[1:-1].split(",")
    for (rank, track_id, tier, selected, signal, p), chance in zip(_rows(line, ids), chances, strict=False):
        told = f"{rank},{track_id},{tier},{'true' if selected else 'false'},{signal or ''}"
        yield f"{start},{told},{'' if p is None else chance}{_END}"


def _text(value: str | None) -> str:
    """As it came, but for what a spreadsheet would run."""
    if value is None:
        return ""
    return f"'{value}" if FORMULA.match(value) else value


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=_END).writerows(rows)
    return out.getvalue().encode()
