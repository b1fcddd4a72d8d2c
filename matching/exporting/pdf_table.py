"""The programs of a list in a PDF: one row each, its head on every page."""

from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Paragraph, Table

from .pdf_fonts import BOLD, markup
from .pdf_marks import RangeMark, TierMark
from .pdf_styles import ACROSS, LABEL, LINED, NAME, SMALL, SOFTLY

if TYPE_CHECKING:
    from matching.presentation.shared_list import Inner, Odds, SharedList, SharedRow

MARKS = {True: "+", False: "\N{MINUS SIGN}"}
VERDICTS = {"fail": "Not met:", "unknown": "Not known:", "pass": "Met:"}


def programs_table(shared: "SharedList") -> Table:
    odds, standing = (any(getattr(row, part) for row in shared.rows) for part in ("odds", "standing"))
    heads = [
        "",
        "Program",
        *(["Tier", "Interview"] if odds else []),
        *(["Signal, status"] if standing else []),
    ]
    widths = [22.0, 0.0, *([58.0, 92.0] if odds else []), *([84.0] if standing else [])]
    if not odds and not standing:
        heads, widths = ["", "Program", "Specialty", "Codes"], [22.0, 0.0, 130.0, 110.0]
    widths[1] = ACROSS - sum(widths)
    cells = _cells if odds or standing else _cells_plain
    rows = [[Paragraph(head, LABEL) for head in heads], *(cells(row) for row in shared.rows)]
    return Table(rows, widths, repeatRows=1, style=LINED)


def _cells_plain(row: "SharedRow") -> list[Any]:
    codes = [Paragraph(code, SMALL) for code in _codes(row)]
    name = [Paragraph(markup(row.name), NAME), Paragraph(markup(row.place), SOFTLY)]
    return [Paragraph(str(row.position), SOFTLY), name, Paragraph(markup(row.specialty), SMALL), codes]


def _cells(row: "SharedRow") -> list[Any]:
    cells: list[Any] = [Paragraph(str(row.position), SOFTLY), _program(row)]
    if row.odds:
        chance = row.odds.chance
        cells += [
            _tier(row.odds),
            RangeMark(chance, row.odds.tier) if chance else Paragraph(_no_number(row), SOFTLY),
        ]
    if row.standing:
        cells.append(
            [Paragraph(markup(words), SMALL) for words in (row.standing.signal, row.standing.status) if words]
        )
    return cells


def _tier(odds: "Odds") -> Any:
    """Where an advisor moved it, that is said below it."""
    if not odds.tier:
        return ""
    mark = TierMark(odds.tier)
    return [mark, Paragraph(markup(odds.moved), SOFTLY)] if odds.moved else mark


def _no_number(row: "SharedRow") -> str:
    return "Closed by a stated rule" if row.inner and row.inner.closed else "Not enough known for a number"


def _program(row: "SharedRow") -> list[Any]:
    lines = [
        Paragraph(markup(row.name), NAME),
        Paragraph(markup(f"{row.place} · {row.specialty}"), SOFTLY),
    ]
    small = partial(Paragraph, style=SMALL)
    if codes := _codes(row):
        lines.append(Paragraph(" · ".join(codes), SOFTLY))
    if row.standing and row.standing.listing:
        lines.append(small(markup(row.standing.listing)))
    if row.inner:
        lines += [small(words) for words in _inner(row.inner)]
    return lines


def _inner(inner: "Inner") -> list[str]:
    reasons = "&nbsp;&nbsp; ".join(f"{MARKS[each.helps]} {markup(each.words)}" for each in inner.reasons)
    gates = [f"{_bold(VERDICTS[gate.verdict])} {markup(gate.words)}" for gate in inner.gates]
    note = f"{_bold('Note:')} {markup(inner.note)}" if inner.note else ""
    agreed = f"{markup(inner.agreed.capitalize())}." if inner.agreed else ""
    return [words for words in (reasons, *gates, note, agreed) if words]


def _bold(words: str) -> str:
    return f'<font name="{BOLD}">{words}</font>'


def _codes(row: "SharedRow") -> list[str]:
    known = (("ACGME", row.acgme_id), ("NRMP", row.nrmp_code))
    return [f"{name} {markup(code)}" for name, code in known if code]
