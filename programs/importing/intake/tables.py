"""One table out of a file of either form: its header named, its rows as wide as the header."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from openpyxl.utils import get_column_letter

from programs.importing.intake.archive import form_of
from programs.importing.intake.layout import Choices, FileRow, Layout
from programs.importing.intake.limits import HEADER_WITHIN, MAX_ROWS, SHOWN_ROWS, FileUnreadable
from programs.importing.intake.sheets import merged_ranges, sheet_rows, sheets_of, workbook_open
from programs.importing.intake.texts import (
    DELIMITERS,
    ENCODINGS,
    delimiter_found,
    encoding_found,
    text_rows,
)


def layout_find(path: Path, choices: Choices = Choices()) -> Layout:  # noqa: B008  (frozen)
    """Looks at the beginning of the file. Raises FileUnreadable; whatever was guessed is in ``told``."""
    layout = Layout(form=form_of(path))
    if layout.form == "csv":
        _text_found(path, layout, choices)
    else:
        _sheet_found(path, layout, choices)
    with _raw_rows(path, layout) as rows:
        _header_found(list(islice(rows, HEADER_WITHIN + SHOWN_ROWS)), layout, choices)
    return layout


def _text_found(path: Path, layout: Layout, choices: Choices) -> None:
    layout.encoding, words = encoding_found(path)
    if choices.encoding in ENCODINGS:
        layout.encoding, words = choices.encoding, ""
    _tell(layout, words)
    layout.delimiter, words = delimiter_found(path, layout.encoding)
    if choices.delimiter in DELIMITERS:
        layout.delimiter, words = choices.delimiter, ""
    _tell(layout, words)
    with path.open("rb") as source:
        layout.about = sum(piece.count(b"\n") for piece in iter(lambda: source.read(1 << 20), b""))


def _sheet_found(path: Path, layout: Layout, choices: Choices) -> None:
    with workbook_open(path) as book:
        layout.sheets = sheets_of(book)
        names = [name for name, _ in layout.sheets]
        seen = [name for name, shown in layout.sheets if not shown]
        if not names:
            raise FileUnreadable("the workbook holds no sheet of cells")
        layout.sheet = choices.sheet if choices.sheet in names else (seen or names)[0]
        layout.about = min(book[layout.sheet].max_row or 0, MAX_ROWS)
    if len(names) > 1 and choices.sheet not in names:
        hidden = len(names) - len(seen)
        words = f" ({hidden} of them hidden)" if hidden else ""
        _tell(layout, f"It has {len(names)} sheets{words}: “{layout.sheet}” is read. Choose another below.")
    if layout.sheet not in seen:
        _tell(layout, f"The sheet “{layout.sheet}” is hidden in the workbook.")


@contextmanager
def _raw_rows(path: Path, layout: Layout) -> Iterator[Iterator[FileRow]]:
    if layout.form == "csv":
        rows = text_rows(path, layout.encoding, layout.delimiter)
        try:
            yield rows
        finally:
            rows.close()  # type: ignore[attr-defined]  # a generator
        return
    with workbook_open(path) as book:
        if layout.sheet not in book.sheetnames:
            raise FileUnreadable(f"there is no sheet “{layout.sheet}”")
        yield sheet_rows(book, layout.sheet, merged=merged_ranges(book, layout.sheet))


def _header_found(rows: Sequence[FileRow], layout: Layout, choices: Choices) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise FileUnreadable(
            "no row holds anything" + (f" on the sheet “{layout.sheet}”" if layout.sheet else "")
        )
    header = next((row for row in rows if row.number == choices.header_row), None) or _header_guess(filled)
    if header.number not in (1, choices.header_row):
        _tell(layout, f"The header is read from row {header.number}; what stands above is passed over.")
    for place, reason in header.faults:
        if "merged" in reason:
            _tell(layout, f"In the header, column {get_column_letter(place + 1)} {reason}.")
    layout.header_row = header.number
    layout.columns = columns_named(header.cells, layout)
    shown = [row for row in filled if row.number > header.number][:SHOWN_ROWS]
    width = len(layout.columns)
    layout.samples = [[cell[:200] for cell in [*row.cells, *[""] * width][:width]] for row in shown]
    if not shown:
        raise FileUnreadable("no row follows the header", f"row {header.number}")


def _header_guess(filled: Sequence[FileRow]) -> FileRow:
    """The first row that is nearly as wide as the widest, of words alone."""
    widest = max(_width(row) for row in filled)
    for row in filled[:HEADER_WITHIN]:
        words = [cell for cell in row.cells if cell.strip()]
        if len(words) * 2 > widest and not any(_numeric(cell) for cell in words):
            return row
    return filled[0]


def _width(row: FileRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _numeric(text: str) -> bool:
    return text.strip().replace(".", "", 1).replace(",", "").lstrip("+-").isdigit()


def columns_named(cells: Sequence[str], layout: Layout) -> list[str]:
    """Each column with a name of its own: empty ones by their letter, repeated ones numbered. It is told."""
    named: list[str] = []
    seen: dict[str, int] = {}
    texts = [" ".join(cell.split())[:120] for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    for place, text in enumerate(texts):
        name = text or f"column {get_column_letter(place + 1)}"
        if not text:
            _tell(layout, f"Column {get_column_letter(place + 1)} has no name in the header.")
        key = name.casefold()
        seen[key] = seen.get(key, 0) + 1
        while seen[key] > 1 and f"{name} ({seen[key]})".casefold() in seen:
            seen[key] += 1
        if seen[key] > 1:
            name = f"{name} ({seen[key]})"
            seen[name.casefold()] = 1
            again = get_column_letter(place + 1)
            _tell(layout, f"Two columns are named alike: column {again} is called “{name}” here.")
        named.append(name)
    return named


def _tell(layout: Layout, words: str) -> None:
    if words:
        layout.told.append(words)


def table_rows(path: Path, layout: Layout, *, after: int = 0) -> Iterator[FileRow]:
    """The rows below the header that hold something, each as wide as the header.

    ``after``: the number of the last row that is done already. Raises FileUnreadable with the place.
    """
    width, seen = len(layout.columns), 0
    with _raw_rows(path, layout) as rows:
        for row in rows:
            if row.number <= layout.header_row or not (any(map(str.strip, row.cells)) or row.faults):
                continue
            seen += 1
            if seen > MAX_ROWS:
                raise FileUnreadable(
                    f"{MAX_ROWS:,} rows are read at most: part the file", f"row {row.number}"
                )
            if row.number > after:
                yield _fitted(row, width, text=layout.form == "csv")


def _fitted(row: FileRow, width: int, *, text: bool) -> FileRow:
    cells, faults = row.cells, [fault for fault in row.faults if fault[0] < width]
    if any(cell.strip() for cell in cells[width:]):
        faults.append((-1, f"has {len(cells)} cells, the header {width}: a delimiter within a cell, perhaps"))
    elif text and len(cells) < width:
        faults.append((-1, f"has only {len(cells)} of the header's {width} cells"))
    return FileRow(row.number, [*cells, *[""] * width][:width], tuple(faults))
