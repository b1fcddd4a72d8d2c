"""The two maps of Explore: one mark a track, its tier by shape and colour, beside those of its own city.

Where a track may stand is decided in programs.geometry; here marks become the drawing and its words.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import pi, sqrt

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from matching.exploring import CLOSED, NOT_SCORED, STANDINGS, Found
from programs.browsing import Ints, Shelf
from programs.geography import LOS_ANGELES_COUNTIES
from programs.geometry.albers import LOS_ANGELES, Point
from programs.geometry.maps import Map, map_get
from programs.geometry.spreading import spread

from .numbers import counted, percent

# Best first: the order in which the keyboard and a screen reader come to them.
ORDER = ("safety", "target", "reach", CLOSED, NOT_SCORED)
STANDING_WORDS = {
    "reach": "reach",
    "target": "target",
    "safety": "safety",
    CLOSED: "closed to you",
    NOT_SCORED: "no number",
}
# Up to so many marks, each with so much room. More than LINKED are drawn without links.
ROOM = ((60, 13.0), (150, 11.0), (400, 9.0), (900, 7.4), (1500, 6.2), (10**9, 4.4))
LEAST_ROOM = 6.2  # a shape is still told apart
CROWD_SIZE, CROWD_RADIUS = 60.0, 42.0  # a crowd of marks should not cover more than its part of the country
LINKED = 1500
TABBED = 100
# Where the counties' names stand, (latitude, longitude): beside the cities, not on them.
NAMES = {
    "Ventura": (34.52, -119.08),
    "Los Angeles": (34.655, -118.3),
    "Orange": (33.505, -117.93),
    "San Bernardino": (34.63, -116.98),
    "Riverside": (33.655, -116.72),
}


@dataclass(frozen=True, slots=True)
class RegionView:
    """A state or county of a map: a link to what it holds; ``ref`` names its shape in the drawing."""

    ref: str
    name: str
    words: str
    query: str
    x: float
    y: float
    label: str
    count: int
    current: bool

    @property
    def empty(self) -> bool:
        return not self.count


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """Marks that stand alike: links one by one, or one path where there are too many."""

    standing: str
    count: int
    links: SafeString
    path: str


@dataclass(frozen=True, slots=True)
class MapView:
    width: int
    height: int
    source: str
    regions: tuple[RegionView, ...]
    neighbours: tuple[str, ...]
    groups: tuple[MarkGroup, ...]
    count: int
    linked: bool


def us_map(found: Found, *, base: str, state: str) -> MapView:
    """``base``: the address of the catalogue; ``state``: the one now chosen."""
    shape = map_get("us")
    regions = [
        _region(code, code, region.name, found.states.get(code, 0), region.middle, code == state)
        for code, region in shape.regions.items()
    ]
    return _view(shape, found, found.rows, regions, found.shelf.us_points.__getitem__, base)


def los_angeles_map(found: Found, *, base: str, county: str) -> MapView:
    """The close-up: only tracks of the five counties."""
    shape, points = map_get("los_angeles"), found.shelf.los_angeles_points
    rows = found.rows[[int(row) in points for row in found.rows]] if len(found.rows) else found.rows
    held = [found.shelf.tracks[row].county for row in rows]
    regions = [
        _region(
            name.replace(" ", "-"),
            name,
            f"{name} County",
            held.count(name),
            LOS_ANGELES.forward(*NAMES[name]),
            name.casefold() == county.casefold(),
        )
        for name in LOS_ANGELES_COUNTIES
    ]
    return _view(shape, found, rows, regions, points.__getitem__, base)


def _region(ref: str, query: str, name: str, count: int, at: Point, current: bool) -> RegionView:
    return RegionView(
        ref=ref,
        name=name,
        words=f"{name}: {counted(count, 'track')}",
        query=query,
        x=round(at[0], 1),
        y=round(at[1], 1),
        label=query,
        count=count,
        current=current,
    )


def _view(
    shape: Map,
    found: Found,
    rows: Ints,
    regions: Sequence[RegionView],
    point_of: Callable[[int], Point],
    base: str,
) -> MapView:
    in_order = sorted(int(row) for row in rows)
    points = tuple(point_of(row) for row in in_order)
    room = room_for(points)
    placed = dict(zip(in_order, _spread(points, room), strict=True))
    # Ranked order, best first, holds within a tier too.
    by_standing = sorted((int(row) for row in rows), key=lambda row: ORDER.index(_standing(found, row)))
    groups = [
        _group(found, standing, tuple(members), placed, 0.43 * room, len(rows), base)
        for standing, members in groupby(by_standing, key=lambda row: _standing(found, row))
    ]
    neighbours = tuple(code for code, region in shape.regions.items() if region.is_neighbour)
    return MapView(
        shape.width,
        shape.height,
        shape.source,
        tuple(regions),
        neighbours,
        tuple(groups),
        len(rows),
        len(rows) <= LINKED,
    )


def room_for(points: Sequence[Point]) -> float:
    """How far apart the marks stand: wide where they are few, closer where many crowd one part of the map."""
    room = next(room for most, room in ROOM if len(points) <= most)
    crowds = Counter((x // CROWD_SIZE, y // CROWD_SIZE) for x, y in points)
    # k marks of a honeycomb of gap g cover a disc of radius g √(k √3 / 2π).
    fits = CROWD_RADIUS / sqrt(max(crowds.values(), default=1) * sqrt(3) / (2 * pi))
    return min(room, max(LEAST_ROOM, round(fits, 1)))


@lru_cache(maxsize=64)
def _spread(points: tuple[Point, ...], room: float) -> list[Point]:
    return spread(points, room)


def _standing(found: Found, row: int) -> str:
    return STANDINGS[found.odds.standing[row]] if found.odds else NOT_SCORED


def _group(
    found: Found,
    standing: str,
    rows: Sequence[int],
    placed: Mapping[int, Point],
    size: float,
    total: int,
    base: str,
) -> MarkGroup:
    drawn = [mark_path(standing if found.odds else "plain", placed[row], size) for row in rows]
    if total > LINKED:
        return MarkGroup(standing, len(rows), SafeString(""), "".join(drawn))
    tab = "" if total <= TABBED else SafeString(' tabindex="-1"')
    links = format_html_join(
        "",
        '<a href="{}{}/"{}><title>{}</title><path d="{}"/></a>',
        (
            (base, found.shelf.tracks[row].id, tab, mark_words(found, row), path)
            for row, path in zip(rows, drawn, strict=True)
        ),
    )
    return MarkGroup(standing, len(rows), links, "")


def mark_words(found: Found, row: int) -> str:
    """What a mark is, in a line."""
    track, spot = found.shelf.tracks[row], found.shelf.spots[row]
    place = track.city or "city not known"
    near = "" if spot.exact else ", place not exact"
    words = f"{track.name.removesuffix(' Program')}, {place}, {track.state}{near}"
    if found.odds is None:
        return words
    standing = _standing(found, row)
    odds = f", about {percent(found.odds.p[row])}" if standing in {"reach", "target", "safety"} else ""
    return f"{words}: {STANDING_WORDS[standing]}{odds}"


def mark_path(standing: str, at: Point, r: float) -> str:
    """The shape of a tier as path data: reach ▲, target ●, safety ■, closed ×, no number a small dot."""
    x, y = round(at[0], 1), round(at[1], 1)
    if standing == "reach":
        return f"M{x} {y - 1.05 * r:.1f}l{r:.1f} {1.9 * r:.1f}h{-2 * r:.1f}z"
    if standing == "safety":
        return f"M{x - 0.88 * r:.1f} {y - 0.88 * r:.1f}h{1.76 * r:.1f}v{1.76 * r:.1f}h{-1.76 * r:.1f}z"
    if standing == CLOSED:
        a, b = 0.62 * r, 1.24 * r
        return f"M{x - a:.1f} {y - a:.1f}l{b:.1f} {b:.1f}m0 {-b:.1f}l{-b:.1f} {b:.1f}"
    if standing == NOT_SCORED:
        r *= 0.45
    return f"M{x - r:.1f} {y}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"


def inexact(shelf: Shelf, rows: Ints) -> int:
    """How many of the marks stand where only their city, county or state is known."""
    return sum(not shelf.spots[row].exact for row in rows)
