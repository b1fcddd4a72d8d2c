"""What a PDF draws beside its words: a tier's shape, a range on its line, a hundred seasons as dots."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from .pdf_fonts import BOLD, SANS

if TYPE_CHECKING:
    from matching.presentation.chance import ChanceFigure

INK, SOFT, RULE, FAINT = (HexColor(colour) for colour in ("#1d1a16", "#575046", "#857b6b", "#dcd4c5"))
# Dark enough that a printer without colour keeps them; the shape says the tier, the colour only helps.
TIERS = {"reach": HexColor("#9c420a"), "target": HexColor("#2c2b7e"), "safety": HexColor("#0e6d5f")}


def shape(canvas: Any, tier: str, x: float, y: float, size: float) -> None:
    """The tier's shape around (x, y)."""
    half = size / 2
    canvas.setFillColor(TIERS.get(tier, INK))
    if tier == "reach":
        path = canvas.beginPath()
        path.moveTo(x, y + half)
        path.lineTo(x + half, y - half * 0.8)
        path.lineTo(x - half, y - half * 0.8)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    elif tier == "safety":
        canvas.rect(x - half * 0.9, y - half * 0.9, size * 0.9, size * 0.9, stroke=0, fill=1)
    else:
        canvas.circle(x, y, half * 0.95, stroke=0, fill=1)


class TierMark(Flowable):  # type: ignore[misc]
    """The shape and the word."""

    def __init__(self, tier: str, count: int | None = None) -> None:
        super().__init__()
        self.tier = tier
        self.words = tier if count is None else f"{count} {tier}"

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, 11.5

    def draw(self) -> None:
        shape(self.canv, self.tier, 4, 4.6, 7)
        self.canv.setFont(BOLD, 9)
        self.canv.drawString(11, 1.8, self.words)


class RangeMark(Flowable):  # type: ignore[misc]
    """The words of a range and its line, on one scale for the whole list."""

    def __init__(self, chance: "ChanceFigure", tier: str) -> None:
        super().__init__()
        self.chance, self.tier = chance, tier

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.across = width
        return width, 21

    def draw(self) -> None:
        chance, canvas = self.chance, self.canv
        scale = self.across / chance.width
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 9)
        canvas.drawString(0, 11.3, chance.words)
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.6)
        canvas.line(0, 4, self.across, 4)
        canvas.setStrokeColor(TIERS.get(self.tier, INK))
        canvas.setLineWidth(1.8)
        canvas.line(chance.x_low * scale, 4, chance.x_high * scale, 4)
        shape(canvas, self.tier, chance.x_point * scale, 4, 6)


class Seasons(Flowable):  # type: ignore[misc]
    """A hundred seasons, a dot each above its count of interviews; an empty one brings none."""

    DOT, GAP, BELOW = 5.6, 6.6, 15.0

    def __init__(self, seasons: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self.seasons = seasons

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.step = min(width / len(self.seasons), 26.0)
        self.across = max(1, int((self.step - 3) / self.GAP))
        self.rows = max(-(-count // self.across) for _, count in self.seasons)
        self.width, self.height = width, self.rows * self.GAP + self.BELOW
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.line(0, self.BELOW, self.step * len(self.seasons), self.BELOW)
        for place, (words, count) in enumerate(self.seasons):
            middle = (place + 0.5) * self.step
            self._stack(middle, count, empty=place == 0)
            if self.step >= 13 or place % 2 == 0:
                canvas.setFillColor(SOFT)
                canvas.setFont(SANS, 7.5)
                canvas.drawCentredString(middle, self.BELOW - 9.5, words)

    def _stack(self, middle: float, count: int, *, empty: bool) -> None:
        left = middle - min(self.across, count) * self.GAP / 2
        self.canv.setFillColor(INK)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.9)
        for dot in range(count):
            row, column = divmod(dot, self.across)
            x, y = left + (column + 0.5) * self.GAP, self.BELOW + 1.5 + (row + 0.5) * self.GAP
            self.canv.circle(x, y, self.DOT / 2 - 0.5 * empty, stroke=int(empty), fill=int(not empty))
