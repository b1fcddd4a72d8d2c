"""What a chunk keeps of its scored lines: rows of the catalogue and numbers, packed; names come on reading.

A blob is compressed. Inside: the format, the length of a JSON head, the head ([line, reference, summary or
null, rows] of each line), and of all rows together their catalogue row, their marks and their logits.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

FORMAT = 1
_TIER, _ABSTAINED, _SELECTED, _SIGNAL = 0b11, 0b100, 0b1000, 4  # of a mark: bits, and the place of the level


class BlobUnknown(ValueError):
    """A blob of another format than this one."""


class ScoredLine(NamedTuple):
    """The rows told of one applicant, best first: catalogue ``rows``, ``marks`` and probability ``p``."""

    number: int
    reference: str
    summary: dict[str, Any] | None
    rows: Ints
    marks: NDArray[np.uint8]
    p: Floats


def marks_of(
    tier: Ints, abstained: NDArray[np.bool_], selected: NDArray[np.bool_] | int = 0, signal: Ints | int = -1
) -> NDArray[np.uint8]:
    marks: Ints = tier | (abstained * _ABSTAINED) | (selected * np.int64(_SELECTED))
    marks |= (signal + np.int64(1)) << _SIGNAL
    return marks.astype(np.uint8)


class Marks(NamedTuple):
    """What a mark says, each as plain numbers in the order of the rows. ``signal``: level, or -1."""

    tier: list[int]
    abstained: list[bool]
    selected: list[bool]
    signal: list[int]


def marks_read(marks: NDArray[np.uint8]) -> Marks:
    return Marks(
        (marks & _TIER).tolist(),
        ((marks & _ABSTAINED) > 0).tolist(),
        ((marks & _SELECTED) > 0).tolist(),
        ((marks >> _SIGNAL).astype(np.int64) - 1).tolist(),
    )


def blob_pack(lines: Sequence[ScoredLine]) -> bytes:
    head = orjson.dumps([[one.number, one.reference, one.summary, len(one.rows)] for one in lines])
    rows, marks, p = (
        np.concatenate([np.zeros(0, kind), *(getattr(one, name) for one in lines)]).astype(kind)
        for name, kind in (("rows", "<u4"), ("marks", "u1"), ("p", "<f8"))
    )
    parts = (
        bytes([FORMAT]),
        len(head).to_bytes(4, "little"),
        head,
        _planes(rows),
        marks.tobytes(),
        _planes(p),
    )
    return zlib.compress(b"".join(parts), 1)


def blob_read(blob: bytes) -> Iterator[ScoredLine]:
    """The lines of a blob in order. Raises BlobUnknown."""
    raw = zlib.decompress(blob)
    if raw[0] != FORMAT:
        raise BlobUnknown(f"results of format {raw[0]} are not readable")
    at = 5 + int.from_bytes(raw[1:5], "little")
    head = orjson.loads(raw[5:at])
    count = sum(one[3] for one in head)
    rows = _whole(raw[at : at + 4 * count], "<u4").astype(np.int64)
    marks = np.frombuffer(raw, "u1", count, at + 4 * count)
    p = _whole(raw[at + 5 * count :], "<f8")
    start = 0
    for number, reference, summary, length in head:
        here = slice(start, start + length)
        yield ScoredLine(number, reference, summary, rows[here], marks[here], p[here])
        start += length


def _planes(values: NDArray[Any]) -> bytes:
    """First bytes together, then second bytes: high ones are alike, and compress to almost nothing."""
    return values.view(np.uint8).reshape(len(values), values.itemsize).T.tobytes()


def _whole(planes: bytes, kind: str) -> NDArray[Any]:
    width = np.dtype(kind).itemsize
    return np.frombuffer(planes, np.uint8).reshape(width, -1).T.copy().view(kind).reshape(-1)
