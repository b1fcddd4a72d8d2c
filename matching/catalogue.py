"""The published catalogue as the core reads it: one immutable object a process, swapped whole."""

import threading
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings

from matching.reference import model_for
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import Columns, columns_build
from matching.scoring.score import score
from programs.geography import DIVISION_BY_STATE
from programs.public import track_public
from programs.snapshot import Snapshot, TrackRow, snapshot_get, version_current

CHECK_SECONDS = 1.0


class CatalogueEmpty(LookupError):
    """Nothing has been published yet: load the catalogue first."""


@dataclass(frozen=True)
class LoadedCatalogue:
    """A data version with its tracks in order of id and, for each season asked for, their columns."""

    snapshot: Snapshot

    @property
    def version(self) -> str:
        return self.snapshot.version

    @cached_property
    def scored(self) -> tuple[TrackRow, ...]:
        """With the true counts of residents: for columns alone, never to be written out."""
        return tuple(sorted(self.snapshot.tracks, key=lambda track: track.id))

    @cached_property
    def tracks(self) -> tuple[TrackRow, ...]:
        """As they may be written: no small count of residents (programs.public)."""
        return tuple(track_public(track) for track in self.scored)

    @cached_property
    def specialty_names(self) -> dict[str, str]:
        return dict(self.snapshot.specialties)

    @cached_property
    def program_keys(self) -> dict[str, str]:
        """The program of each track, by the track's id."""
        return {track.id: track.program_key for track in self.snapshot.tracks}

    @cached_property
    def written(self) -> dict[int, dict[str, Any]]:
        """Programs as documents write them, by row, as far as they were asked for; not to be changed."""
        return {}

    @cached_property
    def facts_written(self) -> dict[int, dict[str, Any]]:
        """The same of facts, by id."""
        return {}

    @cached_property
    def labels_written(self) -> dict[tuple[str, ...], str]:
        """The same of labels that speak of a program and the kind of graduate alone."""
        return {}

    @cached_property
    def fact_rows(self) -> dict[int, tuple[int, str]]:
        """Fact id to (row, field)."""
        return {
            fact.id: (row, field)
            for row, track in enumerate(self.tracks)
            for field, fact in track.facts.items()
        }

    def columns(self, season: str) -> Columns:
        """Columns as the season's applicants see them, built once."""
        return _columns(self.version, season, self)


_lock = threading.Lock()
_built: dict[tuple[str, str, str], Columns] = {}


def _columns(version: str, season: str, catalogue: LoadedCatalogue) -> Columns:
    model = model_for(season)
    key = (version, season, model.version)
    if key not in _built:
        built = columns_build(
            catalogue.scored, parameters=model.parameters, season=season, divisions=DIVISION_BY_STATE
        )
        with _lock:
            while len(_built) >= KEPT:
                _built.pop(next(iter(_built)))
            _built[key] = built
    return _built[key]


KEPT = 4


@lru_cache(maxsize=KEPT)
def catalogue_get(version: str) -> LoadedCatalogue:
    """The catalogue as published under ``version``. Raises DataVersion.DoesNotExist."""
    return LoadedCatalogue(snapshot_get(version))


@dataclass
class _Checked:
    version: str | None = None
    at: float = float("-inf")


_checked = _Checked()


def catalogue_current() -> LoadedCatalogue:
    """The newest published catalogue, looked for at most once a second. Raises CatalogueEmpty."""
    now = time.monotonic()
    if _checked.version is None or now - _checked.at >= CHECK_SECONDS:
        _checked.version, _checked.at = version_current(), now
    if _checked.version is None:
        raise CatalogueEmpty("no catalogue is published: run manage.py load_catalogue")
    return catalogue_get(_checked.version)


def catalogue_warm() -> None:
    """Build what the first answer needs, before anyone waits for it. Raises CatalogueEmpty."""
    columns, model = catalogue_current().columns(settings.SEASON), model_for(settings.SEASON)
    score(Applicant(), Options(top=1, max_applications=1), columns, model)
