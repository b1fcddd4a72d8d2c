"""What the OpenAPI document says of shared lists."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from matching.api.docs import ANSWER
from matching.api.lists.answer import SharedListAnswer

_PROGRAM: dict[str, Any] = ANSWER["list"][0]["program"]
EXAMPLE: dict[str, Any] = {
    "name": "Los Angeles first",
    "shows": "all",
    "season": "2027",
    "changed_at": "2026-11-20T09:05:00Z",
    "expires_at": "2027-03-20T00:00:00Z",
    "data_version": ANSWER["data_version"],
    "model_version": ANSWER["model_version"],
    "approval": None,
    "applications": 1,
    "cost_usd": 11,
    "entries": [
        {
            "rank": 1,
            "program": _PROGRAM,
            "tier": "target",
            "signal": "gold",
            "interview": {"low": 0.072, "high": 0.213},
            "status": "plan",
        }
    ],
}
HIDING: dict[str, Any] = {
    **EXAMPLE,
    "shows": "list",
    "expires_at": None,
    **dict.fromkeys(("model_version", "applications", "cost_usd")),
    "entries": [
        {
            "rank": 1,
            "program": _PROGRAM,
            **dict.fromkeys(("tier", "signal", "interview", "status")),
        }
    ],
}

list_read_schema = extend_schema(
    operation_id="lists_read",
    summary="Read a list shared by private link",
    description=(
        "An applicant shares her list by a private link, `…/l/{token}/`. This is the same list, as far as "
        "that link shows it: what she chose not to show is null. A link that ended or was revoked is not "
        "found."
    ),
    tags=["lists"],
    parameters=[
        OpenApiParameter(
            "token",
            {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 64},
            location=OpenApiParameter.PATH,
            description="The part of the private link after `/l/`.",
        )
    ],
    responses={
        200: OpenApiResponse(
            SharedListAnswer,
            "The list as the link shows it.",
            [
                OpenApiExample("Everything is shown", value=EXAMPLE, response_only=True),
                OpenApiExample("The programs only", value=HIDING, response_only=True),
            ],
        )
    },
)
