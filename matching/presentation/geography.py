"""The price of geography, drawn: the same limits spent in four circles, side by side on one scale.

Each circle is a column: the chance of a match as a range with its point, the interviews expected as a bar,
the applications and the fees beneath. Drawn twice, for a wide and for a narrow page.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import average, counted, dollars, match_range
from .scopes import TITLES, ScopeTable, given_up, lost_hundredths, scope_table

NAMES, LINE = 16, 17  # base line of the names' first line; the height of a line of words
PANEL, BARS = 170, 44  # heights of the match panel and of the interview bars
ROOM = 20  # above a panel's drawing, for the value at its top

CAPTION = "The line is the range, the dot our best guess. Each circle holds those before it."
LOST_CAPTION = f"{CAPTION} The number with a minus: matches lost, of 100 seasons."


@dataclass(frozen=True, slots=True)
class Text:
    kind: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """One circle: its range from ``y_low`` up to ``y_high``, its point, and its bar of interviews."""

    x: float
    y_low: float
    y_high: float
    y_point: float
    bar_x: float
    bar_y: float
    bar_height: float
    drop: str


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    level: float
    floor: float
    ground: float
    bar_width: float
    columns: tuple[Column, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Geography:
    """``drawings`` is empty where fewer than two circles hold a program: there is nothing to compare."""

    sentence: str
    title: str
    caption: str
    text: str
    drawings: tuple[Drawing, ...]
    table: ScopeTable


def geography(scopes: Sequence[Mapping[str, Any]]) -> Geography:
    filled = [scope for scope in scopes if scope["applications"]]
    drawn = len(filled) > 1
    return Geography(
        sentence=price_sentence(scopes),
        title="The chance of a match, circle by circle",
        caption=LOST_CAPTION if any(_lost(scope) for scope in filled) else CAPTION,
        text=" ".join(_spoken(scope) for scope in scopes),
        drawings=(_drawing("wide", 620, filled), _drawing("narrow", 328, filled)) if drawn else (),
        table=scope_table(scopes),
    )


def price_sentence(scopes: Sequence[Mapping[str, Any]]) -> str:
    """What keeping to each inner circle gives up of the widest one's chance of a match."""
    filled = [scope for scope in scopes if scope["applications"]]
    if len(filled) < 2:
        return ""
    first, *between = filled[:-1]
    lost, name = _lost(first), TITLES[first["scope"]]
    if not lost:
        return f"Keeping to {name} costs you nothing: nowhere else within your limits adds to a match."
    words = f"Keeping to {name} costs {lost} {'match' if lost == 1 else 'matches'} in 100 seasons like yours."
    worst = next((scope for scope in between if scope["scope"] == "california"), None)
    if worst is None:
        return words
    inner = _lost(worst)
    if not inner:
        return f"{words} All of California costs next to none."
    return f"{words} Keeping to California costs {inner}."


def _lost(scope: Mapping[str, Any]) -> int:
    return lost_hundredths(scope["match_lost"])


def _spoken(scope: Mapping[str, Any]) -> str:
    name = TITLES[scope["scope"]]
    if not scope["applications"]:
        return f"{name}: no application to make."
    return (
        f"{name}: {match_range(scope['match'])} match, {average(scope['interviews']['expected'])} interviews "
        f"expected from {scope['applications']} applications for {dollars(scope['cost_usd'])}, "
        f"match given up {given_up(scope['match_lost'])}."
    )


def match_scale(scopes: Sequence[Mapping[str, Any]]) -> float:
    """The top of the common scale: the highest end of a range, up to the next tenth."""
    highest = max(float(scope["match"]["high"]) for scope in scopes)
    return min(1.0, math.ceil(highest * 10 - 1e-9) / 10)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the panels of one drawing stand, and the scales their columns share."""

    name: str
    width: int
    lines: int
    step: float
    scale: float
    most: float

    @property
    def values(self) -> float:
        return NAMES + LINE * self.lines

    @property
    def floor(self) -> float:
        return self.values + ROOM + PANEL

    @property
    def ground(self) -> float:
        return self.floor + LINE + ROOM + BARS

    @property
    def bar_width(self) -> float:
        return round(min(self.step * 0.4, 48), 1)

    def y(self, chance: float) -> float:
        return round(self.floor - min(chance / self.scale, 1.0) * PANEL, 1)

    def bar(self, expected: float) -> float:
        return round(expected / self.most * BARS, 1) if self.most else 0.0


def _drawing(name: str, width: int, scopes: Sequence[Mapping[str, Any]]) -> Drawing:
    frame = _Frame(
        name=name,
        width=width,
        lines=2 if name == "narrow" else 1,
        step=width / len(scopes),
        scale=match_scale(scopes),
        most=max(scope["interviews"]["expected"] for scope in scopes),
    )
    level = frame.y(scopes[-1]["match"]["probability"])
    placed = [(round((at + 0.5) * frame.step, 1), scope) for at, scope in enumerate(scopes)]
    panels = [
        Text("zero", round(frame.step, 1), frame.floor - 6, "0% match"),
        Text("panel", 0, frame.floor + LINE, "interviews expected"),
    ]
    return Drawing(
        name=name,
        width=width,
        height=frame.ground + 2 * LINE + 12,
        level=level,
        floor=frame.floor,
        ground=frame.ground,
        bar_width=frame.bar_width,
        columns=tuple(_column(frame, x, scope, level) for x, scope in placed),
        texts=(*panels, *(text for x, scope in placed for text in _texts(frame, x, scope, level))),
    )


def _column(frame: _Frame, x: float, scope: Mapping[str, Any], level: float) -> Column:
    match, height = scope["match"], frame.bar(scope["interviews"]["expected"])
    point = frame.y(match["probability"])
    return Column(
        x=x,
        y_low=frame.y(match["low"]),
        y_high=frame.y(match["high"]),
        y_point=point,
        bar_x=round(x - frame.bar_width / 2, 1),
        bar_y=round(frame.ground - height, 1),
        bar_height=height,
        drop=f"M{x + 9} {level}V{point}" if _lost(scope) else "",
    )


def _texts(frame: _Frame, x: float, scope: Mapping[str, Any], level: float) -> list[Text]:
    """The words of one column: its name and range, what it loses, its interviews, programs and fees."""
    expected, lost = scope["interviews"]["expected"], _lost(scope)
    texts = [
        *_named(TITLES[scope["scope"]], x, frame.lines),
        Text("value", x, frame.values, match_range(scope["match"])),
        Text("value", x, round(frame.ground - frame.bar(expected) - 7, 1), average(expected)),
        Text("count", x, frame.ground + LINE + 3, counted(scope["applications"], "program")),
        Text("count", x, frame.ground + 2 * LINE + 4, dollars(scope["cost_usd"])),
    ]
    if lost:
        middle = (level + frame.y(scope["match"]["probability"])) / 2
        texts.append(Text("lost", x + 14, round(middle + 5, 1), f"\N{MINUS SIGN}{lost}"))
    return texts


def _named(title: str, x: float, lines: int) -> list[Text]:
    """The name in one line, or a word a line where the page is narrow."""
    words = title.split(" ") if lines == 2 else [title]
    return [Text("name", x, NAMES + LINE * at, word) for at, word in enumerate(words)]
