"""JSON lines: one applicant a line. Empty lines count and say nothing."""

from collections.abc import Iterator

from matching.cohorts.forms import Readable
from matching.cohorts.line import MAX_LINE_BYTES, BadLine, Line, bad_line
from matching.cohorts.reading.physical import physical_lines

TOO_LONG = f"One applicant takes at most {MAX_LINE_BYTES // 1024} KB."


def jsonl_lines(stream: Readable) -> Iterator[Line | BadLine]:
    for number, raw in physical_lines(stream):
        if raw is None:
            yield bad_line(number, "too_long", TOO_LONG)
        elif raw and not raw.isspace():
            yield Line(number, raw.rstrip(b"\r"))
