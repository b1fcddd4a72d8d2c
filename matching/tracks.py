"""Tracks of a published catalogue by id: what rows tell of a program beside its odds."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programs.snapshot import TrackRow

KEPT = 4  # versions, as many as catalogues


@lru_cache(maxsize=KEPT)
def tracks_by_id(version: str) -> "Mapping[str, TrackRow]":
    """Raises DataVersion.DoesNotExist."""
    # numpy comes with the catalogue: only who reads it pays for loading it.
    from matching.catalogue import catalogue_get  # noqa: PLC0415

    return {track.id: track for track in catalogue_get(version).tracks}
