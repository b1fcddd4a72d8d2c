"""What may be asked of one match: the options beside the profile, typed, frozen and strict."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from applicants.schema import ProfileDocument, ProgramId, Ring

Track = Literal["categorical", "advanced", "preliminary", "primary-care", "transitional", "unknown"]

RINGS: tuple[Ring, ...] = ("los-angeles", "california", "west-coast", "national")
MAX_APPLICATIONS = 300
MAX_TOP = 500
MAX_EXPLAIN = 200
DEFAULT_EXPLAIN = 25
# More than applying to every program there is would cost: keeps sums within every integer type.
MAX_USD = 1_000_000


def _codes(most: int, description: str, **more: Any) -> Any:
    # The list itself is lax only so that a JSON list may become a tuple; what it holds stays strict.
    return Field(
        max_length=most,
        strict=False,
        description=description,
        json_schema_extra={"uniqueItems": True},
        **more,
    )


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


class MatchOptions(BaseModel):
    """How to choose: where, how many, for how much, and how much of the answer to show."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    rings: Annotated[
        tuple[Ring, ...],
        _codes(4, "Rings to choose programs from; each holds the ones inside it.", min_length=1),
    ] = RINGS
    tracks: Annotated[tuple[Track, ...], _codes(6, "Tracks to score.", min_length=1)] = (
        "categorical",
        "primary-care",
    )
    la_weight: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None,
        description="Worth of a match in Los Angeles beside a match anywhere. "
        "Null: the model's default if Los Angeles is wished for, else 0.",
    )
    max_applications: int = Field(
        80, ge=0, le=MAX_APPLICATIONS, description="Programs on the list, at most; 0 for no list."
    )
    max_usd: Annotated[int, Field(ge=0, le=MAX_USD)] | None = Field(
        None, description="Application fees of the whole list, at most, in US dollars. Null: no limit."
    )
    must_include: Annotated[
        tuple[ProgramId, ...],
        _codes(MAX_APPLICATIONS, "Tracks that are on the list whatever their odds, by id."),
    ] = ()
    must_exclude: Annotated[tuple[ProgramId, ...], _codes(1000, "Tracks never on the list, by id.")] = ()
    signals: bool = Field(
        True, description="Place the specialty's program signals on the lists, and count what they add."
    )
    top: int = Field(200, ge=1, le=MAX_TOP, description="Rows returned, recommended ones first.")
    explain: int = Field(
        DEFAULT_EXPLAIN,
        ge=0,
        le=MAX_EXPLAIN,
        description="Rows returned with gates and factors, no more than `top`. Left out: 25 or `top`.",
        # What is left out hangs on `top`: a client that sent a fixed default would be refused.
        json_schema_extra=_no_default,
    )

    ranges: bool = Field(
        True, description="Whether to say low and high beside each chance; tiers do not depend on it."
    )

    @model_validator(mode="before")
    @classmethod
    def _explain_within_top(cls, data: Any) -> Any:
        top = data.get("top") if isinstance(data, dict) and "explain" not in data else None
        if type(top) is int and 0 < top < DEFAULT_EXPLAIN:
            return {**data, "explain": top}
        return data


class _AsProfile:
    """Describes the member as a ProfileDocument while its value stays raw: the applicants' rules read it."""

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(ProfileDocument.__pydantic_core_schema__)


class MatchRequest(BaseModel):
    """One applicant to be scored."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    profile: Annotated[dict[str, Any], _AsProfile]
    options: MatchOptions = Field(default_factory=MatchOptions)
    store: bool = Field(False, description="Keep the answer to be read again. Needs a key.")
    advise: bool = Field(
        False, description="Say what each action would add to the list, as `plan`. Not with `store`."
    )
    judge: Annotated[
        tuple[ProgramId, ...],
        _codes(
            MAX_APPLICATIONS,
            "A list of tracks by id, the applicant's own or an advisor's: graded and bettered within "
            "`options`, as `repair`. Not with `store`.",
        ),
    ] = ()
