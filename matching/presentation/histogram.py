"""The number of interviews a list may bring, as a hundred seasons: one dot each, over what it brings.

A share can be read past; dots can be counted. Drawn twice, for a wide and for a narrow page, so that the
words stay as large as the text around them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import average, counted, in_hundred

SEASONS = 100
MOST_COLUMNS = 41
DOT_LARGEST, DOT_SMALLEST, DOT_STEP = 13.0, 3.0, 0.5
DOT, RING = 0.82, 1.6  # a dot's share of its place; the line of an empty one
STACK = 150  # the tallest stack there is room for
LETTER = 7.0  # width of a letter at the label's size, on average
LABEL, TOP = 14, 30  # base line of the first label; where the tallest stack may begin
TICKS, BRACKET, WORDS, BELOW = 17, 26, 48, 54  # under the base line


@dataclass(frozen=True, slots=True)
class Dots:
    """Seasons of one kind as one path: strokes of no length, whose round ends are the dots."""

    kind: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the figure and the thin line that ties them to what they name."""

    kind: str
    text: str
    x: float
    y: float
    anchor: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    baseline: float
    tick_y: float
    size: float
    hollow: float
    dots: tuple[Dots, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    outline: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Histogram:
    drawings: tuple[Drawing, ...]
    table: tuple[TableRow, ...]
    text: str
    title: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """Seasons by number of interviews; ``gathered`` where the last column holds the rest of the far end."""

    seasons: tuple[int, ...]
    gathered: bool
    tallest: int

    @property
    def last(self) -> int:
        return len(self.seasons) - 1


@dataclass(frozen=True, slots=True)
class Grid:
    """How the dots of a column stand: ``across`` in a row, ``size`` apart."""

    step: float
    size: float
    across: int

    def rows(self, count: int) -> int:
        return -(-count // self.across)


def histogram(interviews: Mapping[str, Any], *, beside: Sequence[int] = ()) -> Histogram:
    """From the answer's ``interviews``: expected, p10, p90, none and the shares by count. ``beside``: columns
    of other seasons that there must be room for."""
    shown = _shown(columns_of(interviews), beside)
    plus = "+" if shown.gathered else ""
    return Histogram(
        drawings=(_drawing("wide", 620, interviews, shown), _drawing("narrow", 328, interviews, shown)),
        table=tuple(
            TableRow(f"{count}{plus if count == shown.last else ''}", str(seasons) if seasons else "under 1")
            for count, seasons in enumerate(shown.seasons)
        ),
        text=_text(interviews),
        title="A hundred seasons like yours",
        caption="Each dot is one season, above the number of interviews it brings.",
    )


def _shown(seasons: tuple[int, ...], beside: Sequence[int]) -> _Shown:
    wide = seasons + (0,) * (len(beside) - len(seasons))
    return _Shown(wide, len(wide) == MOST_COLUMNS, max(*seasons, *beside, 1))


def columns_of(interviews: Mapping[str, Any]) -> tuple[int, ...]:
    """A hundred seasons as they are drawn: one that has all too many interviews stands in the last column."""
    seasons = seasons_of(interviews["histogram"], round(interviews["none"] * SEASONS))
    if len(seasons) < MOST_COLUMNS:
        return seasons
    return (*seasons[: MOST_COLUMNS - 1], sum(seasons[MOST_COLUMNS - 1 :]))


def seasons_of(shares: Sequence[float], first: int) -> tuple[int, ...]:
    """A hundred seasons by number of interviews, as far as the last that has one.

    ``first`` of them bring none, the number told in words; the others stand at even steps of what is left.
    """
    seasons, left = [first], SEASONS - first
    whole, reached, placed = sum(shares[1:]), 0.0, 0
    for share in shares[1:]:
        reached += share
        upto = left if reached >= whole else round(reached / whole * left)
        seasons.append(upto - placed)
        placed = upto
    while len(seasons) > 1 and not seasons[-1]:
        seasons.pop()
    return tuple(seasons)


def _grid(shown: _Shown, width: int) -> Grid:
    """The largest dots with which the tallest stack still has room."""
    step, size, tallest = width / len(shown.seasons), DOT_LARGEST, shown.tallest
    while True:
        grid = Grid(step, size, max(1, int(step * 0.86 / size)))
        if size <= DOT_SMALLEST or (size <= step and grid.rows(tallest) * size <= STACK):
            return grid
        size -= DOT_STEP


def places(seasons: Sequence[int], grid: Grid, baseline: float) -> list[list[tuple[float, float]]]:
    """Where the dots of each column stand, filled from the ground up."""
    columns = []
    for count, number in enumerate(seasons):
        left = (count + 0.5) * grid.step - min(grid.across, number) * grid.size / 2
        at = [divmod(place, grid.across) for place in range(number)]
        columns.append(
            [
                (round(left + (x + 0.5) * grid.size, 1), round(baseline - (y + 0.5) * grid.size - 2, 1))
                for y, x in at
            ]
        )
    return columns


def _dots(shown: _Shown, grid: Grid, baseline: float, middle: tuple[int, int]) -> tuple[Dots, ...]:
    by_kind: dict[str, list[str]] = {"none": [], "middle": [], "tail": []}
    for count, column in enumerate(places(shown.seasons, grid, baseline)):
        kind = "none" if count == 0 else "middle" if middle[0] <= count <= middle[1] else "tail"
        by_kind[kind].extend(f"M{x:g} {y:g}h0" for x, y in column)
    return tuple(Dots(kind, "".join(parts), len(parts)) for kind, parts in by_kind.items() if parts)


def _ticks(shown: _Shown, step: float) -> tuple[Tick, ...]:
    every = next(every for every in (1, 2, 5, 10) if every * step >= 26 or every == 10)
    counts = list(range(0, shown.last + 1, every))
    ticks = [Tick(round((count + 0.5) * step, 1), str(count)) for count in counts]
    if shown.gathered:
        ticks = [tick for tick, count in zip(ticks, counts, strict=True) if (shown.last - count) * step >= 26]
        ticks.append(Tick(round((shown.last + 0.5) * step, 1), f"{shown.last}+"))
    return tuple(ticks)


def none_words(none: float) -> str:
    return f"{in_hundred(none).removeprefix('about ')} seasons: no interview"


def _none_label(none: float, grid: Grid, top: float) -> Label:
    """The stack that matters most says its name, led down to it by a thin line."""
    x = round(grid.step / 2, 1)
    start = round(max(grid.step / 2 - grid.across * grid.size / 2, 0), 1)
    return Label("none", none_words(none), start, LABEL, "start", f"M{x} {LABEL + 6}V{round(top - 5, 1)}")


def _middle_label(
    interviews: Mapping[str, Any], shown: _Shown, step: float, baseline: float, width: int
) -> Label:
    """A bracket under the middle eight in ten, its words below it and inside the figure."""
    low, high = interviews["p10"], interviews["p90"]
    left = round((min(low, shown.last) + 0.12) * step, 1)
    right = round((min(high, shown.last) + 0.88) * step, 1)
    words = f"8 in 10 seasons: {low} to {high}" if low != high else f"8 in 10 seasons: {low}"
    half = len(words) * LETTER / 2
    x = min(max((left + right) / 2, half), width - half)
    path = f"M{left} {baseline + BRACKET}v6H{right}v-6"
    return Label("middle", words, round(x, 1), baseline + WORDS, "middle", path)


def _drawing(name: str, width: int, interviews: Mapping[str, Any], shown: _Shown) -> Drawing:
    grid = _grid(shown, width)
    baseline = TOP + grid.rows(shown.tallest) * grid.size + 4
    top = baseline - grid.rows(shown.seasons[0]) * grid.size
    return Drawing(
        name=name,
        width=width,
        height=baseline + BELOW,
        baseline=baseline,
        tick_y=baseline + TICKS,
        size=round(grid.size * DOT, 2),
        hollow=round(max(grid.size * DOT - 2 * RING, 0), 2),
        dots=_dots(shown, grid, baseline, (interviews["p10"], interviews["p90"])),
        ticks=_ticks(shown, grid.step),
        labels=(
            _none_label(interviews["none"], grid, top),
            _middle_label(interviews, shown, grid.step, baseline, width),
        ),
    )


def _text(interviews: Mapping[str, Any]) -> str:
    none = in_hundred(interviews["none"])
    middle = f"{interviews['p10']} to {counted(interviews['p90'], 'interview')}"
    return (
        f"No interview in {none} seasons like yours. In 8 of 10 seasons {middle}. "
        f"On average {average(interviews['expected'])}."
    )
