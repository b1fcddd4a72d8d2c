"""A table as CSV that Excel opens as it is meant: UTF-8 with its mark, CRLF, every cell quoted."""

import csv
import io
import re

from .columns import Cell, Table, one_line

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A spreadsheet runs what starts like a formula, also after blanks and quotes, also in wide letters.
FORMULA = re.compile(r"""[\s"'\N{LEFT DOUBLE QUOTATION MARK}]*[=+\-@＝＋－＠]""")


def csv_bytes(table: Table) -> bytes:
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8")


def csv_cell(cell: Cell) -> str:
    """Text that might be run gets an apostrophe before it and is text for good."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return f"{cell:g}"
    text = one_line(cell)
    return f"'{text}" if FORMULA.match(text) else text
