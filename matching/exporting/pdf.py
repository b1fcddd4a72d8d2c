"""A shared list as a PDF on letter paper: for an adviser's desk, in black and white if need be."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate, Paragraph, Spacer, Table

from .columns import NOT_ADVICE
from .pdf_fonts import fonts_ready, markup, printable
from .pdf_frame import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, NumberedCanvas
from .pdf_marks import INK, Seasons, TierMark
from .pdf_styles import ACROSS, BODY, HEAD, LEAD, NAME, NUMBER, PLAIN, SMALL, SOFTLY, TITLE
from .pdf_table import programs_table

if TYPE_CHECKING:
    from matching.presentation.shared_figures import SharedFigures
    from matching.presentation.shared_list import SharedList

LEAST_OF_TABLE = 220.0  # a heading does not stand alone at the foot of a page
DOTS = (
    "A hundred seasons like this one: a dot each, above the number of interviews it brings. "
    "Empty dots bring none."
)


def pdf_bytes(shared: "SharedList", *, made: datetime) -> bytes:
    """Raises nothing for odd text: what cannot be printed is a question mark."""
    fonts_ready()
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(WIDTH, HEIGHT),
        title=printable(shared.name),
        author="SmartPick",
        subject=NOT_ADVICE,
        creator="SmartPick",
        lang="en-US",
    )
    frame = Frame(LEFT, BOTTOM, ACROSS, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(_story(shared), canvasmaker=_canvas(shared, made))
    return out.getvalue()


def _canvas(shared: "SharedList", made: datetime) -> type[NumberedCanvas]:
    day = f"{made.day} {made:%B %Y, %H:%M} UTC"
    words = [f"Made {day}", f"Match of {shared.season}", f"data {shared.data_version}"]
    words += [f"model {shared.model_version}"] if shared.model_version else []
    head = printable(shared.name)
    return type(
        "ListCanvas",
        (NumberedCanvas,),
        {
            "title_words": head if len(head) <= 80 else f"{head[:79]}…",
            "version_words": printable(" · ".join(words)),
        },
    )


def _story(shared: "SharedList") -> list[Any]:
    changed = f"{shared.changed_at.day} {shared.changed_at:%B %Y}"
    programs = "1 program" if shared.count == 1 else f"{shared.count} programs"
    story: list[Any] = [
        Paragraph(markup(shared.name), TITLE),
        Paragraph(f"{programs} for the Match of {markup(shared.season)}, as of {changed}", SOFTLY),
    ]
    if shared.approval:
        story += [Spacer(0, 4), Paragraph(markup(shared.approval), NAME)]
    if shared.figures:
        story += _figures(shared.figures)
    if shared.note:
        story += [Paragraph("Note", HEAD), Paragraph(markup(shared.note), BODY)]
    if shared.portrait:
        story += [Paragraph("The applicant", HEAD), _portrait(shared)]
    story += [CondPageBreak(LEAST_OF_TABLE), Paragraph("Programs", HEAD)]
    if shared.tier_counts:
        story += [_tiers(shared), Spacer(0, 2), Paragraph(markup(_how_to_read(shared)), SOFTLY)]
    return [*story, Spacer(0, 4), programs_table(shared)]


def _figures(figures: "SharedFigures") -> list[Any]:
    numbers = [[Paragraph(markup(each.words), NUMBER) for each in figures.figures]]
    labels = [[Paragraph(markup(each.label), SOFTLY) for each in figures.figures]]
    width = ACROSS / max(len(figures.figures), 1)
    story: list[Any] = [
        Paragraph(markup(figures.headline), LEAD),
        Paragraph(markup(f"{figures.second} {figures.places}"), BODY),
        Spacer(0, 6),
        Table(
            [*numbers, *labels],
            [width] * len(figures.figures),
            style=[*PLAIN, ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK), ("TOPPADDING", (0, 0), (-1, 0), 5)],
        ),
        Spacer(0, 10),
    ]
    side_by_side = Table(
        [[_seasons(figures), _balance(figures)]],
        [ACROSS * 0.56, ACROSS * 0.44],
        style=[*PLAIN, ("RIGHTPADDING", (0, 0), (0, 0), 24)],
    )
    return [*story, side_by_side]


def _seasons(figures: "SharedFigures") -> list[Any]:
    if figures.histogram is None:
        return []
    counted = [(row.count, int(row.share) if row.share.isdigit() else 0) for row in figures.histogram.table]
    return [Seasons(counted), Paragraph(DOTS, SOFTLY)]


def _balance(figures: "SharedFigures") -> list[Any]:
    if figures.balance is None:
        return []
    told = [
        Paragraph(f"Balance: {markup(figures.balance.grade)}", NAME),
        Paragraph(markup(figures.balance.meaning), SMALL),
    ]
    return told + [Paragraph(f"• {markup(found.words)}", SMALL) for found in figures.balance.findings]


def _portrait(shared: "SharedList") -> Table:
    lines = [line for line in shared.portrait if line.known]
    half = -(-len(lines) // 2)
    cells = [
        [Paragraph(markup(line.label), SOFTLY), [Paragraph(markup(item), SMALL) for item in line.items]]
        for line in lines
    ]
    cells += [["", ""]] * (2 * half - len(cells))
    rows = [left + right for left, right in zip(cells[:half], cells[half:], strict=True)]
    return Table(rows, [ACROSS * share for share in (0.15, 0.37, 0.13, 0.35)], style=PLAIN)


def _tiers(shared: "SharedList") -> Table:
    marks = [TierMark(tier, count) for tier, count in shared.tier_counts]
    return Table([marks], [74] * len(marks), hAlign="LEFT", style=PLAIN)


def _how_to_read(shared: "SharedList") -> str:
    words = ["The chance of an interview at each program is a range.", shared.scale_words]
    numberless = sum(1 for row in shared.rows if row.odds and not row.odds.chance)
    if shared.portrait and numberless:
        words.append(f"{numberless} without a number: a rule closes them, or too little is known.")
    return " ".join([*words, *(["“You” is the applicant."] if shared.portrait else [])])
