"""A shared list as the OpenAPI document describes it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from matching.api.answer_gates import Count, Described, Dollars
from matching.api.answer_program import AnswerProgram, Chance, Tier


class SharedInterview(Described):
    """The 10th and 90th percentile of the chance, to three digits; nulls where too little is known."""

    low: Chance | None
    high: Chance | None


class SharedEntry(Described):
    """One program of the list. What its owner does not show by this link is null."""

    rank: Annotated[int, Field(ge=1, description="Its place in the order the link shows.")]
    program: AnswerProgram
    tier: Tier | None
    signal: Literal["gold", "silver", "single"] | None
    interview: SharedInterview | None = Field(description="As last reckoned for the list, not anew.")
    status: Literal["plan", "applied", "invited", "declined", "interviewed", "ranked"] | None


class SharedListAnswer(Described):
    """What the private link shows, and nothing else."""

    name: str
    shows: Literal["all", "no_flags", "list"] = Field(
        description="`all`: everything; `no_flags`: without what speaks against the applicant; `list`: the "
        "programs only, and every member about odds, signals and how far she is holds null."
    )
    season: str
    changed_at: datetime
    expires_at: datetime | None = Field(description="When the link ends; null: until it is revoked.")
    data_version: str
    model_version: str | None = Field(description="Null where no number of the model is shown.")
    approval: str | None = Field(description="Who of the advisors approved it, in words; shown by `all`.")
    applications: Count | None = Field(description="Of the list as last reckoned; shown by `all`.")
    cost_usd: Dollars | None = Field(description="Fees of all of them; shown by `all`.")
    entries: list[SharedEntry]
