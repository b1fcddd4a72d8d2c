"""Ranges of the answer and what they are wide because of, as the OpenAPI document describes them."""

from typing import Annotated

from pydantic import Field

from matching.api.answer_gates import Described
from matching.api.answer_program import Chance
from matching.scoring.causes import CAUSES

CauseCode = Annotated[str, Field(json_schema_extra={"enum": [*CAUSES, "program_counted", "pending"]})]


class RangeCause(Described):
    """The main cause of the width of a range."""

    code: CauseCode = Field(
        description="`program`: not known of the program; `program_counted`: few residents counted; `base`: "
        "the chance of graduates like her; `willing`, `luck`: from interviews to a match; `judgement:…`: a "
        "factor's parameters; `unsaid:…`: a member of the profile; `pending`: a result that is not known yet."
    )
    detail: str = Field(description='Words that follow "because".')
    share: float = Field(description="Its share of the variance of the log-odds, at most about 1.")


class InterviewRange(Described):
    """Chance of an interview with its 10th and 90th percentile; nulls where abstained, and `low` and `high`
    without `ranges`."""

    probability: Chance | None
    low: Chance | None
    high: Chance | None
    cause: RangeCause | None = Field(description="Null beyond the recommended list.")


class MatchRange(Described):
    """Chance of a match with its 10th and 90th percentile; nulls without `ranges`."""

    probability: Chance
    low: Chance | None
    high: Chance | None


class SummaryMatch(MatchRange):
    """Chance of a match with the whole list, its range, and what the range is wide because of."""

    cause: RangeCause | None = Field(description="Null where there is no list.")
