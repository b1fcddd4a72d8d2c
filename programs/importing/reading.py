"""CSV rows with their line numbers, and checked readings of their cells."""

import csv
import io
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from programs.importing.faults import Fault

# Everything a terminal, a page or PostgreSQL would choke on; no cell of ours holds a line break.
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
URL = re.compile(r"https?://[^\s/]+\S*")


@dataclass(slots=True)
class Row:
    """One line of a file. Each reading returns a value of the right type and notes what is wrong."""

    file: str
    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def fault(self, field: str, reason: str) -> None:
        self.faults.append(Fault(self.file, self.line, field, self.cells.get(field, ""), reason))

    def text(self, field: str, *, longest: int, needed: bool = True) -> str:
        value = self.cells[field].strip()
        if CONTROL.search(value):
            self.fault(field, "holds a control character")
        elif needed and not value:
            self.fault(field, "is missing")
        elif len(value) > longest:
            self.fault(field, f"is longer than {longest} characters")
        return value

    def pattern(self, field: str, pattern: str, *, like: str) -> str | None:
        """A code of a fixed form; None where the cell is empty."""
        value = self.cells[field].strip()
        if value and not re.fullmatch(pattern, value):
            self.fault(field, f"is not of the form {like}")
        return value or None

    def choice(self, field: str, choices: Collection[str]) -> str:
        value = self.cells[field].strip()
        if value not in choices:
            self.fault(field, f"is none of {', '.join(sorted(choices))}")
        return value

    def choice_of_program(self, field: str, known: Collection[str]) -> str:
        value = self.cells[field].strip()
        if value not in known:
            self.fault(field, "is the id of no program in programs.csv")
        return value

    def number(self, field: str, low: float, high: float) -> float | None:
        value = self.cells[field].strip()
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            self.fault(field, f"is no number from {low:g} to {high:g}")
            return None
        return number

    def year(self, field: str) -> int | None:
        if not re.fullmatch(r"\d{4}|", self.cells[field].strip()):
            self.fault(field, "is no year")
            return None
        number = self.number(field, 1990, 2100)
        return None if number is None else int(number)

    def day(self, field: str) -> date | None:
        value = self.cells[field].strip()
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.fault(field, "is no date of the form 2026-11-22")
            return None

    def url(self, field: str) -> str:
        value = self.text(field, longest=400)
        if value and not URL.fullmatch(value):
            self.fault(field, "is no http(s) address")
        return value


def rows_read(path: Path, columns: tuple[str, ...], faults: list[Fault]) -> list[Row]:
    """The rows of a file, each with exactly the columns named. Faults are added to ``faults``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "", "the file is missing"))
        return []
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, 0, "", "", f"is not UTF-8 at byte {error.start}"))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        if reader.fieldnames is None or set(reader.fieldnames) != set(columns):
            faults.append(Fault(path.name, 1, "", "", f"the columns must be {', '.join(columns)}"))
            return []
        for cells in reader:
            if None in cells or None in cells.values():
                faults.append(
                    Fault(
                        path.name, reader.line_num, "", "", f"has not the {len(columns)} cells of the header"
                    )
                )
                continue
            rows.append(Row(path.name, reader.line_num, dict(cells), faults))
    except csv.Error as error:
        line = rows[-1].line + 1 if rows else 2
        faults.append(Fault(path.name, line, "", "", f"is no readable CSV from here on: {error}"))
    return rows


def rows_once(rows: list[Row], *fields: str) -> None:
    """Notes every row that repeats an earlier row's value of the fields; empty values may repeat."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cells[field].strip() for field in fields)
        if not key[0]:
            continue
        if key in seen:
            row.fault(fields[0], f"is given already on line {seen[key]}")
        seen.setdefault(key, row.line)
