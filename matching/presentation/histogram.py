"""The number of interviews a list may bring, drawn as a newspaper would: thin ink, words at the bars.

Drawn twice, for a wide and for a narrow page, so that its words stay as large as the text around it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import average, counted, in_hundred

TAIL = 0.004  # the far end is drawn until less than this is left
MOST_BARS = 31
LETTER = 7.0  # width of a letter at the label's size, on average
LABEL_BASELINE, BRACKET_BASELINE, BRACKET, TOP = 14, 40, 54, 70
BELOW = 30  # room under the base line for the counts


@dataclass(frozen=True, slots=True)
class Bar:
    kind: str
    x: float
    y: float
    width: float
    height: float


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
    height: int
    baseline: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Histogram:
    drawings: tuple[Drawing, ...]
    table: tuple[TableRow, ...]
    text: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """The shares worth drawing; ``gathered`` where the last one holds the rest of the far end."""

    shares: tuple[float, ...]
    gathered: bool

    @property
    def last(self) -> int:
        return len(self.shares) - 1


def _shown(histogram: Sequence[float]) -> _Shown:
    kept, rest = 0, sum(histogram)
    while kept < min(len(histogram), MOST_BARS) and rest >= TAIL:
        rest -= histogram[kept]
        kept += 1
    head = list(histogram[:kept])
    gathered = rest >= TAIL
    if gathered:
        head[-1] += rest
    return _Shown(tuple(head), gathered)


def _bars(shown: _Shown, step: float, baseline: int, middle: tuple[int, int]) -> tuple[Bar, ...]:
    tallest = max(shown.shares)
    bars = []
    for count, share in enumerate(shown.shares):
        height = round(share / tallest * (baseline - TOP), 1)
        kind = "none" if count == 0 else "middle" if middle[0] <= count <= middle[1] else "tail"
        bars.append(
            Bar(kind, round((count + 0.1) * step, 1), baseline - height, round(step * 0.8, 1), height)
        )
    return tuple(bars)


def _ticks(shown: _Shown, step: float) -> tuple[Tick, ...]:
    every = next(every for every in (1, 2, 5, 10) if every * step >= 26 or every == 10)
    counts = list(range(0, shown.last + 1, every))
    ticks = [Tick(round((count + 0.5) * step, 1), str(count)) for count in counts]
    if shown.gathered:
        ticks = [tick for tick, count in zip(ticks, counts, strict=True) if (shown.last - count) * step >= 26]
        ticks.append(Tick(round((shown.last + 0.5) * step, 1), f"{shown.last}+"))
    return tuple(ticks)


def _none_label(none: float, bar: Bar) -> Label:
    """The bar that matters most says its name, led down to it by a thin line."""
    x = round(bar.x + bar.width / 2, 1)
    path = f"M{x} {LABEL_BASELINE + 6}V{max(round(bar.y - 3, 1), LABEL_BASELINE + 8)}"
    return Label("none", f"no interview: {in_hundred(none)} seasons", bar.x, LABEL_BASELINE, "start", path)


def _middle_label(interviews: Mapping[str, Any], shown: _Shown, bars: Sequence[Bar], width: int) -> Label:
    """A bracket over the middle eight in ten, its words above it and inside the figure."""
    low, high = interviews["p10"], interviews["p90"]
    first, final = bars[min(low, shown.last)], bars[min(high, shown.last)]
    left, right = first.x, round(final.x + final.width, 1)
    words = f"8 in 10 seasons: {low} to {high}" if low != high else f"8 in 10 seasons: {low}"
    half = len(words) * LETTER / 2
    lead = bars[0].x + bars[0].width / 2 + 8  # the words keep clear of the line to the first bar
    x = min(max((left + right) / 2, lead + half), width - half)
    path = f"M{left} {BRACKET + 7}v-7H{right}v7"
    return Label("middle", words, round(x, 1), BRACKET_BASELINE, "middle", path)


def _drawing(name: str, width: int, height: int, interviews: Mapping[str, Any], shown: _Shown) -> Drawing:
    baseline, step = height - BELOW, width / len(shown.shares)
    bars = _bars(shown, step, baseline, (interviews["p10"], interviews["p90"]))
    labels = (_none_label(interviews["none"], bars[0]), _middle_label(interviews, shown, bars, width))
    return Drawing(name, width, height, baseline, bars, _ticks(shown, step), labels)


def _share_words(share: float) -> str:
    return "under 1" if share < 0.005 else f"{round(share * 100)}"


def _text(interviews: Mapping[str, Any]) -> str:
    none = in_hundred(interviews["none"])
    middle = f"{interviews['p10']} to {counted(interviews['p90'], 'interview')}"
    return (
        f"No interview in {none} seasons like yours. In 8 of 10 seasons {middle}. "
        f"On average {average(interviews['expected'])}."
    )


def histogram(interviews: Mapping[str, Any]) -> Histogram:
    """From the answer's ``interviews``: expected, p10, p90, none and the shares by count."""
    shown = _shown(interviews["histogram"])
    plus = "+" if shown.gathered else ""
    return Histogram(
        drawings=(
            _drawing("wide", 620, 260, interviews, shown),
            _drawing("narrow", 328, 230, interviews, shown),
        ),
        table=tuple(
            TableRow(f"{count}{plus if count == shown.last else ''}", _share_words(share))
            for count, share in enumerate(shown.shares)
        ),
        text=_text(interviews),
        caption="Number of interviews in seasons like yours. The taller the bar, the more often it happens.",
    )
