"""Amounts of a split as they are printed: rounded so that the parts still add up to the whole."""

import math
from collections.abc import Sequence

from matching.presentation.bars import MINUS

TENTH = 1  # decimals
SMALL = 1e-9  # what is a tenth but for the last digit is one


def tenths(parts: Sequence[float], whole: float) -> list[float]:
    return rounded(parts, whole, decimals=TENTH)


def rounded(parts: Sequence[float], whole: float, *, decimals: int) -> list[float]:
    """``parts`` with so many decimals that add up to ``whole`` with as many: what is cut off most is rounded
    up first.

    ``whole`` may differ from the sum of the parts by what rounding its two ends brings.
    """
    if not parts:
        return []
    unit = 10**decimals
    floors = [math.floor(part * unit + SMALL) for part in parts]
    short = round(whole * unit) - sum(floors)
    cut = sorted(range(len(parts)), key=lambda at: (floors[at] - parts[at] * unit, at))
    step = 1 if short > 0 else -1
    order = cut if short > 0 else cut[::-1]
    for turn in range(abs(short)):
        floors[order[turn % len(order)]] += step
    return [floor / unit for floor in floors]


def signed(value: float, *, digits: int = 1, unit: str = "") -> str:
    """With its sign, a real minus; what rounds to nothing is plain 0."""
    text = f"{abs(value):,.{digits}f}"
    if not float(text.replace(",", "")):
        return "0"
    return f"{'+' if value > 0 else MINUS}{unit}{text}"
