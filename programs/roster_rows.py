"""A roster's rows as values: read from what was typed or pasted, checked, and counted. No names in any."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from programs.countries import BY_NAME, COUNTRIES
from programs.models import Resident

Kind = Resident.Kind
COLUMNS = ("class_year", "school", "country", "kind")
LABELS = {"class_year": "class year", "school": "school", "country": "country", "kind": "kind"}
EARLIEST = 1990
MOST_ROWS = 1000
SCHOOL_MOST = Resident._meta.get_field("school").max_length or 0
# Schools whose graduates are no IMGs, wherever they are citizens.
HOME = frozenset({"US", "PR"})
OWN_MD = HOME | {"CA"}
IMGS = frozenset({Kind.US_IMG, Kind.NON_US_IMG, Kind.IMG})
# As a roster or a table writes them, letters and digits alone.
_KINDS = {
    "usimg": Kind.US_IMG, "uscitizenimg": Kind.US_IMG, "usimgs": Kind.US_IMG,
    "nonusimg": Kind.NON_US_IMG, "nonuscitizenimg": Kind.NON_US_IMG, "otherimg": Kind.NON_US_IMG,
    "img": Kind.IMG, "fmg": Kind.IMG, "imgcitizenshipnotknown": Kind.IMG,
    "usmd": Kind.US_MD, "mdus": Kind.US_MD,
    "usdo": Kind.US_DO, "do": Kind.US_DO, "dous": Kind.US_DO,
    "": Kind.UNKNOWN, "unknown": Kind.UNKNOWN, "notknown": Kind.UNKNOWN,
}  # fmt: skip
_WRITTEN = {kind.value: kind.label for kind in Kind} | {Kind.IMG.value: "IMG", Kind.UNKNOWN.value: ""}
_SHORT = {"usa": "US", "unitedstatesofamerica": "US", "uk": "GB"}


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """One resident. ``class_year`` is when training began, None where not known; ``country`` is the school's,
    two letters, "" where not known; ``kind`` one of ``Resident.Kind``."""

    class_year: int | None = None
    school: str = ""
    country: str = ""
    kind: str = Kind.UNKNOWN.value


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    """What is wrong with one cell. ``line`` counts from 1, 0 where it is about the whole."""

    line: int
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        what = f"{LABELS.get(self.field, self.field)} “{self.value}” " if self.field else ""
        return f"Line {self.line}: {what}{self.reason}." if self.line else f"{what}{self.reason}."


def resident_read(
    cells: Mapping[str, str], *, season: str, line: int = 0
) -> tuple[ResidentRow, list[RowFault]]:
    """One row from its cells by ``COLUMNS`` (one left out is empty), with all that is wrong with it."""
    faults: list[RowFault] = []

    def fault(field: str, reason: str) -> None:
        faults.append(RowFault(line, field, cells.get(field, "").strip()[:60], reason))

    year = _year(cells.get("class_year", ""), int(season))
    if isinstance(year, str):
        fault("class_year", year)
    school = " ".join(cells.get("school", "").split())
    if len(school) > SCHOOL_MOST:
        fault("school", f"is longer than {SCHOOL_MOST} characters")
    country = _country(cells.get("country", ""))
    if country is None:
        fault("country", "is no country: two letters or its English name")
    kind = _KINDS.get(re.sub(r"[\W_]", "", cells.get("kind", "").casefold()))
    if kind is None:
        fault("kind", "is none of US-citizen IMG, non-US IMG, IMG, US MD, US DO, or empty where not known")
    if country and kind and (contrary := _contrary(kind, country)):
        fault("kind", contrary)
    row = ResidentRow(
        class_year=None if isinstance(year, str) else year,
        school=school[:SCHOOL_MOST],
        country=country or "",
        kind=(kind or Kind.UNKNOWN).value,
    )
    return row, faults


def roster_read(text: str, *, season: str) -> tuple[list[ResidentRow], list[RowFault]]:
    """Pasted lines ``class year, school, country, kind``; commas, semicolons or tabs between. Empty lines and
    a heading are passed over."""
    rows, faults = [], []
    for line, written in enumerate(text.splitlines(), start=1):
        cells = line_cells(written)
        if not any(cells) or (line == 1 and cells[0].casefold() in ("class year", "class_year", "year")):
            continue
        if len(cells) != len(COLUMNS):
            faults.append(RowFault(line, "", "", "needs four cells: class year, school, country, kind"))
            continue
        row, wrong = resident_read(dict(zip(COLUMNS, cells, strict=True)), season=season, line=line)
        rows.append(row)
        faults.extend(wrong)
    if len(rows) > MOST_ROWS:
        faults.append(RowFault(0, "", "", f"A program has {MOST_ROWS:,} residents at most"))
    return rows, faults


def roster_text(rows: Iterable[ResidentRow]) -> str:
    """The lines that read back to these rows."""
    return "\n".join(
        ", ".join((str(row.class_year or ""), row.school, row.country, _WRITTEN[row.kind])) for row in rows
    )


def roster_counts(kinds: Sequence[str]) -> dict[str, int]:
    """By the field of the fact: what a whole roster says for sure. Where a kind is not known no IMGs are
    counted, where a citizenship is not known they are not told apart."""
    found = Counter(kinds)
    counts = {"residents_total": len(kinds)}
    if found[Kind.UNKNOWN]:
        return counts
    counts["residents_img"] = sum(found[kind] for kind in IMGS)
    if not found[Kind.IMG]:
        counts["residents_us_img"] = found[Kind.US_IMG]
        counts["residents_non_us_img"] = found[Kind.NON_US_IMG]
    return counts


def line_cells(written: str) -> list[str]:
    """A school with commas in its name is put together again: what stands around it is fixed."""
    mark = next((mark for mark in ("\t", ";") if mark in written), ",")
    cells = [cell.strip().strip('"').strip() for cell in written.split(mark)]
    if len(cells) > len(COLUMNS) and mark == ",":
        return [cells[0], ", ".join(cells[1:-2]), *cells[-2:]]
    return cells


def _year(written: str, season: int) -> int | str | None:
    """The year training began, ``PGY-2`` being two years before the season's end; a fault as words."""
    written = written.strip()
    if not written:
        return None
    if pgy := re.fullmatch(r"(?i)(?:pgy|r|ca)[\s-]*([1-8])", written):
        return season - int(pgy[1])
    if not re.fullmatch(r"\d{4}", written):
        return "is no year: when they began, such as 2024, or PGY-2. Leave names out"
    year = int(written)
    return year if EARLIEST <= year <= season else f"is not from {EARLIEST} to {season}"


def _country(written: str) -> str | None:
    written = " ".join(written.split())
    if not written or written.upper() in COUNTRIES:
        return written.upper()
    return BY_NAME.get(written.casefold()) or _SHORT.get(re.sub(r"\W", "", written.casefold()))


def _contrary(kind: Kind, country: str) -> str:
    if kind in IMGS and country in HOME:
        return f"does not go with a school in {COUNTRIES[country]}: its graduates are no IMGs"
    allowed = OWN_MD if kind == Kind.US_MD else HOME if kind == Kind.US_DO else None
    if allowed is not None and country not in allowed:
        return f"does not go with a school in {COUNTRIES[country]}: its graduates are IMGs"
    return ""
