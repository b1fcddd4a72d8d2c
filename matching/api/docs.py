"""What the OpenAPI document says of the match operations."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from matching.api.answer import MatchAnswer, MatchState, StoredMatch
from matching.api.sandbox.docs import (
    MatchBody,
    error_parameter,
    persona_parameter,
    persona_told,
    sandbox_example,
)

EXAMPLES = Path(__file__).parent / "examples"
STORED_ID = "7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11"


def example(name: str) -> dict[str, Any]:
    """One of the documented examples, as plain JSON values."""
    document: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text())
    return document


ANSWER = example("answer")
STORED = {**ANSWER, "id": STORED_ID}
QUEUED = {"id": STORED_ID, "state": "queued", "reason": None}
FAILED = {
    "id": STORED_ID,
    "state": "failed",
    "reason": "The scoring model changed while this run waited. Please start again.",
}


def _answers(name: str, value: object, **more: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, **more)


match_create_schema = extend_schema(
    operation_id="matches_create",
    summary="Score one applicant",
    description=(
        "The whole list for one applicant. Stores nothing unless `store` is true, which needs a key.\n\n"
        "A member left out of the profile is not known, never none. Unknown members are refused."
    ),
    tags=["matches"],
    request=MatchBody,
    examples=[
        OpenApiExample("One applicant", value=example("request"), request_only=True),
        OpenApiExample("What is known so far", value=example("request_short"), request_only=True),
        sandbox_example,
    ],
    parameters=[
        persona_parameter,
        persona_told,
        error_parameter,
        OpenApiParameter(
            "Idempotency-Key",
            {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
            location=OpenApiParameter.HEADER,
            description=(
                f"Your name for a request with `store`: sent again within {settings.KEEP_DAYS['request']} "
                "days, the first answer comes again, to the byte. With another body: 409."
            ),
        ),
        OpenApiParameter(
            "Location",
            {"type": "string", "format": "uri-reference"},
            location=OpenApiParameter.HEADER,
            description="Where the stored answer is read.",
            response=[201],
        ),
    ],
    responses={
        200: OpenApiResponse(MatchAnswer, "Scored; nothing is stored.", [_answers("Answer", ANSWER)]),
        201: OpenApiResponse(
            StoredMatch,
            "Stored; scored already, or to be scored.",
            [_answers("Scored", STORED), _answers("Queued", QUEUED)],
        ),
    },
)
match_read_schema = extend_schema(
    operation_id="matches_read",
    summary="Read a stored answer",
    description="One's own alone: another's is not found. Nothing is scored again.",
    tags=["matches"],
    responses={
        200: OpenApiResponse(
            StoredMatch,
            "The answer, or why there will be none.",
            [_answers("Scored", STORED), _answers("Failed", FAILED)],
        ),
        202: OpenApiResponse(MatchState, "Not scored yet: ask again.", [_answers("Queued", QUEUED)]),
    },
)
