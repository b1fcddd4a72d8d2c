"""A workbook is a compressed archive: what it would grow to is looked at before anything is read from it."""

import re
import zipfile
from pathlib import Path

from programs.importing.intake.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_STRINGS,
    MAX_UNPACKED,
    RATIO_FROM,
    FileUnreadable,
)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PIECE = 1 << 16
ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
MB = 1024 * 1024


def form_of(path: Path) -> str:
    """``xlsx`` or ``csv`` by the first bytes. Raises FileUnreadable for what we know and do not read."""
    with path.open("rb") as source:
        head = source.read(1 << 12)
    if head.startswith(OLE):
        raise FileUnreadable(
            "this is an old Excel file (.xls) or a workbook with a password: save it as .xlsx without one"
        )
    if head.startswith(b"%PDF"):
        raise FileUnreadable("this is a PDF: export the table as CSV or XLSX")
    if head.startswith(b"\x1f\x8b"):
        raise FileUnreadable("this is a compressed file: unpack it first")
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml)", head, re.IGNORECASE):
        raise FileUnreadable("this is a web page or XML, whatever its name says: save it as CSV or XLSX")
    return "xlsx" if head.startswith(ZIP) or zipfile.is_zipfile(path) else "csv"


def archive_check(path: Path) -> None:
    """Raises FileUnreadable where it is no workbook, or one that would not fit into memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            _declared_check(archive)
            left = MAX_UNPACKED
            for member in archive.infolist():
                left -= _unpacked(archive, member, left)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FileUnreadable(f"the workbook is damaged or cut off ({_short(error)})") from None
    except Exception as error:  # zlib's own error is no member of the above, and there are others
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable(f"the workbook is damaged ({_short(error)})") from None


def _short(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__


def _declared_check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS:
        raise FileUnreadable(f"the archive holds {len(members):,} files; a workbook has a few dozen")
    if len(names) != len(members):
        raise FileUnreadable("the archive holds two files of one name")
    if any(member.flag_bits & 1 for member in members):
        raise FileUnreadable("it is locked by a password: save it without one")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileUnreadable("it holds macros (.xlsm): save it as .xlsx")
    if any(name.endswith(".bin") and "workbook" in name.lower() for name in names):
        raise FileUnreadable("this is a binary workbook (.xlsb): save it as .xlsx")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileUnreadable("this is an archive, but no Excel workbook")
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise FileUnreadable(
            f"it would unpack to {total / MB:,.0f} MB; {MAX_UNPACKED // MB} MB are read at most"
        )
    for member in members:
        dense = member.file_size > MAX_RATIO * max(member.compress_size, 1)
        if member.file_size > RATIO_FROM and dense:
            raise FileUnreadable(
                f"unpacks to more than {MAX_RATIO} times its size, as a bomb does", member.filename
            )
        if member.filename == "xl/sharedStrings.xml" and member.file_size > MAX_STRINGS:
            raise FileUnreadable(f"holds more than {MAX_STRINGS // MB} MB of text", member.filename)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """What it really unpacks to, in pieces: sizes that a file declares are only its word."""
    size, tail = 0, b""
    with archive.open(member) as source:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > left or (size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1)):
                raise FileUnreadable("unpacks to far more than a workbook holds", member.filename)
            if size == len(piece) and member.filename.endswith((".xml", ".rels")) and b"\0" in piece[:200]:
                raise FileUnreadable("is not written in UTF-8, as workbooks are", member.filename)
            if member.filename.endswith((".xml", ".rels")) and ENTITY.search(tail + piece):
                raise FileUnreadable("declares entities of its own, which no workbook does", member.filename)
            tail = piece[-12:]
    return size
