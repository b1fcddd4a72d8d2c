"""One line of a cohort between the upload and its scoring, and how a chunk keeps several of them.

A chunk's input is compressed text, one entry a line: its number, a tab and the applicant as JSON as it was
sent; or its number, an exclamation mark and what was wrong with it when it came in.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import NamedTuple

import orjson

from applicants.faults import Fault

MAX_LINE_BYTES = 64 * 1024
MAX_REFERENCE = 128
# Neither a control character nor what no UTF-8 can hold: the reference is written out again as it came.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Line(NamedTuple):
    """``raw``: one JSON text without a line break."""

    number: int
    raw: bytes


class BadLine(NamedTuple):
    """A line that cannot be scored, with its reference as far as that could be read."""

    number: int
    reference: str | None
    faults: tuple[Fault, ...]


def bad_line(
    number: int, code: str, detail: str, *, pointer: str = "", reference: str | None = None
) -> BadLine:
    return BadLine(number, reference, (Fault(pointer, code, detail),))


def reference_fault(value: object) -> Fault | None:
    """What is wrong with a line's reference, if anything is."""
    if value is None:
        return Fault("/reference", "required", "`reference` is missing: give each applicant an id of yours.")
    if not isinstance(value, str):
        return Fault("/reference", "invalid_type", "`reference` must be text in quotes.")
    if not value:
        return Fault("/reference", "too_short", "`reference` must not be empty.")
    if len(value) > MAX_REFERENCE:
        return Fault("/reference", "too_long", f"`reference` takes at most {MAX_REFERENCE} characters.")
    if _UNFIT.search(value):
        return Fault("/reference", "invalid_characters", "`reference` holds a control character.")
    return None


def reference_told(raw: bytes) -> str | None:
    """The reference of a line that is not read any further, if it has one."""
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    reference = told.get("reference") if isinstance(told, dict) else None
    return reference if reference_fault(reference) is None else None


def entries_pack(entries: Iterable[bytes]) -> bytes:
    return zlib.compress(b"".join(entries), 1)


def entry_of(line: Line | BadLine) -> bytes:
    if isinstance(line, Line):
        return b"%d\t%b\n" % line
    told = {"reference": line.reference, "faults": [asdict(fault) for fault in line.faults]}
    return b"%d!%b\n" % (line.number, orjson.dumps(told))


def lines_unpack(chunk_input: bytes) -> Iterator[Line | BadLine]:
    for entry in zlib.decompress(chunk_input).split(b"\n")[:-1]:
        number, mark, rest = _ENTRY.match(entry).groups()  # type: ignore[union-attr]
        if mark == b"\t":
            yield Line(int(number), rest)
        else:
            told = orjson.loads(rest)
            yield BadLine(int(number), told["reference"], tuple(Fault(**one) for one in told["faults"]))


_ENTRY = re.compile(rb"(\d+)([\t!])(.*)", re.DOTALL)
