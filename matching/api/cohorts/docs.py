"""What the OpenAPI document says of the cohort operations."""

from typing import Any, Literal

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
)
from rest_framework.settings import api_settings

from matching.api.cohorts import answer, examples
from matching.api.sandbox.docs import error_parameter
from matching.cohorts.columns import COLUMNS
from programs.api_schema import list_of, paging_parameters

_PAGINATOR: Any = api_settings.DEFAULT_PAGINATION_CLASS
HEADER: Literal["header"] = "header"
TEXT: dict[str, Any] = {"type": "string"}
CSV: dict[str, Any] = {"type": "string", "contentMediaType": "text/csv"}
TAG = ["cohorts"]
JSONL = ("application/jsonl", "application/x-ndjson")
AFTER = OpenApiParameter(
    "after",
    {"type": "integer", "minimum": 0, "maximum": 999_999, "default": 0},
    description="The last line you have: what follows is answered. For streams alone, not for pages.",
)
STATE = OpenApiParameter(
    "X-Cohort-State",
    TEXT,
    location=HEADER,
    description="When the answer was begun: `queued` or `running` means that more will follow.",
    response=[200],
)
VERSIONS = [
    OpenApiParameter(
        f"X-{what}-Version", TEXT, location=HEADER, description=f"Version of the {about}.", response=[200]
    )
    for what, about in (("Model", "model it was scored by"), ("Data", "catalogue it was scored over"))
]
RETRY = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1},
    location=HEADER,
    description="Seconds after which to ask again, while it is in work.",
    response=[200],
)


def page_of(component: str) -> dict[str, Any]:
    schema: dict[str, Any] = _PAGINATOR().get_paginated_response_schema(
        list_of({"$ref": f"#/components/schemas/{component}"})
    )
    return schema


def shown(name: str, value: object) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True)


def sent(schema: object, name: str, value: object) -> OpenApiRequest:
    return OpenApiRequest(schema, examples=[OpenApiExample(name, value=value, request_only=True)])


def columns_told() -> str:
    """The one table of columns in words."""
    told = (
        f"- `{one.name}`: {one.meaning.rstrip('.') or one.name}. Values: {one.values}."
        + (f" For example `{one.example}`." if one.example else "")
        for one in COLUMNS
    )
    return "CSV in UTF-8 with commas, one applicant a row. An empty cell is not known.\n\n" + "\n".join(told)


cohorts_create_schema = extend_schema(
    operation_id="cohorts_create",
    summary="Send many applicants",
    description=(
        "Up to 50,000 applicants at once, as a JSON list, as JSON lines or as CSV with the columns below; "
        "`Content-Encoding: gzip` is taken. The whole body is read before the answer; scoring begins "
        "afterwards. A line that is not valid is reported by its number and does not sink the rest; a body "
        "that is not of its form, or too large, is refused and nothing of it is kept.\n\n"
        "Each line says by its own `options` how deep it goes: with `max_applications` 0, the default, the "
        "odds at the best `top` tracks; with more the recommended list as well, about ten times the work. "
        "One applicant in a cohort and the same one at `matches/` get the same numbers.\n\n"
        "On a slow line send it packed with gzip, a tenth of the size: a proxy in front of the site takes "
        "the upload in before it is passed on, and waits as long as it is set to.\n\n" + columns_told()
    ),
    tags=TAG,
    request={
        "application/json": sent(answer.CohortLines, "A class", examples.LINES),
        **{kind: sent(answer.CohortLinesText, "A class", examples.JSONL) for kind in JSONL},
        "text/csv": sent(CSV, "A class", examples.CSV),
    },
    parameters=[
        OpenApiParameter(
            "Idempotency-Key",
            {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
            location=HEADER,
            description="Your name for this upload: sent again with the same body, the first answer comes "
            "again and nothing is scored twice.",
        ),
        OpenApiParameter(
            "Content-Encoding", {"type": "string", "enum": ["identity", "gzip"]}, location=HEADER
        ),
        OpenApiParameter(
            "Location",
            {"type": "string", "format": "uri-reference"},
            location=HEADER,
            description="Where to follow it.",
            response=[202],
        ),
        error_parameter,
    ],
    responses={
        202: OpenApiResponse(answer.Cohort, "Taken in, to be scored.", [shown("Queued", examples.QUEUED)])
    },
)
cohorts_list_schema = extend_schema(
    operation_id="cohorts_list",
    summary="List your cohorts",
    description="Newest first, until they are erased.",
    tags=TAG,
    parameters=paging_parameters(),
    responses={
        200: OpenApiResponse(page_of("Cohort"), "A page of them.", [shown("Cohorts", examples.COHORTS)])
    },
)
cohorts_read_schema = extend_schema(
    operation_id="cohorts_read",
    summary="Follow a cohort",
    description="Cheap to ask often: with `If-None-Match` 304 says that nothing has changed.",
    tags=TAG,
    parameters=[RETRY],
    responses={
        200: OpenApiResponse(
            answer.Cohort,
            "How far it is.",
            [
                shown("Running", examples.RUNNING),
                shown("Done", examples.DONE),
                shown("Failed", examples.FAILED),
                shown("Cancelled", examples.CANCELLED),
            ],
        )
    },
)
cohorts_cancel_schema = extend_schema(
    operation_id="cohorts_cancel",
    summary="Cancel and erase a cohort",
    description=(
        "At any time, and again. What was sent and what was scored is deleted at once; that it was there, "
        "and was cancelled, can be read until `erased_at`."
    ),
    tags=TAG,
    responses={204: OpenApiResponse(None, "Gone.")},
)
cohorts_results_schema = extend_schema(
    operation_id="cohorts_results",
    summary="Stream the results",
    description=(
        "In the order of the lines; of a cohort in work as far as everything before is scored. To go on, ask "
        "with `after` set to the last line you have. Of a cohort that failed, what was scored before. CSV "
        "has a row for each applicant and track. An answer that breaks off was cancelled meanwhile."
    ),
    tags=TAG,
    parameters=[AFTER, STATE, *VERSIONS],
    responses={
        **{
            (200, kind): OpenApiResponse(
                answer.CohortResultsText, "A line for each.", [shown("Results", examples.RESULTS)]
            )
            for kind in JSONL
        },
        (200, "text/csv"): OpenApiResponse(CSV, "A line for each.", [shown("Results", examples.RESULTS_CSV)]),
    },
)
cohorts_errors_schema = extend_schema(
    operation_id="cohorts_errors",
    summary="Read the lines that were rejected",
    description=(
        "Pages of a list as JSON, the default; or all of them as a stream, as results are. CSV has a row for "
        "each fault."
    ),
    tags=TAG,
    parameters=[AFTER, *paging_parameters(), STATE, *VERSIONS],
    responses={
        (200, "application/json"): OpenApiResponse(
            answer.CohortErrorsPage, "By line.", [shown("Errors", examples.ERRORS_PAGE)]
        ),
        **{
            (200, kind): OpenApiResponse(
                answer.CohortErrorsText, "By line.", [shown("Errors", examples.ERRORS)]
            )
            for kind in JSONL
        },
        (200, "text/csv"): OpenApiResponse(CSV, "By line.", [shown("Errors", examples.ERRORS_CSV)]),
    },
)
