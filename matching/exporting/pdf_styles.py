"""Type and rules of a PDF: one scale, thin lines, ink."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle

from .pdf_fonts import BOLD, SANS, SERIF
from .pdf_frame import LEFT, WIDTH
from .pdf_marks import FAINT, INK, SOFT

ACROSS = WIDTH - 2 * LEFT
PLAIN = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 10),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]
LINED = [
    *PLAIN,
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ("LINEBELOW", (0, 1), (-1, -1), 0.5, FAINT),
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
]


def _style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, textColor=INK, **more)


TITLE = _style("title", SERIF, 23, 27, spaceAfter=4)
LEAD = _style("lead", SERIF, 13, 17.5, spaceBefore=10, spaceAfter=4)
HEAD = _style("head", SERIF, 13, 17, spaceBefore=16, spaceAfter=5)
BODY = _style("body", SANS, 9.5, 13, spaceAfter=4)
NAME = _style("name", BOLD, 9.5, 12)
SMALL = _style("small", SANS, 8.3, 10.8)
SOFTLY = ParagraphStyle("softly", parent=SMALL, textColor=SOFT)
LABEL = _style("label", BOLD, 8.3, 10.8)
NUMBER = _style("number", BOLD, 12.5, 16)
