"""A table on its way out: named columns, plain cells. Every format writes the same one."""

import re
import unicodedata
from dataclasses import dataclass

Cell = str | float | int | None

# Not to be advice is said on every sheet and page, in these words.
NOT_ADVICE = (
    "Not advice, and not a prediction of the Match. Check every rule with the program before you pay."
)


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in letters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def one_line(text: str) -> str:
    """Without line breaks, tabs and control characters: no cell spills into the next."""
    return " ".join(
        "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text).split()
    )


def file_name(name: str, day: str, extension: str) -> str:
    """``los-angeles-first-2026-11-22.csv``: plain letters, so that every system can keep it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"{slug or 'list'}-{day}.{extension}"
