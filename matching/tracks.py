"""Tracks of a published catalogue by id: what rows tell of a program beside its odds."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from programs.geography import miles_from_los_angeles

if TYPE_CHECKING:
    from programs.geometry.places import Spot
    from programs.snapshot import TrackRow

KEPT = 4  # versions, as many as catalogues


@lru_cache(maxsize=KEPT)
def tracks_by_id(version: str) -> "Mapping[str, TrackRow]":
    """Where coordinates are not to be believed, those of the city. Raises DataVersion.DoesNotExist."""
    # numpy comes with the catalogue: only who reads it pays for loading it.
    from matching.exploring import shelf_get  # noqa: PLC0415

    shelf = shelf_get(version)
    return {track.id: placed(track, spot) for track, spot in zip(shelf.tracks, shelf.spots, strict=True)}


def placed(track: "TrackRow", spot: "Spot") -> "TrackRow":
    """The track at its spot on the map, so that every page counts its miles from the same place."""
    at = (spot.latitude, spot.longitude) if spot.city_known else (None, None)
    return replace(track, latitude=at[0], longitude=at[1])


def miles_to(version: str | None, program: str) -> float | None:
    """Miles from downtown Los Angeles; None where its city is not known. Raises DataVersion.DoesNotExist."""
    track = tracks_by_id(version).get(program) if version else None
    return miles_from_los_angeles(track.latitude, track.longitude) if track else None
