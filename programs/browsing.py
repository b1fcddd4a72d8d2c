"""The catalogue as columns for looking things up: built once a data version, the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from programs.choices import SourceKind
from programs.fact_fields import FACT_FIELDS
from programs.geography import miles_from_los_angeles
from programs.geometry.albers import LOS_ANGELES, Point, us_conic
from programs.geometry.places import Spot, spots_of
from programs.snapshot import TrackRow

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Texts = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Shelf:
    """n tracks in order of id. Unknown is NaN, "" or 0, which no filter takes for a value.

    ``img_share`` is of residents; ``said`` whether any page states anything of the track, ``said_year`` the
    year of the newest that does (files of the government, on hospitals, do not count).
    """

    tracks: tuple[TrackRow, ...]
    specialty: Texts
    ring: Texts
    state: Texts
    county: Texts
    kind: Texts
    safety_net: Flags
    img_share: Floats
    listed: Ints
    said: Flags
    said_year: Ints
    miles: Floats
    name_rank: Ints
    spots: tuple[Spot, ...]

    def __len__(self) -> int:
        return len(self.tracks)

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {track.id: row for row, track in enumerate(self.tracks)}

    @cached_property
    def us_points(self) -> tuple[Point, ...]:
        """Where each track stands on the map of the nation."""
        return tuple(
            us_conic(track.state).forward(spot.latitude, spot.longitude)
            for track, spot in zip(self.tracks, self.spots, strict=True)
        )

    @cached_property
    def los_angeles_points(self) -> dict[int, Point]:
        """Where the tracks of greater Los Angeles stand on its own map, by row."""
        return {
            row: LOS_ANGELES.forward(spot.latitude, spot.longitude)
            for row, spot in enumerate(self.spots)
            if self.ring[row] == "los-angeles"
        }

    @cached_property
    def counties(self) -> dict[str, tuple[str, ...]]:
        """Names of the counties with a track, by state."""
        found: dict[str, set[str]] = {}
        for track in self.tracks:
            if track.county:
                found.setdefault(track.state, set()).add(track.county)
        return {state: tuple(sorted(names)) for state, names in found.items()}


def shelf_build(tracks: Sequence[TrackRow]) -> Shelf:
    """``tracks`` in order of id."""
    spots = spots_of(tracks)
    said = [_pages(track) for track in tracks]
    names = sorted(range(len(tracks)), key=lambda row: (tracks[row].name.casefold(), tracks[row].id))
    rank = np.empty(len(tracks), dtype=np.int64)
    rank[names] = np.arange(len(tracks))
    return Shelf(
        tracks=tuple(tracks),
        specialty=np.array([track.specialty for track in tracks], dtype=np.str_),
        ring=np.array([track.ring for track in tracks], dtype=np.str_),
        state=np.array([track.state for track in tracks], dtype=np.str_),
        county=np.array([track.county.casefold() for track in tracks], dtype=np.str_),
        kind=np.array([_code(track, "program_type") for track in tracks], dtype=np.str_),
        safety_net=np.array([_code(track, "safety_net") == "yes" for track in tracks], dtype=bool),
        img_share=np.array([_share(track) for track in tracks], dtype=np.float64),
        listed=np.array([track.last_listed_year or 0 for track in tracks], dtype=np.int64),
        said=np.array([bool(years) for years in said], dtype=bool),
        said_year=np.array([max(years, default=0) for years in said], dtype=np.int64),
        miles=np.array([_miles(spot) for spot in spots], dtype=np.float64),
        name_rank=rank,
        spots=spots,
    )


def _code(track: TrackRow, field: str) -> str:
    fact = track.facts.get(field)
    return fact.value if fact and isinstance(fact.value, str) else ""


def _number(track: TrackRow, field: str) -> float | None:
    fact = track.facts.get(field)
    return fact.value if fact and isinstance(fact.value, float | int) else None


def _share(track: TrackRow) -> float:
    """International graduates among the residents, where both numbers are known and agree."""
    total, graduates = _number(track, "residents_total"), _number(track, "residents_img")
    if total and graduates is not None and graduates <= total:
        return graduates / total
    return float("nan")


def _pages(track: TrackRow) -> list[int]:
    """Years of the pages that state something, 0 for a page without one."""
    return [
        fact.page_year or 0
        for fact in track.facts.values()
        if fact.source_kind != SourceKind.GOVERNMENT and FACT_FIELDS[fact.field].topic != "hospital"
    ]


def _miles(spot: Spot) -> float:
    miles = miles_from_los_angeles(spot.latitude, spot.longitude) if spot.city_known else None
    return float("nan") if miles is None else miles
