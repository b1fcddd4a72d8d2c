"""How a file is read: what was found out about it, and what of that is a guess."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple


class FileRow(NamedTuple):
    """``number`` as a spreadsheet counts rows. ``faults``: (place among the columns or -1, reason)."""

    number: int
    cells: list[str]
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Layout:
    """``told`` holds a sentence for everything that was guessed or passed over."""

    form: str  # csv or xlsx
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[list[str]] = field(default_factory=list)  # name and how it is shown
    header_row: int = 1
    columns: list[str] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    about: int = 0  # rows, as far as can be said without reading them

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Layout":
        names = {entry.name for entry in fields(cls)}
        return cls(**{"form": "csv", **{name: value for name, value in kept.items() if name in names}})


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose against the guess; empty: guess."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
