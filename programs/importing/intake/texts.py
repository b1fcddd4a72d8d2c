"""A text file: in which encoding, parted by what, and its rows."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from programs.importing.intake.layout import FileRow
from programs.importing.intake.limits import MAX_CELL, MAX_COLUMNS, FileUnreadable

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16, little end first",
    "utf-16-be": "UTF-16, big end first",
    "cp1252": "Windows-1252 (western)",
    "cp1250": "Windows-1250 (central European)",
    "latin-1": "ISO 8859-1",
    "mac_roman": "Mac Roman",
}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
PIECE = 1 << 16
SAMPLE = 256 * 1024


def encoding_found(path: Path) -> tuple[str, str]:
    """The encoding, and the sentence to tell where it is a guess. Raises FileUnreadable."""
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    if not head:
        raise FileUnreadable("the file is empty")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ""
    if wide := _wide(head):
        return (
            wide,
            f"It has no mark of its encoding; every second byte is zero, so it is read as {ENCODINGS[wide]}.",
        )
    if b"\0" in head:
        raise FileUnreadable("this is no text and no Excel workbook (.xlsx)", f"byte {head.index(0) + 1}")
    fault = _fault_in(path, "utf-8-sig")
    if fault is None:
        return "utf-8", ""
    guess = _guess(head if fault < len(head) else _around(path, fault))
    return guess, (
        f"It is not UTF-8 (byte {fault + 1}): {ENCODINGS[guess]} is guessed from its letters. Look at names "
        "with accents below, and choose another encoding where they are wrong."
    )


def _wide(head: bytes) -> str:
    half = len(head) // 2
    for name, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if half > 3 and head[start::2].count(0) > 0.7 * half and head[1 - start :: 2].count(0) < 0.1 * half:
            return name
    return ""


def _fault_in(path: Path, encoding: str) -> int | None:
    """Where the file is not of this encoding; None where it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with path.open("rb") as source:
        while True:
            piece = source.read(PIECE)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return max(read - pending + error.start, 0)
            read += len(piece)
            if not piece:
                return None


def _around(path: Path, at: int) -> bytes:
    with path.open("rb") as source:
        source.seek(max(at - SAMPLE // 2, 0))
        return source.read(SAMPLE)


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for the few files that need it)

    names = [name for name in ENCODINGS if not name.startswith("utf")]
    best = from_bytes(sample, cp_isolation=names).best()
    # Where the letters fit several as well, the one that most files of a spreadsheet here are written in.
    found = best.encoding if best and "cp1252" not in best.could_be_from_charset else "cp1252"
    return found if found in ENCODINGS and found != "latin-1" else "cp1252"


def delimiter_found(path: Path, encoding: str) -> tuple[str, str]:
    """What parts the cells of most rows into the same number, more than one."""
    scores: dict[str, tuple[int, int]] = {}
    for mark in DELIMITERS:
        try:
            widths = Counter(
                len(row.cells) for row in islice(text_rows(path, encoding, mark), 60) if any(row.cells)
            )
        except FileUnreadable:
            continue
        wide = [(count, width) for width, count in widths.items() if width > 1]
        scores[mark] = max(wide, default=(0, 0))
    best = max(scores, key=lambda mark: scores[mark], default=",")
    if not scores or scores[best] == (0, 0):
        return ",", "Only one column was found. If there are more, choose what parts them."
    rivals = [mark for mark, score in scores.items() if mark != best and score[0] >= scores[best][0] > 0]
    if rivals:
        others = " or ".join(DELIMITERS[mark] for mark in rivals)
        return best, f"Cells are parted by {DELIMITERS[best]}, as it seems; it could be {others}."
    return best, ""


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[FileRow]:
    """Every row with its number, empty rows too. Raises FileUnreadable at the row that ends the reading."""
    number = 0
    try:
        with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as source:
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            for number, cells in enumerate(reader, 1):
                yield FileRow(number, cells, _faults(number, cells))
    except UnicodeError as error:
        at = f", byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else ""
        raise FileUnreadable(
            f"is not {encoding}{at}; choose another encoding", f"after row {number}"
        ) from None
    except csv.Error as error:
        raise FileUnreadable(_csv_words(str(error)), f"row {number + 1}") from None


def _csv_words(said: str) -> str:
    if "field limit" in said or "unexpected end" in said:
        return "a quote is opened and never closed, or a cell is longer than any we keep"
    if "expected after" in said:
        return "a quote stands amid a quoted cell; within quotes it is written twice"
    if "NUL" in said:
        return "holds a zero byte, which no text does"
    return f"is no readable CSV ({said})"


def _faults(number: int, cells: list[str]) -> tuple[tuple[int, str], ...]:
    if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
        raise FileUnreadable(f"has {len(cells):,} cells; {MAX_COLUMNS} are read at most", f"row {number}")
    return tuple(
        (place, f"is longer than {MAX_CELL:,} characters")
        for place, cell in enumerate(cells)
        if len(cell) > MAX_CELL
    )
