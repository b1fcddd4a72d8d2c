"""What came of the lists in a made-up market, as the page tells and draws it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

FILE = "simulation_results.json"
OURS = "ours"
STRATEGIES: dict[str, str] = {
    "ours": "our list",
    "ours without signals": "ours, no signals",
    "ours, Los Angeles +0.5": "ours, LA weighed more",
    "ours, Los Angeles +1": "ours, LA weighed most",
    "top by our odds": "best odds first",
    "top by preference": "what she likes best",
    "tiers 25/50/25": "a fixed share a tier",
    "all Los Angeles first": "all Los Angeles first",
    "IMG-friendly by state": "IMG-friendly by state",
    "IMG-friendly at random": "IMG-friendly, any",
    "as the crowd chooses": "as the crowd chooses",
}
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Share:
    """Of a hundred applicants: a mean, and how far its interval reaches to either side."""

    mean: float
    half: float

    @property
    def words(self) -> str:
        return f"{self.mean:.0f} ± {self.half:.0f}"


@dataclass(frozen=True, slots=True)
class Tried:
    """One way to choose. ``against``: matched and matched in Los Angeles, less those of our list."""

    name: str
    mine: bool
    interviews: str
    none: Share
    matched: Share
    los_angeles: Share
    matched_against: str
    los_angeles_against: str


@dataclass(frozen=True, slots=True)
class Mark:
    x_low: float
    x_high: float
    x: float


@dataclass(frozen=True, slots=True)
class DrawnRow:
    name: str
    mine: bool
    label_y: float
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    top: float
    bottom: float
    heads: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str, str], ...]
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """One comparison, with what the intervals say in words. ``many``: many follow the same advice."""

    key: str
    title: str
    many: bool
    rows: tuple[Tried, ...]
    verdicts: tuple[str, ...]
    drawings: tuple[Drawing, ...]


def simulation_document() -> dict[str, Any] | None:
    """The last run that was written; None where there is none."""
    return _read(Path(settings.FIXTURES_DIR) / FILE)


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


@dataclass(frozen=True, slots=True)
class Promise:
    """What the model told of a list of ours, and what was had in the market."""

    name: str
    programs: int
    interviews: tuple[str, str]
    matched: tuple[str, str]
    los_angeles: tuple[str, str]


def promises(document: Mapping[str, Any]) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            STRATEGIES.get(row["strategy"], row["strategy"]),
            row["programs"],
            (f"{row['interviews_told']:.1f}", f"{row['invited']:.1f}"),
            (f"{row['matched_told'][0]:.0f}", _share(row["matched"]).words),
            (f"{row['los_angeles_told'][0]:.0f}", _share(row["los_angeles"]).words),
        )
        for row in document["promises"]
    )


def markets(document: Mapping[str, Any]) -> tuple[Market, ...]:
    """A comparison for each number of programs, then the one in which many follow the same advice."""
    found: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for row in document["rows"]:
        found.setdefault((row["crowd"], row["programs"]), []).append(row)
    return tuple(_market(crowd, programs, rows) for (crowd, programs), rows in found.items())


def _market(crowd: str, programs: int, rows: Sequence[Mapping[str, Any]]) -> Market:
    title = f"At most {programs} programs" + (", many on the same advice" if crowd == "many" else "")
    told = tuple(_tried(row) for row in rows)
    drawings = (_drawing("wide", 620, 190, told), _drawing("narrow", 328, 0, told))
    return Market(f"{crowd}-{programs}", title, crowd == "many", told, verdicts(rows), drawings)


def _tried(row: Mapping[str, Any]) -> Tried:
    return Tried(
        name=STRATEGIES.get(row["strategy"], row["strategy"]),
        mine=row["strategy"].startswith(OURS),
        interviews=f"{row['interviews']:.1f}",
        none=_share(row["none"]),
        matched=_share(row["matched"]),
        los_angeles=_share(row["los_angeles"]),
        matched_against=_difference(row["matched_against"]),
        los_angeles_against=_difference(row["los_angeles_against"]),
    )


def _share(pair: Sequence[float | None]) -> Share:
    return Share(pair[0] or 0.0, pair[1] or 0.0)


def _difference(pair: Sequence[float | None] | None) -> str:
    if pair is None:
        return ""
    one = _share(pair)
    sign = MINUS if one.mean < 0 else "+"
    return f"{sign}{abs(one.mean):.0f} ± {one.half:.0f}"


def verdicts(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """By the intervals alone: what is behind our list, level with it, and ahead of it."""
    others = [row for row in rows if not row["strategy"].startswith(OURS)]
    said = []
    for words, name in (("matched", "matched_against"), ("matched in Los Angeles", "los_angeles_against")):
        ahead, level, behind = [], [], []
        for row in others:
            one, label = _share(row[name]), STRATEGIES.get(row["strategy"], row["strategy"])
            if one.mean - one.half > 0:
                ahead.append(label)
            elif one.mean + one.half < 0:
                behind.append(label)
            else:
                level.append(label)
        lost = f"More {words} with: {'; '.join(ahead)}." if ahead else f"No other way {words} more."
        same = f" No clear difference: {'; '.join(level)}." if level else ""
        less = f" Fewer with: {'; '.join(behind)}." if behind else ""
        said.append(lost + same + less)
    return tuple(said)


PANELS = ("matched", "in Los Angeles")
HEAD, FOOT = 30, 24
TICKS = ((0, "start"), (50, "middle"), (100, "end"))


def _drawing(name: str, width: int, label: int, rows: Sequence[Tried]) -> Drawing:
    """Names at the left where there is room, else above their line; two panels from 0 to 100."""
    high, gap = (24, 24) if label else (36, 20)
    panel = (width - label - gap * len(PANELS)) / len(PANELS)
    starts = [label + (gap if label else 4) + place * (panel + gap) for place in range(len(PANELS))]
    drawn = []
    for place, row in enumerate(rows):
        y = HEAD + place * high + (high / 2 if label else high - 9)
        shares = (row.matched, row.los_angeles)
        marks = tuple(_mark(start, panel, share) for start, share in zip(starts, shares, strict=True))
        drawn.append(DrawnRow(row.name, row.mine, y + 5 if label else y - 9, y, marks))
    bottom = HEAD + len(rows) * high
    ticks = tuple(
        (round(start + panel * tick / 100, 1), str(tick), anchor)
        for start in starts
        for tick, anchor in TICKS
    )
    heads = tuple((round(start, 1), head) for start, head in zip(starts, PANELS, strict=True))
    return Drawing(name, width, bottom + FOOT, HEAD - 6, bottom, heads, ticks, tuple(drawn))


def _mark(start: float, panel: float, share: Share) -> Mark:
    def x(value: float) -> float:
        return round(start + panel * min(100.0, max(0.0, value)) / 100, 1)

    return Mark(x(share.mean - share.half), x(share.mean + share.half), x(share.mean))
