"""The answer as the OpenAPI document describes it: exactly the members there are, and no other.

Only described here, never built from: answers are plain dicts, and a test holds real ones against this.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, RootModel

from applicants.schema import Ring
from matching.api.answer_advice import Advice, AskFirst, Flip, Plan
from matching.api.answer_gates import AnswerGate, Count, Described, Dollars, LicenceRule, Rules, ScreenedTotal
from matching.api.answer_program import AnswerProgram, Chance, Tier
from matching.api.answer_ranges import InterviewRange, MatchRange, SummaryMatch
from matching.scoring.registry import FACTORS

FactorName = Annotated[str, Field(json_schema_extra={"enum": [factor.name for factor in FACTORS]})]


class FactorBasis(Described):
    facts: list[int] = Field(description="Ids of the program's facts that were read.")
    profile: list[str] = Field(description="Members of the profile that were read.")


class Reason(Described):
    factor: FactorName
    label: str
    contribution: float = Field(description="On the log-odds scale.")


class AnswerFactor(Reason):
    """`base` and all contributions add up to the log-odds of `interview.probability`."""

    basis: FactorBasis


class AnswerRow(Described):
    """One track of the list. The first `explain` rows have `gates` and `factors`."""

    rank: Annotated[int, Field(ge=1)]
    program: AnswerProgram
    tier: Tier
    selected: bool = Field(description="Of the recommended list.")
    signal: Literal["gold", "silver", "single"] | None = Field(
        description="The signal to send to its program, which its odds then count; null where none."
    )
    interview: InterviewRange
    base: float | None = Field(description="Log-odds before any factor; null where abstained.")
    match_if_interviewed: Chance | None = Field(description="Null where not recommended or abstained.")
    fit: Annotated[int, Field(ge=0, le=100)] | None = Field(description="Null where nothing is wished for.")
    confidence: Literal["prior-only", "low", "medium", "high"]
    abstained: bool = Field(description="Nothing is said of the odds.")
    reasons: list[Reason] = Field(description="The strongest contributions, two at most.")
    gates: list[AnswerGate] = Field(default_factory=list)
    factors: list[AnswerFactor] = Field(default_factory=list)
    flips: list[Flip] = Field(
        default_factory=list,
        description="The cheapest actions that would move it to a better tier, three at most.",
    )


class ScreenedOut(Described):
    """A program closed to the applicant by a strict rule."""

    program: AnswerProgram
    gates: list[AnswerGate]
    saves_usd: Dollars


class Interviews(Described):
    """The number of interviews the recommended list brings."""

    expected: Annotated[float, Field(ge=0)]
    p10: Count
    p50: Count
    p90: Count
    none: Chance
    histogram: list[Chance] = Field(description="Chance of exactly 0, 1, 2 … interviews; adds up to 1.")


class ScopeInterviews(Described):
    expected: Annotated[float, Field(ge=0)]
    none: Chance


class Tiers(Described):
    safety: Count
    target: Count
    reach: Count


class Scope(Described):
    """The list solved within one ring, under the same limits."""

    scope: Ring
    applications: Count
    cost_usd: Dollars
    interviews: ScopeInterviews
    match: MatchRange
    p_los_angeles: Chance
    interviews_per_100_usd: Annotated[float, Field(ge=0)] | None = Field(
        description="Interviews expected for every $100 of fees; null where the list is free."
    )
    match_lost: float = Field(
        description="Chance of a match less than that of the widest scope: what staying within it costs."
    )
    signals: Count = Field(description="How many of its programs get a signal.")


class SignalLevel(Described):
    level: Literal["gold", "silver", "single"]
    available: Count
    placed: Count


class SignalsOfSpecialty(Described):
    """Signals of one specialty on the recommended list. A specialty without counts gets no advice."""

    specialty: str
    season: str = Field(description="The season these counts are of.")
    of_this_season: bool = Field(description="False where newer counts are not known.")
    source: str
    levels: list[SignalLevel]


class BalanceFinding(Described):
    code: str
    severity: Literal["note", "warning", "serious"]
    detail: str


class ListBalance(Described):
    """How the recommended list stands as a whole."""

    grade: Literal["A", "B", "C", "D", "F"]
    value_of_best: Chance = Field(
        description="What it brings, over the most that as many programs and dollars could bring."
    )
    findings: list[BalanceFinding]


class ListRepair(Described):
    """The list given as `judge`, graded, and the same list bettered at no more programs and dollars."""

    programs: list[str] = Field(description="Ids of the bettered list.")
    added: list[str]
    removed: list[str]
    before: ListBalance
    after: ListBalance


class ListByRing(Described):
    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: name.replace("_", "-"))

    los_angeles: Count
    california: Count
    west_coast: Count
    national: Count


class StopLine(Described):
    """From here on the next program adds less than it costs."""

    applications: Count
    reason: str


class Summary(Described):
    """The recommended list as a whole."""

    interviews: Interviews
    match: SummaryMatch
    tiers: Tiers
    tiers_all: Tiers = Field(description="Over every track that was scored.")
    no_true_safety: bool
    scopes: list[Scope]
    signals: list[SignalsOfSpecialty]
    balance: ListBalance | None = Field(description="Null where no list is asked for.")
    list_by_ring: ListByRing
    p_los_angeles: Chance = Field(description="Chance of a match in Los Angeles.")
    applications: Count
    cost_usd: Dollars
    stop_line: StopLine | None
    screened_out: ScreenedTotal
    rules: Rules
    california_licence: list[LicenceRule] = Field(description="Empty where no program there is shown.")
    unknown: list[str] = Field(description="Members of the profile that were not known.")
    ask_first: list[AskFirst] = Field(
        description="Programs to write to before the list is sent, the most valuable first: ten at most."
    )


class Validation(Described):
    """Whether chances for this kind of graduate were checked against what happened: `aggregates-only` where
    their level is fitted to published match rates and to nothing else."""

    status: Literal["aggregates-only", "outcomes"]
    report: str = Field(description="The page that says what was fitted and what was checked.")


class MatchAnswer(Described):
    """The whole list for one applicant."""

    id: UUID | None = Field(description="Null where it is not stored.")
    model_version: str
    data_version: str
    created_at: datetime
    validation: Validation
    season: str
    summary: Summary
    rows: list[AnswerRow] = Field(alias="list")
    screened_out: list[ScreenedOut]
    advice: list[Advice]
    plan: Plan | None = Field(None, description="Only where `advise` was asked for.")
    repair: ListRepair | None = Field(None, description="Only where a list was given as `judge`.")


class MatchState(Described):
    """A stored match that has no answer: it waits, is being scored, or failed and `reason` says why."""

    id: UUID
    state: Literal["queued", "running", "failed"]
    reason: str | None


class StoredMatch(RootModel[MatchAnswer | MatchState]):
    """The answer, or why there is none yet."""
