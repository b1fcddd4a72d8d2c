"""The rules of an answer as the OpenAPI document describes them: verdicts, their facts, what they close."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from matching.scoring.registry import GATES

Count = Annotated[int, Field(ge=0)]
Dollars = Annotated[int, Field(ge=0, description="Whole US dollars.")]
GateName = Annotated[str, Field(json_schema_extra={"enum": [gate.name for gate in GATES]})]
Verdict = Literal["pass", "fail", "unknown"]
Value = float | str | bool | None


class Described(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AnswerFact(Described):
    """A fact with its source. `id` is null for a rule of the state of California."""

    id: int | None
    field: str
    value: float | str | None = Field(description="Null where the statement is prose.")
    as_stated: str
    strictness: Literal["strict", "preference", "statement", "count"]
    url: str | None
    source: str | None = Field(None, description="Said where there is no page to link.")
    source_kind: str
    page_year: int | None
    observed_on: str | None
    confidence: Literal["high", "medium", "low"]
    conflicts: Count = Field(description="Other facts of the field that say otherwise.")


class Conflicting(Described):
    """What another source says of the same rule, and the verdict it would give by itself."""

    verdict: Verdict
    required: Value
    fact: AnswerFact


class Practice(Described):
    """What a practice score would come to if the result were the same."""

    score: Annotated[int, Field(ge=1, le=300)]
    verdict: Literal["pass", "fail"]


class Question(Described):
    """The question that would settle a verdict: to send to the program, or to answer oneself."""

    to: Literal["program", "you"]
    text: str


class AnswerGate(Described):
    """A rule the program states, held against the applicant."""

    gate: GateName
    label: str
    verdict: Verdict
    strictness: Literal["strict", "preference"]
    waived: bool = Field(description="Failed, but an inside connection may open the door.")
    required: Value = Field(description="What the program asks; null where it is said in prose alone.")
    yours: Value = Field(description="What the applicant has; null where that is not known.")
    fact: AnswerFact = Field(description="The fact the verdict rests on.")
    conflicting: list[Conflicting] = Field(
        description="Sources that say otherwise. Where one as sure as the fact would turn the verdict, "
        "the verdict is unknown."
    )
    practice: Practice | None = Field(description="Null unless a result is open and a practice score given.")
    question: Question | None = Field(description="Null where the verdict is known or matters little.")


class ScreenedBy(Described):
    """Programs that one gate closes; another may close some of them too."""

    gate: GateName
    label: str
    count: Count
    saves_usd: Dollars


class ScreenedTotal(Described):
    """Programs closed by strict rules, and the fees saved beyond the recommended list."""

    count: Count
    saves_usd: Dollars
    by_gate: list[ScreenedBy] = Field(description="The most closed first.")


class Rules(Described):
    """Programs of the recommended list by how its rules stand."""

    wishes_not_met: Count = Field(description="With a stated preference that is not met.")
    undecided: Count = Field(description="With a strict rule whose verdict is unknown.")
    waived: Count = Field(description="With a strict rule not met that an inside connection may waive.")
    none_held: Count = Field(description="Of which no stated rule is held.")


class LicenceRule(Described):
    """A rule of California's training licence, with its public source."""

    rule: str
    label: str
    binds: bool = Field(description="Held against the applicant; the others are for her to know.")
    value: str
    unit: str | None
    note: str | None
    source: str
    source_kind: str
    url: str | None
    page_year: int | None
