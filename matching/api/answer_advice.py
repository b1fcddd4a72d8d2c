"""What would change it and whom to ask first, as the OpenAPI document describes them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from matching.api.answer_gates import Described, Dollars
from matching.api.answer_program import AnswerProgram, Chance, Tier
from matching.scoring.actions import ALL_ACTIONS

ActionName = Annotated[str, Field(json_schema_extra={"enum": [action.name for action in ALL_ACTIONS]})]


class Flip(Described):
    """An action that alone would move the program to a better tier."""

    action: ActionName
    label: str
    tier: Tier = Field(description="The tier after it.")
    interview: Chance = Field(description="The chance of an interview after it.")


class AskFirst(Described):
    """One program to write to: the open fact whose answer would move the list most."""

    program: AnswerProgram
    fact: str = Field(description="The field of the fact, as the catalogue names it.")
    why: str
    gain: float = Field(
        ge=0, le=2, description="Expected gain of the list's objective: a match, and what Los Angeles adds."
    )
    question: str = Field(description="Ready to be sent.")


class GainRange(Described):
    """A difference of two chances, with the 10th and 90th percentile of the difference."""

    value: float
    low: float
    high: float


class PlanAction(Described):
    """What one action would add to the list picked anew, after the actions `first`."""

    action: ActionName
    label: str
    program: AnswerProgram | None = Field(description="Where it would add most, if it is done at a program.")
    gain_match: GainRange
    gain_los_angeles: float = Field(description="The value of `gain_los_angeles_range`.")
    gain_los_angeles_range: GainRange
    lead_months: float = Field(description="From the start to a line in the application.")
    work_weeks: float
    cost_usd: Dollars
    first: list[ActionName] = Field(description="What must be done before, in order.")
    start_by: date = Field(description="The last day to begin, with what must come first.")
    too_late: bool = Field(description="For the season of `opens`.")


class Advice(Described):
    """What the applicant's statement has to say or to leave unsaid."""

    code: str = Field(description="Stable, for programs.")
    detail: str = Field(description="One sentence, said to the applicant.")
    source: str = Field(description="Address of a public page; where none settles it, whose judgement it is.")


class SeasonOpens(Described):
    """When applications can be sent next: in the season after, once this one's opening is past. A pattern is
    the date of earlier seasons, not announced."""

    season: str
    date: date
    precision: Literal["day", "month", "pattern"]


class CannotChange(Described):
    code: str
    detail: str


class Plan(Described):
    """What may still be done before applications open: the most for the effort first."""

    opens: SeasonOpens
    actions: list[PlanAction]
    cannot_change: list[CannotChange] = Field(description="What no action changes.")
