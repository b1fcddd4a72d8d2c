"""The frame of every page of a PDF: what it is at the head, what it is not at the foot, and which page."""

from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from .columns import NOT_ADVICE
from .pdf_fonts import BOLD, SANS, SERIF
from .pdf_marks import FAINT, INK, SOFT, shape

WIDTH, HEIGHT = letter
LEFT, TOP, BOTTOM = 48.0, 58.0, 62.0


class NumberedCanvas(Canvas):  # type: ignore[misc]
    """Draws the frame when the last page is known: "3 of 7" needs the seven."""

    title_words = ""
    version_words = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._head(first=number == 1)
            self._foot(f"{number} of {len(self._pages)}")
            super().showPage()
        super().save()

    def _head(self, *, first: bool) -> None:
        y = HEIGHT - 36
        for tier, x, down in (("reach", 5.0, -6.5), ("target", 1.8, 0.0), ("safety", 8.4, 0.0)):
            shape(self, tier, LEFT + x, y + 1.2 - down, 5.6)
        self.setFillColor(INK)
        self.setFont(SERIF, 10.5)
        self.drawString(LEFT + 17, y, "SmartPick")
        if not first:
            self.setFont(SANS, 8.5)
            self.setFillColor(SOFT)
            self.drawRightString(WIDTH - LEFT, y, self.title_words)

    def _foot(self, page_words: str) -> None:
        self.setStrokeColor(FAINT)
        self.setLineWidth(0.6)
        self.line(LEFT, BOTTOM - 14, WIDTH - LEFT, BOTTOM - 14)
        self.setFillColor(SOFT)
        self.setFont(SANS, 8)
        self.drawString(LEFT, BOTTOM - 26, NOT_ADVICE)
        self.drawString(LEFT, BOTTOM - 37, self.version_words)
        self.setFillColor(INK)
        self.setFont(BOLD, 8.5)
        self.drawRightString(WIDTH - LEFT, BOTTOM - 26, page_words)
