"""Files as people hand them in, good and bad."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ("ACGME ID", "Program Name", "Minimum Step 2 CK Score")
ROWS = (("1400531041", "Harbor Program", "220"), ("1400531042", "Größe é Program", "210"))


def csv_file(path: Path, *rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows or (HEADER, *ROWS))
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, *rows: Sequence[Any]) -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows or (HEADER, *ROWS):
        sheet.append(row)
    book.save(path)
    return path


def repacked(path: Path, **changed: bytes | None) -> Path:
    """The workbook with members put in, put otherwise, or (None) left out; ``__`` stands for ``/``."""
    names = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): data
        for name, data in changed.items()
    }
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.update({name: data for name, data in names.items() if data is not None})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if names.get(name, b"") is not None:
                archive.writestr(name, data)
    return path
