"""Problems as each operation of the API tells them, where they differ from one operation to the next.

What is the same everywhere (a bad key, a spent rate, a part that is down) is shown once for all of them. A
test provokes each of these and holds the answer to what is shown here.
"""

import copy
import re
from typing import Any

from smartpick.api_problems import PROBLEMS

DIFFER = (400, 403, 404, 409, 413, 415, 422)
Errors = list[dict[str, str]]

IDS = {
    "program_id": "sp99999",
    "token": "kq3Zt0yW4vJm8sXc1nRb5Q",
}
SOME_ID = "7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11"
NOT_JSON = "The body is not JSON: unexpected end of data: line 1 column 14 (char 13)."
TOLD: dict[tuple[str, int], tuple[str, Errors]] = {
    ("cohorts_create", 400): ("The body breaks off before the end of its JSON list.", []),
    ("cohorts_create", 413): ("One cohort takes at most 200 MB.", []),
    ("cohorts_create", 415): (
        "A cohort is sent as one of: application/json, application/jsonl, application/x-ndjson, text/csv.",
        [],
    ),
    ("cohorts_create", 422): (
        "One member is not valid.",
        [
            {
                "pointer": "/reference",
                "code": "required",
                "detail": "There is no column “reference”, for your own ids.",
            }
        ],
    ),
    ("webhooks_create", 422): (
        "One member is not valid.",
        [{"pointer": "/url", "code": "invalid_url", "detail": "It has to begin with https://."}],
    ),
}


def problem_shown(path: str, operation: dict[str, Any], status: int) -> dict[str, Any]:
    """The example of one problem of one operation."""
    example = copy.deepcopy(PROBLEMS[status].example)
    example["instance"] = re.sub(r"\{(\w+)\}", lambda found: IDS.get(found[1], SOME_ID), path)
    name = operation["operationId"]
    if (name, status) in TOLD:
        detail, errors = TOLD[name, status]
    elif status == 400:
        detail, errors = _malformed(operation)
    elif status == 403 and "x-scope" in operation:
        detail, errors = f"This key lacks the scope {operation['x-scope']}.", []
    elif status == 403:
        detail, errors = "This key may not be used from this network.", []
    else:
        return example
    example["detail"] = detail
    example.pop("errors", None)
    return {**example, "errors": errors} if errors else example


def _malformed(operation: dict[str, Any]) -> tuple[str, Errors]:
    """A body that is not JSON; a page size out of range; a parameter where none is taken."""
    if "requestBody" in operation:
        return NOT_JSON, []
    names = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    if "page_size" in names:
        shown = PROBLEMS[400].example
        return shown["detail"], shown["errors"]
    if names:
        detail = f"There is no parameter of this name; known are {', '.join(sorted(names))}."
    else:
        detail = "There is no parameter of this name; none is taken here."
    fault = {"pointer": "/page", "in": "query", "code": "unknown", "detail": detail}
    return "A query parameter is not valid.", [fault]
