"""What the OpenAPI document says of the sandbox: its persona list, and the headers of what has one."""

from typing import Annotated, Any, Literal

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import Field, RootModel

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.api.answer_gates import Described
from matching.api.sandbox.forced import ERROR, FORCED, PERSONA
from matching.schema import MatchRequest

Slug = Annotated[str, Field(json_schema_extra={"enum": [persona.slug for persona in PERSONAS]})]


class SandboxPersona(Described):
    """A sample applicant; none is a real person."""

    slug: Slug
    title: str
    story: str
    profile: ProfileDocument


class SandboxPersonas(Described):
    """All of them, on one page."""

    next: None
    previous: None
    results: list[SandboxPersona]


class SandboxRequest(MatchRequest):
    """With `X-Sandbox` alone: what is asked of the persona. A profile sent along is checked and set aside."""

    profile: ProfileDocument = Field(default_factory=ProfileDocument)  # type: ignore[assignment]
    store: Literal[False] = Field(False, description="Answers of the sandbox are not kept.")


class MatchBody(RootModel[MatchRequest | SandboxRequest]):
    """One applicant to be scored; with `X-Sandbox` the profile may be left out."""


error_parameter = OpenApiParameter(
    ERROR,
    {"type": "string", "enum": list(FORCED)},
    location=OpenApiParameter.HEADER,
    description="Answers this error, as a real one would look. Counts against the rate like any request.",
)
persona_parameter = OpenApiParameter(
    PERSONA,
    {"type": "string", "enum": [persona.slug for persona in PERSONAS]},
    location=OpenApiParameter.HEADER,
    description="Answers for this sample applicant over a frozen catalogue (`data_version` sandbox-1): the "
    "same bytes every time, until `model_version` changes. Nothing is kept.",
)
persona_told = OpenApiParameter(
    PERSONA,
    {"type": "string"},
    location=OpenApiParameter.HEADER,
    description="Which sample applicant was answered for; only in the sandbox.",
    response=[200],
)
sandbox_example = OpenApiExample(
    "Sandbox", value={"options": {"top": 10}}, request_only=True, summary="With the header X-Sandbox"
)


def _listed() -> dict[str, Any]:
    first = PERSONAS[0]
    shown = {"slug": first.slug, "title": first.title, "story": first.story, "profile": first.document}
    return {"next": None, "previous": None, "results": [shown]}


personas_schema = extend_schema(
    operation_id="sandbox_personas_list",
    summary="List the sample applicants",
    description=(
        "Name one in the header `X-Sandbox` of POST matches/ to have it scored over a frozen catalogue. "
        "Its profile is one that POST matches/ takes without the header too."
    ),
    tags=["sandbox"],
    responses={
        200: OpenApiResponse(
            SandboxPersonas,
            "All of them.",
            [OpenApiExample("Answer", value=_listed(), response_only=True)],
        )
    },
)
