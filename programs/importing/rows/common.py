from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from programs.importing.faults import Fault
from programs.importing.finding import Index
from programs.importing.reading import Row

Item = dict[str, Any]  # what is kept as JSON: see the reader of each kind
BLANKS = "blanks"  # the default that names cells which say nothing


def items_in(result: Any) -> list[Item]:
    """The items of a row that is kept."""
    found: list[Item] = result["items"]
    return found


@dataclass(slots=True)
class Read:
    """What one row says. ``faults``: (field, value, reason). ``program``: whom it is about, if found."""

    program: str = ""
    items: list[Item] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """What all rows of a file share. ``codes``: by our field, a cell's words to our code."""

    index: Index
    defaults: dict[str, str]
    mapped: frozenset[str]
    today: date
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def row(self, cells: dict[str, str], names: tuple[str, ...]) -> Row:
        """The cells with what holds for the whole file in the place of empty ones."""
        nothing = blank_words(self.defaults.get(BLANKS, ""))
        whole = {}
        for name in names:
            text = cells.get(name, "").strip()
            text = "" if text.casefold() in nothing else text
            whole[name] = text or self.defaults.get(name, "")
        return Row("", 0, whole, [])


@lru_cache(maxsize=8)
def blank_words(text: str) -> frozenset[str]:
    return frozenset(word for part in text.split(";") if (word := part.strip().casefold()))


def faults_of(faults: list[Fault]) -> list[tuple[str, str, str]]:
    return [(fault.field, fault.value[:200], fault.reason) for fault in faults]


CODES_WERE_NUMBERS = (
    "is not of the form {like}; a spreadsheet may have taken it for a number: format the column as text"
)


def code(row: Row, name: str, pattern: str, like: str) -> str | None:
    found = row.pattern(name, pattern, like=like)
    if found and row.faults and row.faults[-1].field == name:
        last = row.faults.pop()
        row.fault(name, CODES_WERE_NUMBERS.format(like=like) if _numberlike(last.value) else last.reason)
        return None
    return found


def _numberlike(text: str) -> bool:
    return text.strip().replace(".", "", 1).replace("E", "", 1).replace("+", "", 1).isdigit()


def codes_check(row: Row) -> None:
    """The codes that say which program it is have a form."""
    code(row, "acgme_id", r"\d{10}", "1400531041 (ten digits)")
    code(row, "nrmp_code", r"\d{7}[A-Z]\d", "1049140C0")


def address(row: Row) -> str:
    """An empty cell is none."""
    return row.url("source_url") if row.cells["source_url"] else ""
