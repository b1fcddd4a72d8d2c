"""The chance of an interview at one program as a line: the range first, the point a dot on it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .named import Named
from .numbers import percent, percent_range

WIDTH = 152
MARGIN = 5  # room for the dot at either end


@dataclass(frozen=True, slots=True)
class ChanceFigure(Named):
    words: str
    x_low: float
    x_high: float
    x_point: float
    width: int = WIDTH


def chance_scale(rows: Iterable[Mapping[str, Any]]) -> float:
    """One end of scale for a whole page: the highest range shown, rounded up to a tenth."""
    highs = [row["interview"]["high"] for row in rows if row["interview"]["high"] is not None]
    return min(1.0, max(0.1, math.ceil(max(highs, default=0.1) * 10 - 1e-9) / 10))


def chance_scale_words(scale: float) -> str:
    return f"Each line runs from 0 to {percent(scale) if scale < 1 else '100%'} interview."


def chance_figure(interview: Mapping[str, Any], scale: float) -> ChanceFigure | None:
    """None where no number may be shown (the answer holds nulls)."""
    if interview["probability"] is None:
        return None

    def x(value: float) -> float:
        return round(MARGIN + min(value / scale, 1.0) * (WIDTH - 2 * MARGIN), 1)

    return ChanceFigure(
        words=percent_range(interview["low"], interview["high"]),
        x_low=x(interview["low"]),
        x_high=x(interview["high"]),
        x_point=x(interview["probability"]),
    )


def cause_sentence(interview: Mapping[str, Any]) -> str:
    """What the range is wide because of; "" where no cause is named."""
    cause = interview.get("cause")
    return f"Wide mostly because {cause['detail']}." if cause else ""


def match_cause_sentence(match: Mapping[str, Any]) -> str:
    """What the range of the chance of a match is wide because of; "" where no cause is named."""
    cause = match.get("cause")
    return f"The range of the match is wide mostly because {cause['detail']}." if cause else ""
