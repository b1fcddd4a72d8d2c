"""Where trying starts: one applicant's profile and options as the match was made with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from applicants.schema import ProfileDocument
from matching.inputs import applicant_of
from matching.place_words import RING_WORDS
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.applicant import Applicant
from matching.scoring.situation import Situation
from programs.geography import STATE_NAMES


@dataclass(frozen=True)
class Start:
    """``specialties``: every specialty of the catalogue by slug, with its name."""

    profile: ProfileDocument
    options: MatchOptions
    season: str
    situation: Situation
    specialties: Mapping[str, str]

    @property
    def applicant(self) -> Applicant:
        return self.situation.applicant

    @property
    def values(self) -> Mapping[str, float]:
        return self.situation.values

    @property
    def place(self) -> str:
        """Her place in words: where she would go to work, to live, for a letter."""
        place = self.situation.place
        return RING_WORDS[place.ring] if place.ring else self.state

    @property
    def state(self) -> str:
        """The state of her place in words."""
        return STATE_NAMES.get(self.situation.place.state or "", "the United States")

    @property
    def field(self) -> str:
        """Her field in words: the first specialty she applies to."""
        slug = self.situation.specialty
        return self.specialties.get(slug, slug).lower() if slug else "your specialty"


def start_of(
    *, profile: ProfileDocument, options: MatchOptions, season: str, specialties: Mapping[str, str]
) -> Start:
    model = model_for(season)
    situation = Situation(applicant_of(profile), model.application_year, model.parameters.values)
    return Start(profile, options, season, situation, specialties)
