"""CSV: one applicant a row, by the columns of ``matching.cohorts.columns``."""

from collections.abc import Iterator

from matching.cohorts.faults import CohortUnreadable
from matching.cohorts.forms import Readable
from matching.cohorts.line import BadLine, Line


def csv_lines(stream: Readable) -> Iterator[Line | BadLine]:
    raise CohortUnreadable("CSV is not read yet.")
    yield
