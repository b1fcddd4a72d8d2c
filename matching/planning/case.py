"""What the tasks of a plan are chosen and dated by: this person, this season, this day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.planning.dates import Stage
from matching.planning.document import Dated, PhaseCode
from matching.planning.phases import Window
from matching.scoring.applicant import Applicant
from matching.scoring.kinds import IMG_TYPES


@dataclass(frozen=True)
class Case:
    """``actions``: codes of the scored steps there is time for; ``unknown``: answers she has left open, in
    words; ``list_usd`` and ``list_programs``: what today's list would cost, and how many programs it has;
    ``signals``: whether a field she applies to has any; ``season_now``: the one the odds are read for."""

    applicant: Applicant
    season: str
    season_now: str
    applied_before: bool | None
    as_of: date
    stage: Stage
    by_event: Mapping[str, Dated]
    spans: Mapping[PhaseCode, Window]
    actions: frozenset[str]
    unknown: tuple[str, ...]
    list_usd: int
    list_programs: int
    signals: bool

    @property
    def before(self) -> bool:
        return self.stage == "before"

    @property
    def is_img(self) -> bool:
        return self.applicant.applicant_type in IMG_TYPES

    @property
    def uncertified(self) -> bool:
        """An IMG who is known not to hold the ECFMG certificate yet, or has not said."""
        return self.is_img and self.applicant.ecfmg_certified is not True

    @property
    def student(self) -> bool:
        """Whether the degree is still to come, by the year alone."""
        year = self.applicant.graduation_year
        return year is not None and year > self.as_of.year

    @property
    def letters(self) -> int:
        return sum(letter.author != "non_us" for letter in self.applicant.letters or ())

    @property
    def wants_california(self) -> bool:
        wishes = self.applicant.wishes
        return wishes.ring in ("los-angeles", "california") or "CA" in wishes.states

    def day(self, event: str) -> date:
        return self.by_event[event].day
