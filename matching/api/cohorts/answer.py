"""Cohorts as the OpenAPI document describes them: what is sent, told and streamed by the line.

Only described here: lines are read and written elsewhere, and a test holds real ones against this.
"""

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, RootModel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from applicants.schema import ProfileDocument
from matching.api.answer import Summary
from matching.api.answer_gates import Count, Described
from matching.api.answer_program import Chance, Tier
from matching.schema import MAX_APPLICATIONS, MatchOptions

Line = Annotated[int, Field(ge=1, description="Of the file, or the place in the JSON list, from 1.")]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Reference = Annotated[
    str,
    Field(min_length=1, max_length=128, description="Your id of the applicant, once in a cohort. No name."),
]


class CohortOptions(MatchOptions):
    """As for one applicant, with other defaults. Explanations and ranges are for one applicant alone."""

    max_applications: int = Field(
        0,
        ge=0,
        le=MAX_APPLICATIONS,
        description="0: the odds alone. More: the recommended list as well, of this many programs at most.",
    )
    explain: Literal[0] = Field(0, description="For one applicant alone: ask matches/.")
    ranges: Literal[False] = Field(False, description="For one applicant alone: ask matches/.")


class CohortLine(BaseModel):
    """One applicant of a cohort."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference
    profile: ProfileDocument
    options: CohortOptions = CohortOptions()


class CohortLines(RootModel[Annotated[list[CohortLine], Field(max_length=50_000)]]):
    """All of them, in one list. What is wrong with one is told of its line, and the others go on."""


class TextLines(RootModel[str]):
    """Text of which each line is JSON by itself."""

    line: ClassVar[type[BaseModel]]

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "description": f"One `{cls.line.__name__}` a line: JSON, in UTF-8.",
            "contentMediaType": "application/jsonl",
            "contentSchema": handler(cls.line.__pydantic_core_schema__),
        }


class CohortLinesText(TextLines):
    line = CohortLine


class Cohort(Described):
    """How far a cohort is."""

    id: UUID
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    total: Count = Field(description="Applicants sent.")
    scored: Count
    rejected: Count = Field(description="Lines with faults: see `errors`.")
    eta_seconds: Count | None = Field(description="Until it is done, at the pace so far; null: not known.")
    reason: str | None = Field(description="Why it failed.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    erased_at: datetime | None = Field(description="When all of it is deleted; null while it is in work.")
    model_version: str
    data_version: str
    season: str
    results: str | None = Field(description="Where results are read; null once they are erased.")
    errors: str | None = Field(description="Where errors are read; null once they are erased.")


class ResultInterview(Described):
    probability: Chance | None = Field(description="Null where nothing is said of the odds.")


class CohortRow(Described):
    """One track of an applicant's list, as `matches/` would rank it."""

    rank: Annotated[int, Field(ge=1)]
    id: str = Field(description="Of the program track: see `programs/{id}/`.")
    tier: Tier
    selected: bool = Field(description="Of the recommended list, where one was asked for.")
    signal: Literal["gold", "silver", "single"] | None
    interview: ResultInterview


class CohortResult(Described):
    """One applicant who was scored."""

    line: Line
    reference: Reference
    summary: Summary | None = Field(description="Of the recommended list; null for odds alone.")
    rows: list[CohortRow] = Field(alias="list")


class CohortResultsText(TextLines):
    line = CohortResult


class CohortFault(Described):
    pointer: str = Field(description="JSON pointer into the line.")
    code: str = Field(description="Stable, for programs.")
    detail: str = Field(description="For people.")


class CohortError(Described):
    """One line that was rejected, with every fault of it at once."""

    line: Line
    reference: str | None = Field(description="Null where it could not be read.")
    errors: Annotated[list[CohortFault], Field(min_length=1)]


class CohortErrorsText(TextLines):
    line = CohortError


class CohortErrorsPage(Described):
    """A page of them."""

    next: Address | None = Field(description="Address of the next page; null on the last.")
    previous: Address | None = Field(description="Address of the page before; null on the first.")
    results: list[CohortError]
