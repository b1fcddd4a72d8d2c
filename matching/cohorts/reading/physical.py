"""A stream cut at its line breaks. A line longer than any applicant is dropped as it comes, not gathered."""

from collections.abc import Iterator

from matching.cohorts.forms import Readable
from matching.cohorts.line import MAX_LINE_BYTES

READ_BYTES = 64 * 1024
BOM = b"\xef\xbb\xbf"


def physical_lines(stream: Readable) -> Iterator[tuple[int, bytes | None]]:
    """Number from 1 and bytes without LF, the last one also where no LF ends it; None for one too long."""
    number, rest, dropped = 0, _start(stream), False
    while True:
        data = stream.read(READ_BYTES)
        parts = (rest + data).split(b"\n")
        rest = parts.pop()
        for part in parts:
            number += 1
            yield number, None if dropped or len(part) > MAX_LINE_BYTES else part
            dropped = False
        if len(rest) > MAX_LINE_BYTES:
            rest, dropped = b"", True
        if not data:
            break
    if rest or dropped:
        yield number + 1, None if dropped else rest


def _start(stream: Readable) -> bytes:
    """The first bytes, without the mark that some editors write before UTF-8."""
    start = b""
    while len(start) < len(BOM) and (data := stream.read(READ_BYTES)):
        start += data
    return start.removeprefix(BOM)
