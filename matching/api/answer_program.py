"""A program as answers name it, and words their parts share, as the OpenAPI document describes them."""

from typing import Annotated, Literal

from pydantic import Field

from applicants.schema import ProgramId, ProgramType, Ring
from matching.api.answer_gates import Described
from matching.schema import Track

Chance = Annotated[float, Field(ge=0, le=1)]
Tier = Literal["safety", "target", "reach"]


class AnswerProgram(Described):
    """A program track as rows name it. `program_key` joins the tracks of one program."""

    id: ProgramId
    program_key: str
    acgme_id: str | None
    nrmp_code: str | None
    listing_status: Literal["current", "unconfirmed", "old"]
    last_listed_year: int | None
    name: str
    specialty: str
    specialty_name: str
    track: Track
    institution: str
    city: str | None
    county: str | None
    state: str
    ring: Ring = Field(description="The innermost ring it lies in.")
    in_los_angeles_county: bool
    program_type: ProgramType | None
    safety_net: bool | None
