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
LOST_CAPTION = f"{CAPTION} In red: the matches lost, of 100 seasons."


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
    top: float
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


def _drawing(name: str, width: int, scopes: Sequence[Mapping[str, Any]]) -> Drawing:
    lines = 2 if name == "narrow" else 1
    values = NAMES + LINE * lines
    top = values + ROOM
    floor = top + PANEL
    ground = floor + LINE + ROOM + BARS
    step, scale = width / len(scopes), match_scale(scopes)
    most = max(scope["interviews"]["expected"] for scope in scopes)
    bar_width = round(min(step * 0.4, 48), 1)

    def y(value: float) -> float:
        return round(floor - min(value / scale, 1.0) * PANEL, 1)

    level = y(scopes[-1]["match"]["probability"])
    columns, texts = [], []
    for number, scope in enumerate(scopes):
        x = round((number + 0.5) * step, 1)
        match, expected = scope["match"], scope["interviews"]["expected"]
        height = round(expected / most * BARS, 1) if most else 0.0
        point = y(match["probability"])
        lost = _lost(scope)
        drop = f"M{x + 9} {level}V{point}" if lost else ""
        columns.append(
            Column(
                x=x,
                y_low=y(match["low"]),
                y_high=y(match["high"]),
                y_point=point,
                bar_x=round(x - bar_width / 2, 1),
                bar_y=round(ground - height, 1),
                bar_height=height,
                drop=drop,
            )
        )
        texts += _named(TITLES[scope["scope"]], x, lines)
        texts.append(Text("value", x, values, match_range(match)))
        if lost:
            texts.append(Text("lost", x + 14, (level + point) / 2 + 5, f"\N{MINUS SIGN}{lost}"))
        texts.append(Text("value", x, round(ground - height - 7, 1), average(expected)))
        texts.append(Text("count", x, ground + LINE + 3, counted(scope["applications"], "program")))
        texts.append(Text("count", x, ground + 2 * LINE + 4, dollars(scope["cost_usd"])))
    texts += [
        Text("panel", 0, floor - 6, "0% match"),
        Text("panel", 0, floor + LINE, "interviews expected"),
    ]
    return Drawing(
        name=name,
        width=width,
        height=ground + 2 * LINE + 12,
        level=level,
        top=top,
        floor=floor,
        ground=ground,
        bar_width=bar_width,
        columns=tuple(columns),
        texts=tuple(texts),
    )


def _named(title: str, x: float, lines: int) -> list[Text]:
    """The name in one line, or a word a line where the page is narrow."""
    words = title.split(" ") if lines == 2 else [title]
    return [Text("name", x, NAMES + LINE * at, word) for at, word in enumerate(words)]
