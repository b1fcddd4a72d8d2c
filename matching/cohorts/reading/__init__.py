"""From the bytes of an upload to its lines, however long it is: only one line is ever held whole."""

from collections.abc import Iterator

from matching.cohorts.forms import Form, Readable
from matching.cohorts.line import BadLine, Line
from matching.cohorts.reading.csv_rows import csv_lines
from matching.cohorts.reading.json_list import list_lines
from matching.cohorts.reading.jsonl import jsonl_lines

__all__ = ["lines_read"]

_READERS = {"json": list_lines, "jsonl": jsonl_lines, "csv": csv_lines}


def lines_read(stream: Readable, form: Form) -> Iterator[Line | BadLine]:
    """The lines of ``stream`` in their order; those that cannot be told apart by the form raise.

    Raises CohortUnreadable, and CohortInvalid for columns that are not ours; maybe in the middle.
    """
    return _READERS[form](stream)
