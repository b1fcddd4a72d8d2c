"""Where a track stands on a map. City, county and state are the truth; coordinates only say where in them.

Coordinates outside their county or state, or far from the others of their city, are not believed: such a
track stands where its city's other tracks do, else in the middle of its county or state, and says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from programs.geography import LOS_ANGELES_COUNTIES, miles_between
from programs.geometry.albers import LOS_ANGELES, Conic, Point, us_conic
from programs.geometry.maps import Region, map_get
from programs.geometry.polygons import distance

NEAR_PIXELS = 2.0  # borders are simplified: on the coast a true place may lie a little outside
SAME_CITY_MILES = 25.0


class Placed(Protocol):
    """Whatever has a place, such as a track of the catalogue."""

    @property
    def city(self) -> str: ...
    @property
    def county(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """Degrees. ``exact`` is False where we only know the city, the county or the state;
    ``city_known`` is False where not even the city is known."""

    latitude: float
    longitude: float
    exact: bool
    city_known: bool = True


def spots_of(tracks: Sequence[Placed]) -> tuple[Spot, ...]:
    """One spot a track, in the order given."""
    known = [coordinates(track) for track in tracks]
    cities = _cities(tracks, known)
    return tuple(_spot(track, at, cities) for track, at in zip(tracks, known, strict=True))


def coordinates(track: Placed) -> Point | None:
    """(latitude, longitude) where they lie in the track's own county or state; else None."""
    if track.latitude is None or track.longitude is None:
        return None
    at = (track.latitude, track.longitude)
    region, conic = _region(track)
    return at if distance(conic.forward(*at), region.rings) <= NEAR_PIXELS else None


def _region(track: Placed) -> tuple[Region, Conic]:
    if track.state == "CA" and track.county in LOS_ANGELES_COUNTIES:
        return map_get("los_angeles").regions[track.county], LOS_ANGELES
    return map_get("us").regions[track.state], us_conic(track.state)


def _cities(tracks: Sequence[Placed], known: Sequence[Point | None]) -> dict[tuple[str, str], Point]:
    """Of every city with believed coordinates their median: a few that are wrong do not move it."""
    found: defaultdict[tuple[str, str], set[Point]] = defaultdict(set)
    for track, at in zip(tracks, known, strict=True):
        if at and track.city:
            found[track.state, track.city].add(at)
    return {
        city: (median(latitude for latitude, _ in points), median(longitude for _, longitude in points))
        for city, points in found.items()
    }


def _spot(track: Placed, at: Point | None, cities: Mapping[tuple[str, str], Point]) -> Spot:
    city = cities.get((track.state, track.city))
    if at and (city is None or miles_between(at, city) <= SAME_CITY_MILES):
        return Spot(*at, exact=True, city_known=bool(track.city))
    if city:
        return Spot(*city, exact=False)
    region, conic = _region(track)
    return Spot(*conic.inverse(*region.middle), exact=False, city_known=False)
