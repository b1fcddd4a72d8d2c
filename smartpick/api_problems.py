"""The problems the API answers with, each described and shown by example; for the OpenAPI document."""

from http import HTTPStatus
from typing import Any, NamedTuple

STRING = {"type": "string"}
FAULT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["pointer", "code", "detail"],
    "properties": {
        "pointer": {**STRING, "description": "JSON pointer into the body, or into the query parameters."},
        "in": {
            **STRING,
            "enum": ["query"],
            "description": "Said where the pointer is into the query parameters.",
        },
        "code": {**STRING, "description": "Stable, for programs."},
        "detail": {**STRING, "description": "For people."},
    },
}
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457.",
    "additionalProperties": False,
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {**STRING, "format": "uri-reference", "const": "about:blank"},
        "title": STRING,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": STRING,
        "instance": {**STRING, "format": "uri-reference", "description": "Path of the request."},
        "request_id": STRING,
        "errors": {"type": "array", "description": "Every fault at once.", "items": FAULT_SCHEMA},
    },
}
RETRY = {"Retry-After": {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer"}}}
CHALLENGE = {"WWW-Authenticate": {"description": "The scheme wanted.", "required": True, "schema": STRING}}
LIMITS = {
    name: {"description": description, "schema": {"type": "integer"}}
    for name, description in (
        ("RateLimit-Limit", "Requests a period."),
        ("RateLimit-Remaining", "Requests left in this period."),
        ("RateLimit-Reset", "Seconds until the next period."),
    )
}


class Problem(NamedTuple):
    name: str
    description: str
    example: dict[str, Any]
    headers: dict[str, Any]


def _problem(
    status: int,
    description: str,
    detail: str,
    *,
    path: str = "/api/v1/matches/",
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, Any] | None = None,
) -> Problem:
    phrase = HTTPStatus(status).phrase
    example: dict[str, Any] = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "detail": detail,
        "instance": path,
        "request_id": "3f6e0d6f9f7b4c0f8a5d7c1be2a94d10",
    }
    if errors:
        example["errors"] = errors
    return Problem(phrase.replace(" ", "").replace("-", ""), description, example, headers or {})


PROBLEMS: dict[int, Problem] = {
    400: _problem(
        400,
        "Malformed: the body is not JSON, or a query parameter is not valid (then `errors` lists it).",
        "A query parameter is not valid.",
        path="/api/v1/programs/",
        errors=[
            {
                "pointer": "/page_size",
                "in": "query",
                "code": "page_size",
                "detail": "A whole number from 1 to 200.",
            }
        ],
    ),
    401: _problem(
        401, "No key where one is needed, or a bad one.", "This key has expired.", headers=CHALLENGE
    ),
    403: _problem(
        403, "The key lacks the scope, or is used from elsewhere.", "This key lacks the scope match."
    ),
    404: _problem(
        404,
        "Unknown, or not yours.",
        "There is nothing here, or it is not yours.",
        path="/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/",
    ),
    406: _problem(
        406,
        "JSON is all there is.",
        "Could not satisfy the request Accept header.",
        path="/api/v1/specialties/",
    ),
    409: _problem(
        409,
        "The Idempotency-Key was used for something else.",
        "This Idempotency-Key came with another body.",
    ),
    413: _problem(413, "The body is too large.", "The body may have at most 262144 bytes."),
    415: _problem(
        415, "The body is not application/json.", 'Unsupported media type "text/plain" in request.'
    ),
    422: _problem(
        422,
        "Well-formed but not valid; every fault is listed.",
        "2 members are not valid.",
        errors=[
            {
                "pointer": "/options/explain",
                "code": "max_value",
                "detail": "No more rows than `top` (10) can be explained.",
            },
            {
                "pointer": "/profile/step2ck/score",
                "code": "max_value",
                "detail": "Step 2 CK score must be 300 or less. USMLE scores run from 1 to 300.",
            },
        ],
    ),
    429: _problem(
        429,
        "Too many requests.",
        "Request was throttled. Expected available in 12 seconds.",
        headers={**RETRY, **LIMITS},
    ),
    503: _problem(
        503,
        "A part it needs is down.",
        "A part this needs is down; nothing was lost or stored. Try again.",
        headers=RETRY,
    ),
}
