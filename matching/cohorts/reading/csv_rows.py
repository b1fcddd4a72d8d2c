"""CSV: one applicant a row, by the columns of ``matching.cohorts.columns``. UTF-8, commas, quotes doubled.

A row is named by the line of the file it begins on, so that an editor finds it; the header is line 1.
"""

import csv
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import orjson

from applicants.faults import Fault, pointer_to
from matching.cohorts.columns import BY_NAME, Column
from matching.cohorts.faults import CohortInvalid, CohortUnreadable
from matching.cohorts.forms import Readable
from matching.cohorts.line import MAX_LINE_BYTES, BadLine, Line, bad_line, reference_fault
from matching.cohorts.reading.cells import applicant_of_row
from matching.cohorts.reading.physical import physical_lines

TOO_LONG = (
    f"The row is longer than {MAX_LINE_BYTES // 1024} KB. Is a quote never closed? What follows it was taken "
    "as part of this row."
)
NOT_UTF8 = "The row is not UTF-8: save the file as “CSV UTF-8”."
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


class _RowTooLong(Exception):
    pass


def csv_lines(stream: Readable) -> Iterator[Line | BadLine]:
    """Raises CohortUnreadable for what is no such table, and CohortInvalid for columns that are not ours."""
    source = _Source(stream)
    rows = csv.reader(source, strict=True)
    columns = _header(source, rows)
    while True:
        source.row_begins()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except _RowTooLong:
            yield bad_line(source.first, "too_long", TOO_LONG)
        except csv.Error as error:
            yield bad_line(source.first, "invalid_csv", f"The row cannot be read: {error}.")
        else:
            if any(cell.strip() for cell in cells):
                yield _line(source, columns, cells)


def _line(source: "_Source", columns: Sequence[Column | None], cells: Sequence[str]) -> Line | BadLine:
    if not source.readable:
        return bad_line(source.first, "invalid_characters", NOT_UTF8)
    applicant, faults = applicant_of_row(columns, cells)
    if faults:
        reference = applicant.get("reference")
        return BadLine(source.first, None if reference_fault(reference) else reference, tuple(faults))
    return Line(source.first, orjson.dumps(applicant))


class _Source:
    """The file's lines for the reader of rows, which asks for as many as a row takes."""

    def __init__(self, stream: Readable) -> None:
        self._lines = physical_lines(stream)
        self.number = self.first = self._size = 0
        self.readable = True

    def row_begins(self) -> None:
        self.first, self._size, self.readable = self.number + 1, 0, True

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        self.number, raw = next(self._lines)
        self._size += len(raw or b"")
        if raw is None or self._size > MAX_LINE_BYTES:
            raise _RowTooLong
        try:
            return raw.decode() + "\n"
        except UnicodeDecodeError:
            self.readable = False
            return raw.decode("utf-8", "replace") + "\n"


def _header(source: _Source, rows: Iterator[list[str]]) -> list[Column | None]:
    try:
        names = [name.strip().lower() for name in next(rows)]
    except StopIteration:
        raise CohortUnreadable("The file is empty: the first row names the columns.") from None
    except _RowTooLong:
        raise CohortUnreadable("The first row, which names the columns, is far too long.") from None
    except csv.Error as error:
        raise CohortUnreadable(f"The first row, which names the columns, cannot be read: {error}.") from None
    if not source.readable or "\0" in "".join(names):
        raise CohortUnreadable("The file is not UTF-8: save it as “CSV UTF-8”.")
    for mark, word in _SEPARATORS.items():
        if len(names) == 1 and mark in names[0]:
            raise CohortUnreadable(f"The columns are separated by {word}: separate them by commas.")
    if faults := list(_header_faults(names)):
        raise CohortInvalid(faults)
    return [BY_NAME.get(name) for name in names]


def _header_faults(names: Sequence[str]) -> Iterator[Fault]:
    if "reference" not in names:
        yield Fault("/reference", "required", "There is no column “reference”, for your own ids.")
    for place, name in enumerate(names):
        shown = name[:100]
        if name and name not in BY_NAME:
            near = get_close_matches(name, BY_NAME, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else "Check its spelling, or take it out."
            yield Fault(pointer_to((name,)), "unknown_member", f"There is no column “{shown}”. {hint}")
        elif name and name in names[:place]:
            yield Fault(pointer_to((name,)), "duplicate", f"The column “{shown}” comes twice.")
