"""A JSON list cut into its elements without parsing them: each is read by itself later, faults and all.

Only brackets, quotes and commas are looked at. So an element that is no JSON is a bad line of its own and
does not take the list with it, and one longer than any applicant is dropped as it comes, not gathered.
"""

import re
from collections.abc import Iterator

from matching.cohorts.faults import CohortUnreadable
from matching.cohorts.forms import Readable
from matching.cohorts.line import MAX_LINE_BYTES, BadLine, Line, bad_line
from matching.cohorts.reading.jsonl import TOO_LONG
from matching.cohorts.reading.physical import BOM, READ_BYTES

_TEXT = rb'[^"\\]*+(?:\\.[^"\\]*+)*+'  # what follows a quote, up to the next
_STRING = re.compile(_TEXT, re.DOTALL)
# All up to a bracket, or to a string that is not whole yet; between elements commas matter as well.
_WITHIN = re.compile(rb'(?:[^"\[\]{}]++|"' + _TEXT + rb'")*+', re.DOTALL)
_BETWEEN = re.compile(rb'(?:[^"\[\]{},]++|"' + _TEXT + rb'")*+', re.DOTALL)
_BLANK = b" \t\r\n"


def list_lines(stream: Readable) -> Iterator[Line | BadLine]:
    """Raises CohortUnreadable for what is no list, breaks off, or goes on after its end."""
    cutter = _Cutter(stream)
    cutter.open()
    number = 0
    while (raw := cutter.element(first=number == 0)) is not None:
        number += 1
        if len(raw) > MAX_LINE_BYTES:
            yield bad_line(number, "too_long", TOO_LONG)
        else:
            yield Line(number, raw.translate(_ONE_LINE))
    cutter.close()


_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


class _Cutter:
    """``buffer`` from ``at`` on is not yet looked at; the element looked at has ``begun`` there in it."""

    def __init__(self, stream: Readable) -> None:
        self.stream, self.buffer, self.at, self.begun = stream, b"", 0, 0
        self.over = False

    def open(self) -> None:
        while len(self.buffer) < len(BOM) and self._more():
            pass
        self.buffer = self.buffer.removeprefix(BOM)
        if self._skip_blank() != b"[":
            raise CohortUnreadable("The body must be a JSON list of applicants: it does not begin with [.")
        self.at += 1

    def close(self) -> None:
        if self._skip_blank():
            raise CohortUnreadable("The body goes on after the end of its JSON list.")

    def element(self, *, first: bool) -> bytes | None:
        """The next element, longer than allowed where its end was dropped; None at the end of the list."""
        if first and self._skip_blank() == b"]":
            self.at += 1
            return None
        if self.over:
            return None
        self.begun, kept, depth = self.at, b"", 0
        while True:
            end = (_WITHIN if depth else _BETWEEN).match(self.buffer, self.at).end()  # type: ignore[union-attr]
            mark, self.at = self.buffer[end : end + 1], end + 1
            if not mark:
                kept = self._set_aside(kept, end)
            elif mark == b'"':
                kept = self._string(kept)
            elif mark in b"[{":
                depth += 1
            elif depth and mark in b"]}":
                depth -= 1
            elif mark == b"}":
                raise CohortUnreadable("The JSON list has a } too many.")
            else:  # a comma or the end of the list
                self.over = mark == b"]"
                return kept + self.buffer[self.begun : end]

    def _string(self, kept: bytes) -> bytes:
        """Go behind the string that begins here."""
        while True:
            end = _STRING.match(self.buffer, self.at).end()  # type: ignore[union-attr]
            if self.buffer[end : end + 1] == b'"':
                self.at = end + 1
                return kept
            kept = self._set_aside(kept, end)

    def _set_aside(self, kept: bytes, end: int) -> bytes:
        """Read on; what was looked at, to ``end``, is kept as far as an element may be long."""
        kept = (kept + self.buffer[self.begun : end])[: MAX_LINE_BYTES + 1]
        self.buffer, self.at, self.begun = self.buffer[end:], 0, 0
        if not self._more():
            raise CohortUnreadable("The body breaks off before the end of its JSON list.")
        return kept

    def _skip_blank(self) -> bytes:
        """The next byte that is not blank, not taken; empty at the end of the body."""
        while True:
            left = self.buffer[self.at :].lstrip(_BLANK)
            self.buffer, self.at = left, 0
            if left or not self._more():
                return self.buffer[:1]

    def _more(self) -> bool:
        data = self.stream.read(READ_BYTES)
        self.buffer += data
        return bool(data)
