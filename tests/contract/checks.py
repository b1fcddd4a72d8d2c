"""What schemathesis cannot know of the API, as checks of every answer."""

import json
from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response

# Refused though the schema allows it, as no schema can say it: status, code of the fault and end of its pointer
# ("" for any). A fault elsewhere, or with another code, is one that the schema should have told.
UNSAID = (
    (400, "choice", "/specialty"),  # slugs are data: GET specialties/ lists them
    (400, "cursor", "/cursor"),  # signed: only one that an answer gave is good
    (400, "date", "/updated_since"),  # a day before the first year once it is told in UTC
    (400, "The address holds a NUL character.", ""),
    (422, "impossible", ""),  # members that contradict each other
    (422, "duplicate", ""),
    (422, "invalid_choice", ""),  # a program or specialty that the catalogue does not know
    (422, "min_value", "/attempts"),  # 0 goes only with an exam not taken
    (422, "min_value", "/taken"),  # before the exam began
    (422, "max_value", "/taken"),  # after today
    (422, "max_value", "/graduation_year"),  # after the season
    (422, "max_value", "/explain"),  # more than `top`
    (422, "too_long", "/must_include"),  # more than `max_applications`
    (422, "invalid_type", ""),  # 3.0 is whole for JSON Schema and written with decimals for us
)


@schemathesis.check
def refused_for_a_cause(ctx: CheckContext, response: Response, case: Case) -> None:
    """A request the schema allows is refused only for what no schema can say."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code not in {status for status, _, _ in UNSAID}:
        return
    problem = json.loads(response.content)
    for fault in problem.get("errors", [{"pointer": "", "code": problem["detail"]}]):
        assert any(
            (status, code) == (response.status_code, fault["code"]) and fault["pointer"].endswith(end)
            for status, code, end in UNSAID
        ), f"Not said in the schema: {fault}"
        assert fault["code"] != "invalid_type" or "decimals" in fault["detail"], fault


@schemathesis.check
def down_only_when_asked(ctx: CheckContext, response: Response, case: Case) -> None:
    """A 503 comes where the sandbox was asked for one, and else never."""
    asked = str((case.headers or {}).get("X-Sandbox-Error", ""))
    assert response.status_code < 500 or asked == str(response.status_code), "a 503 nobody asked for"


@schemathesis.check
def every_answer_is_marked(ctx: CheckContext, response: Response, case: Case) -> None:
    """Every answer carries a request id, and every refusal is a problem that names the same one."""
    (request_id,) = response.headers["x-request-id"]
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
        problem: dict[str, Any] = json.loads(response.content)
        assert problem["request_id"] == request_id
        assert problem["status"] == response.status_code
