"""All that trying needs of one match: where it starts, its controls, and what to score with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.engine import model_version
from matching.models import Match
from matching.schema import MatchOptions
from programs.models import DataVersion

from .changed import changed_lines
from .changes import tried
from .control import Changes, Control
from .controls import controls_of, fixed_of
from .reckoning import Figures, figures_of, figures_reckon, kept_pair
from .start import Start, start_of


class MatchOutdated(Exception):
    """The match was made with an earlier edition: what is tried now cannot be held against it."""


@dataclass(frozen=True)
class Desk:
    start: Start
    catalogue: LoadedCatalogue

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        return controls_of(self.start)

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        return fixed_of(self.start)

    def reckoned(self, changes: Changes, kept: Mapping[str, Any] | None) -> dict[str, Any]:
        """The figures of a scenario; of the baseline as they were ``kept``, where they were. Raises
        ChangeInvalid."""
        held = tried(self.start, changes, self.controls)
        base = self._base(kept)
        season = self.start.season
        now = (
            figures_reckon(tried=held, catalogue=self.catalogue, season=season, changed=list(changes))
            if changes
            else base
        )
        pair = kept_pair(base, now, model=model_version(), data=self.catalogue.version)
        return {**pair, "changed": changed_lines(changes, self.controls, held, self.start.values)}

    def _base(self, kept: Mapping[str, Any] | None) -> Figures:
        judged = {"model": model_version(), "data": self.catalogue.version}
        if kept and kept["judged"] == judged:
            return dict(kept["base"])
        return figures_of(self.start.profile, self.start.options, self.catalogue, self.start.season)


def desk_of(match: Match) -> Desk:
    """Raises MatchOutdated."""
    run = match.run
    if run.model_version != model_version():
        raise MatchOutdated(str(match.pk))
    try:
        catalogue = catalogue_get(run.data_version)
        profile = ProfileDocument.model_validate(run.profile)
        options = MatchOptions.model_validate(run.options)
    except (DataVersion.DoesNotExist, ValidationError):
        raise MatchOutdated(str(match.pk)) from None
    start = start_of(
        profile=profile, options=options, season=run.season, specialties=catalogue.specialty_names
    )
    return Desk(start, catalogue)
