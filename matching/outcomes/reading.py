"""An operator's outcomes file, read and checked as a whole: every fault at once, or every row."""

from collections.abc import Collection
from pathlib import Path
from typing import get_args

import numpy as np

from matching.calibration.outcomes import NOT_SAID, SCORE_BANDS, Outcomes, Words, band_of
from matching.scoring.applicant import ApplicantType
from matching.scoring.draws import Floats
from programs.importing.faults import Fault
from programs.importing.reading import Row, rows_once, rows_read

COLUMNS = (
    "applicant", "program_id", "season", "model_version", "probability", "applicant_type", "specialty",
    "step2ck", "interviewed", "matched",
)  # fmt: skip
APPLICANT, PROGRAM, SEASON, VERSION = r"[A-Za-z0-9_-]{1,40}", r"sp\d{5}", r"20\d\d", r"\d+\.[0-9a-f]{10}"
LOWEST_SCORE, HIGHEST_SCORE = 100, 300


class OutcomesInvalidError(Exception):
    """Nothing was measured: ``faults`` lists all that must be put right first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def outcomes_read(path: Path, *, specialties: Collection[str]) -> Outcomes:
    """The rows of the file. Raises OutcomesInvalidError with every fault by line, column and value."""
    faults: list[Fault] = []
    rows = rows_read(path, COLUMNS, faults)
    for row in rows:
        _row_check(row, specialties)
    rows_once_each(rows)
    _kinds_agree(rows)
    if not rows and not faults:
        faults.append(Fault(path.name, 1, "", "", "holds no row"))
    if faults:
        raise OutcomesInvalidError(faults)
    return _outcomes(rows)


def rows_once_each(rows: list[Row]) -> None:
    """A program stands once for an applicant, season and version."""
    rows_once(rows, "program_id", "applicant", "season", "model_version")


def _row_check(row: Row, specialties: Collection[str]) -> None:
    _code(row, "applicant", APPLICANT, like="a7f3c2: letters, digits, - and _, and no name or address")
    _code(row, "program_id", PROGRAM, like="sp01234")
    _code(row, "season", SEASON, like="2027")
    _code(row, "model_version", VERSION, like="1.0123456789")
    row.choice("applicant_type", get_args(ApplicantType))
    row.choice("specialty", specialties)
    for column in ("interviewed", "matched"):
        row.choice(column, ("0", "1", ""))
    _probability_check(row)
    _score_check(row)
    if row.cells["matched"].strip() == "1" and row.cells["interviewed"].strip() != "1":
        row.fault("matched", "is 1 where interviewed is not")


def _code(row: Row, column: str, pattern: str, *, like: str) -> None:
    if not row.cells[column].strip():
        row.fault(column, "is missing")
    row.pattern(column, pattern, like=like)


def _probability_check(row: Row) -> None:
    value = row.number("probability", 0, 1)
    if value in {0, 1}:
        row.fault("probability", "must lie between 0 and 1, and be neither")
    elif not row.cells["probability"].strip():
        row.fault("probability", "is missing")


def _score_check(row: Row) -> None:
    text = row.cells["step2ck"].strip()
    number = int(text) if text.isascii() and text.isdigit() else 0
    if text and text not in SCORE_BANDS and not LOWEST_SCORE <= number <= HIGHEST_SCORE:
        bands = ", ".join(SCORE_BANDS)
        row.fault("step2ck", f"is no score from {LOWEST_SCORE} to {HIGHEST_SCORE} and none of {bands}")


def _kinds_agree(rows: list[Row]) -> None:
    """An applicant is of one kind within a season."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows:
        key = (row.cells["applicant"].strip(), row.cells["season"].strip())
        kind = row.cells["applicant_type"].strip()
        first, line = seen.setdefault(key, (kind, row.line))
        if kind != first:
            row.fault("applicant_type", f"is {first} for this applicant on line {line}")


def _outcomes(rows: list[Row]) -> Outcomes:
    def words(column: str) -> Words:
        return np.array([row.cells[column].strip() for row in rows])

    def known(column: str) -> Floats:
        return np.array([float(row.cells[column].strip() or "nan") for row in rows])

    return Outcomes(
        applicant=np.unique(words("applicant"), return_inverse=True)[1],
        probability=known("probability"),
        interviewed=known("interviewed"),
        matched=known("matched"),
        program=words("program_id"),
        version=words("model_version"),
        season=words("season"),
        kind=words("applicant_type"),
        specialty=words("specialty"),
        band=np.array([_band(row.cells["step2ck"].strip()) for row in rows]),
    )


def _band(text: str) -> str:
    return band_of(int(text)) if text.isdigit() else text or NOT_SAID
