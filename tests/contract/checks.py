"""What schemathesis cannot know of the API: checks of every answer, bodies of lines, names of requests."""

import json
from itertools import count
from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response, SerializationContext
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import UseAfterFree

_TURNS = count(1)
LINES = ("application/jsonl", "application/x-ndjson", "text/csv")

# Refused though the schema allows it, as no schema can say it: status, code of the fault or words of the
# detail, and the end of its pointer ("" for any). A fault elsewhere, or with another code, is one that the
# schema should have told.
UNSAID = (
    (400, "choice", "/specialty"),  # slugs are data: GET specialties/ lists them
    (400, "cursor", "/cursor"),  # signed: only one that an answer gave is good
    (400, "date", "/updated_since"),  # a day before the first year once it is told in UTC
    (400, "unknown", "/after"),  # of a stream, which only the Accept header tells from a page
    (400, "The address holds a NUL character.", ""),
    (400, "The body is not gzip, as its Content-Encoding says.", ""),
    (422, "required", "/profile"),  # a persona of the sandbox may stand for it
    (422, "impossible", ""),  # members that contradict each other
    (422, "duplicate", ""),
    (422, "invalid_choice", ""),  # a program or specialty that the catalogue does not know
    (422, "min_value", "/attempts"),  # 0 goes only with an exam not taken
    (422, "min_value", "/taken"),  # before the exam began
    (422, "max_value", "/taken"),  # after today
    (422, "max_value", "/graduation_year"),  # after the season
    (422, "max_value", "/explain"),  # more than `top`
    (422, "too_long", "/must_include"),  # more than `max_applications`
    (422, "invalid_url", "/url"),  # of a host that may not be told, as a private one
    (422, "too_many", "/url"),  # webhooks of this key
    (422, "missing_scope", ""),  # an event that the key may not hear of
    (422, "invalid_type", ""),  # 3.0 is whole for JSON Schema and written with decimals for us
)


@schemathesis.check
def refused_for_a_cause(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request the schema allows is refused only for what no schema can say."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code not in {status for status, _, _ in UNSAID}:
        return
    if case.media_type is not None and case.media_type != "application/json":
        return  # to the schema a body of lines is any text
    problem = json.loads(response.content)
    for fault in problem.get("errors", [{"pointer": "", "code": problem["detail"]}]):
        assert any(
            (status, code) == (response.status_code, fault["code"]) and fault["pointer"].endswith(end)
            for status, code, end in UNSAID
        ), f"Not said in the schema: {fault}"
        assert fault["code"] != "invalid_type" or "decimals" in fault["detail"], fault


@schemathesis.check
def forced_only_when_asked(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """With rates lifted a 429, and any 5xx, comes where the sandbox was asked for it and else never."""
    asked = str(dict(case.headers or {}).get("X-Sandbox-Error", ""))
    if response.status_code == 429 or response.status_code >= 500:
        assert asked == str(response.status_code), f"a {response.status_code} nobody asked for"


@schemathesis.check
def every_answer_is_marked(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Every answer carries a request id, and every refusal is a problem that names the same one."""
    (request_id,) = response.headers["x-request-id"]
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
        problem: dict[str, Any] = json.loads(response.content)
        assert problem["request_id"] == request_id
        assert problem["status"] == response.status_code


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def lines_sent(ctx: SerializationContext, value: Any) -> bytes:
    """Text as it is; anything else as one line of JSON."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Headers that would hide all else there is to be found, made rare: a name of a request that an earlier
    body has taken is a 409 whatever else is sent, and the sandbox forces errors before anything is read."""
    from applicants.personas import PERSONAS  # noqa: PLC0415
    from matching.api.idempotency import NAME  # noqa: PLC0415  (needs Django set up)
    from matching.api.sandbox.forced import FORCED  # noqa: PLC0415

    turn, headers = next(_TURNS), case.headers
    if not headers:
        return
    if turn % 4 and NAME.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = f"request-{turn}"
    if turn % 16 and headers.get("X-Sandbox-Error") in FORCED:
        del headers["X-Sandbox-Error"]
    if turn % 4 and headers.get("X-Sandbox") in {one.slug for one in PERSONAS}:
        del headers["X-Sandbox"]


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """False for what is as the contract has it: a line of a cohort that is not valid does not sink the rest.
    It is taken in, and rejected by its number. So is what is no line at all in a body of text. A cohort that
    was deleted says so until its time is over: it is its applicants that are gone."""
    if isinstance(failure, UseAfterFree) and response.status_code == 200:
        return bool(json.loads(response.content).get("state") != "cancelled")
    of_a_line = case.media_type in LINES or isinstance(case.body, list)
    taken_in = isinstance(failure, AcceptedNegativeData) and case.operation.label == "POST /api/v1/cohorts/"
    return not (taken_in and of_a_line and _only_body(case))


def _only_body(case: Case[Any]) -> bool:
    negated = {place for place in ParameterLocation if case.meta and case.meta.is_negative_at(place)}
    return negated <= {ParameterLocation.BODY}
