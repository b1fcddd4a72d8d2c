"""One forecast held against what came: the sentence first, by tier, and a mark on the histogram."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.presentation.histogram import Drawing, Histogram, histogram
from matching.presentation.numbers import average, counted
from matching.presentation.tiers import TIERS

from .results import INTERVIEWS

if TYPE_CHECKING:
    from matching.models import Outcome

ONE_SEASON = (
    "One season proves little: programs read the same application, so luck comes for the whole list at once. "
    "Only many people’s seasons together can tell whether our chances are right."
)


@dataclass(frozen=True, slots=True)
class TierLine:
    tier: str
    applications: int
    expected: str
    came: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A drawing of the histogram with the column of what came: ``x`` of its middle, its words."""

    drawing: Drawing
    x: float
    words: str
    words_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Held:
    """``sentence`` first; ``luck`` how usual that is; ``unheld``: why some are left out, "" where none is."""

    sentence: str
    luck: str
    tiers: tuple[TierLine, ...]
    figure: Histogram
    marked: tuple[Marked, ...]
    text: str
    unheld: str
    honest: str = ONE_SEASON


def held_of(
    forecast: Mapping[str, Any] | None, rows: Iterable["Outcome"], *, over: bool, counted_rows: int
) -> Held | None:
    """None where no application had a chance. ``counted_rows``: how many of them a calibration may count."""
    if not forecast:
        return None
    rows = list(rows)
    came, figure = int(forecast["came"]), histogram(forecast)
    return Held(
        sentence=sentence(forecast, over=over),
        luck=luck_words(forecast, over=over),
        tiers=tier_lines(rows),
        figure=figure,
        marked=tuple(_marked(drawing, figure, came) for drawing in figure.drawings),
        text=f"{figure.text} You had {came}.",
        unheld=unheld_words(len(rows), int(forecast["applications"]), counted_rows),
    )


def sentence(forecast: Mapping[str, Any], *, over: bool) -> str:
    """What came, then what was expected, with its range."""
    came = counted(int(forecast["came"]), "interview")
    usual = f"{forecast['p10']} to {forecast['p90']}"
    so_far = "" if over else " so far"
    return (
        f"{came}{so_far} from {counted(forecast['applications'], 'application')}. "
        f"We expected {average(forecast['expected'])}, usually {usual}."
    )


def luck_words(forecast: Mapping[str, Any], *, over: bool) -> str:
    """How many of a hundred seasons like this one bring so few, or so many."""
    came, shares = int(forecast["came"]), forecast["histogram"]
    if not over and came <= forecast["p90"]:
        return "The season is not over, and more may come."
    fewer, more = sum(shares[: came + 1]), sum(shares[came:])
    if came < forecast["p10"]:
        return f"That is fewer than usual: {_in_hundred(fewer)} seasons like yours bring {came} or fewer."
    if came > forecast["p90"]:
        return f"That is more than usual: {_in_hundred(more)} seasons like yours bring {came} or more."
    return "That is within what we call usual: 8 in 10 seasons like yours end there."


def unheld_words(rows: int, given: int, counted_rows: int) -> str:
    told = []
    if rows > given:
        told.append(f"{counted(rows - given, 'application')} had no chance shown and are left out here.")
    if given > counted_rows:
        told.append(
            f"{counted(given - counted_rows, 'chance')} may have been made after you knew of an answer. "
            "You see them here, and they are counted nowhere."
        )
    return " ".join(told)


def tier_lines(rows: Sequence["Outcome"]) -> tuple[TierLine, ...]:
    lines = []
    for tier in TIERS:
        mine = [row for row in rows if row.chance is not None and row.chance.tier == tier]
        expected = sum(row.chance.probability or 0.0 for row in mine if row.chance is not None)
        came = sum(row.result in INTERVIEWS for row in mine)
        if mine:
            lines.append(TierLine(tier, len(mine), average(expected), came))
    return tuple(lines)


def _marked(drawing: Drawing, figure: Histogram, came: int) -> Marked:
    columns = len(figure.table)
    step = drawing.width / columns
    at = min(came, columns - 1)
    x = round((at + 0.5) * step, 1)
    beyond = " (further right)" if came >= columns else ""
    anchor = "start" if x < drawing.width / 3 else "end" if x > drawing.width * 2 / 3 else "middle"
    return Marked(drawing, x, f"you: {came}{beyond}", x, anchor)


def _in_hundred(share: float) -> str:
    return f"about {max(1, round(share * 100))} in 100"
