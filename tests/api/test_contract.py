"""The contract of the partner API by its sentences: what holds for every operation, and the match answer.

Each operation is taken from the OpenAPI document, so that a new one is held to the same without a line here.
What single filters, cohorts, webhooks and the sandbox do is tested beside them.
"""

import functools
import gzip
import inspect
import json
import math
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from matching.models.api_key import SCOPES
from smartpick.api_docs import openapi_document
from tests.api.bodies import GOOD, changed
from tests.api.conftest import KeyMaker, problem_of, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

NOBODYS = "7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11"


class Operation(NamedTuple):
    method: str
    path: str
    described: dict[str, Any]

    def __str__(self) -> str:
        return str(self.described["operationId"])

    @property
    def url(self) -> str:
        """With an id that exists, for a program, and one that nobody's object has."""
        return re.sub(r"\{\w+\}", NOBODYS, self.path.replace("{program_id}", "sp00001"))

    @property
    def needs_key(self) -> bool:
        return {} not in self.described["security"]

    @property
    def scope(self) -> str | None:
        found = re.search(r"Scope of a key: `([\w:]+)`", self.described.get("description", ""))
        return found[1] if found else None

    def sent(self, client: Client, **more: Any) -> Any:
        headers = {"accept": "*/*", **more.pop("headers", {})}
        body = {"data": "[]", "content_type": "application/json"} if "requestBody" in self.described else {}
        return getattr(client, self.method)(self.url, headers=headers, **{**body, **more})


def operations() -> Iterator[Operation]:
    for path, methods in openapi_document()["paths"].items():
        for method, described in methods.items():
            yield Operation(method, path, described)


ALL = list(operations())
READS = [operation for operation in ALL if operation.method == "get"]
FREE_READS = [operation for operation in READS if not operation.needs_key]
WRITES = [operation for operation in ALL if "requestBody" in operation.described]
WITH_IDS = [operation for operation in ALL if "{" in operation.path]


def each(operations: list[Operation]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Runs a test for each of the operations over one catalogue; a failure says for which."""

    def looped(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def loop(**fixtures: Any) -> None:
            for operation in operations:
                try:
                    test(operation=operation, **fixtures)
                except BaseException as error:
                    error.add_note(f"Operation: {operation}")
                    raise

        asked = inspect.signature(test)
        taken = [one for name, one in asked.parameters.items() if name != "operation"]
        loop.__signature__ = asked.replace(parameters=taken)  # type: ignore[attr-defined]
        return loop

    return looped


every = each(ALL)


@pytest.fixture
def all_scopes(key_headers: KeyMaker) -> dict[str, str]:
    return key_headers(scopes=list(SCOPES), rate="1000/s")


# Auth


@every
def test_auth_a_bad_key_is_401_with_the_scheme_wanted(client: Client, operation: Operation) -> None:
    cache.clear()  # wrong keys are counted by address
    for sent in ("Api-Key nonsense", f"Api-Key {'a' * 8}.{'b' * 32}", "Bearer x"):
        response = operation.sent(client, headers={"authorization": sent})

        problem_of(response, 401)
        assert response["WWW-Authenticate"].startswith("Api-Key")


@every
def test_auth_no_key_is_401_where_one_is_needed(client: Client, operation: Operation) -> None:
    response = operation.sent(client)

    if operation.needs_key:
        problem_of(response, 401)
        assert response["WWW-Authenticate"].startswith("Api-Key")
    else:
        assert response.status_code in (200, 422)


def test_auth_a_key_without_the_scope_is_403(client: Client, key_headers: KeyMaker) -> None:
    keys = {scope: key_headers(name=scope, scopes=[scope], rate="1000/s") for scope in SCOPES}
    for operation in ALL:
        for scope, headers in keys.items():
            status = operation.sent(client, headers=headers).status_code
            assert (status == 403) is (operation.scope not in (None, scope)), (str(operation), scope)


def test_auth_programs_and_one_match_work_without_a_key() -> None:
    free = {str(operation) for operation in ALL if not operation.needs_key}

    assert {"programs_list", "programs_read", "specialties_list", "rings_list", "matches_create"} <= free
    assert site_settings.API_ANONYMOUS_RATES.keys() == {"programs:read", "match"}


# Errors


@each([o for o in WITH_IDS if o.needs_key])
def test_errors_unknown_is_404_never_403(
    client: Client, operation: Operation, all_scopes: dict[str, str]
) -> None:
    problem_of(operation.sent(client, headers=all_scopes), 404)


@every
def test_errors_405_names_what_is_allowed(
    client: Client, operation: Operation, all_scopes: dict[str, str]
) -> None:
    path, url = operation.path, operation.url
    described = {other.method for other in ALL if other.path == path}
    for method in {"get", "post", "put", "patch", "delete", "options", "trace"} - described:
        response = getattr(client, method)(url, headers=all_scopes)
        if response.status_code == 404 and "{" in path:
            continue  # what is not there is allowed nothing
        problem_of(response, 405)
        allowed = {name.lower() for name in response["Allow"].split(", ")}
        assert allowed - {"head"} == described


@each([o for o in READS if "results" not in o.path])
def test_errors_406_where_nothing_acceptable_is_there(
    client: Client, operation: Operation, all_scopes: dict[str, str]
) -> None:
    for accept in ("text/html", "image/png", "nonsense"):
        problem_of(operation.sent(client, headers={**all_scopes, "accept": accept}), 406)


@each(WRITES)
def test_errors_413_415_400_422_of_a_body(
    client: Client, operation: Operation, all_scopes: dict[str, str], settings: Settings
) -> None:
    settings.COHORT_MAX_MB = 1
    before = row_counts()
    large = b'[{"a": "' + b"x" * (1024 * 1024) + b'"}]'

    problem_of(operation.sent(client, headers=all_scopes, data=large), 413)
    problem_of(operation.sent(client, headers=all_scopes, content_type="text/plain"), 415)
    for raw in (b"[{", b'{"a": 1, "a": 2}', b"\xff", b"NaN"):
        assert operation.sent(client, headers=all_scopes, data=raw).status_code in (400, 422)
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} <= {"matching.ApiKey"}


def test_errors_nothing_here_is_a_404(client: Client) -> None:
    paths = ["", "nothing/", "programs", "programs/sp00001", "matches", "schema", "a/../b/"]
    for path in paths:
        for method in ("get", "post", "delete", "options"):
            problem_of(getattr(client, method)(f"/api/v1/{path}"), 404)


@every
def test_errors_unknown_query_parameters_are_refused_where_any_are_read(
    client: Client, operation: Operation, all_scopes: dict[str, str]
) -> None:
    """A misspelt filter must not be ignored in silence."""
    if operation.method != "get" or "{" in operation.path.replace("{program_id}", ""):
        return  # reads one object by its id
    url = f"{operation.url}?unheard_of=1"

    problem = problem_of(client.get(url, headers=all_scopes), 400)

    assert ("/unheard_of", "query") in {(fault["pointer"], fault["in"]) for fault in problem["errors"]}


def test_errors_every_fault_is_listed_at_once(client: Client) -> None:
    body = changed(("/profile/step2ck/score", 301), ("/options/top", 0), ("/extra", 1), ("/profile/x", None))

    problem = problem_of(client.post("/api/v1/matches/", json.dumps(body), "application/json"), 422)

    faults = {fault["pointer"]: fault["code"] for fault in problem["errors"]}
    assert {"/profile/step2ck/score": "max_value", "/options/top": "min_value"}.items() <= faults.items()
    assert {"/extra", "/profile/x"} <= faults.keys()
    assert all(fault["detail"] for fault in problem["errors"])


# Every answer


@every
def test_answers_carry_a_request_id(client: Client, operation: Operation) -> None:
    echoed = operation.sent(client, headers={"x-request-id": "partner-7.3_b"})
    replaced = operation.sent(client, headers={"x-request-id": "not sane; " + "x" * 10_000})

    assert echoed["X-Request-Id"] == "partner-7.3_b"
    assert re.fullmatch("[0-9a-f]{32}", replaced["X-Request-Id"])


@every
def test_answers_carry_limits(client: Client, operation: Operation, all_scopes: dict[str, str]) -> None:
    response = operation.sent(client, headers=all_scopes)

    assert response["RateLimit-Limit"] == "1000"
    assert 0 <= int(response["RateLimit-Remaining"]) < 1000
    assert 1 <= int(response["RateLimit-Reset"]) <= 2


@every
def test_answers_past_the_limit_are_429_with_when_to_come_back(
    client: Client, operation: Operation, key_headers: KeyMaker
) -> None:
    headers = key_headers(scopes=list(SCOPES), rate="1/day")
    operation.sent(client, headers=headers)

    response = operation.sent(client, headers=headers)

    problem_of(response, 429)
    assert int(response["Retry-After"]) >= 1
    assert response["RateLimit-Remaining"] == "0"


@each(FREE_READS)
def test_reads_carry_an_etag_that_answers_304(client: Client, operation: Operation) -> None:
    first = operation.sent(client)

    again = operation.sent(client, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@each(FREE_READS)
def test_reads_are_packed_for_who_takes_gzip(client: Client, operation: Operation) -> None:
    plain = operation.sent(client)

    packed = operation.sent(client, headers={"accept-encoding": "gzip"})

    if len(plain.content) > 200:
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert "Accept-Encoding" in packed["Vary"]


@each(FREE_READS)
def test_reads_answer_head_without_a_body(client: Client, operation: Operation) -> None:
    head = client.head(operation.url)

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == "application/json"


# Conventions


def test_lists_have_next_previous_results_and_a_page_size_from_1_to_200(client: Client) -> None:
    for operation in FREE_READS:
        if "{" in operation.path:
            continue
        assert operation.sent(client).json().keys() == {"next", "previous", "results"}
    for size, status in (("1", 200), ("200", 200), ("0", 400), ("201", 400), ("-1", 400), ("x", 400)):
        assert client.get(f"/api/v1/programs/?page_size={size}").status_code == status
    parameters = {
        one["name"]: one for one in openapi_document()["paths"]["/api/v1/programs/"]["get"]["parameters"]
    }
    assert parameters["page_size"]["schema"]["default"] == 25


def test_lists_refuse_a_cursor_beside_every_other_fault(client: Client) -> None:
    url = "/api/v1/programs/?cursor=made-up&page_size=0&ring=moon&page_size=1"

    problem = problem_of(client.get(url), 400)

    assert {fault["pointer"] for fault in problem["errors"]} == {"/cursor", "/page_size", "/ring"}


def test_a_program_is_found_by_id_and_by_either_code(client: Client) -> None:
    row = client.get("/api/v1/programs/sp00001/").json()

    assert row["id"] == "sp00001"
    assert {"acgme_id", "nrmp_code", "facts", "unknown", "tracks"} <= row.keys()
    assert client.get("/api/v1/programs/?code=no-such-code").json()["results"] == []


def test_unknown_members_are_refused_at_every_level(client: Client) -> None:
    for pointer in ("/x", "/profile/step2_ck", "/profile/step2ck/x", "/options/x", "/profile/experience/0/x"):
        response = client.post("/api/v1/matches/", json.dumps(changed((pointer, 1))), "application/json")
        problem = problem_of(response, 422)
        assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


# One applicant. Members as the contract's example has them: a name ending in "?" may be null there.

ANSWER: dict[str, Any] = {
    "id?": str, "model_version": str, "data_version": str, "season": str, "created_at": str,
    "validation": {"status": str, "report": str},
    "summary": {
        "interviews": {"expected": float, "p10": int, "p50": int, "p90": int, "none": float,
                       "histogram": [float]},
        "match": {"probability": float, "low?": float, "high?": float},
        "tiers": {"safety": int, "target": int, "reach": int}, "no_true_safety": bool,
        "scopes": [{"scope": str, "applications": int, "cost_usd": int, "match": {"probability": float},
                    "interviews": {"expected": float, "none": float}}],
        "list_by_ring": {"los-angeles": int, "california": int, "west-coast": int, "national": int},
        "p_los_angeles": float, "applications": int, "cost_usd": int,
        "stop_line?": {"applications": int, "reason": str},
        "ask_first": [{"program": {"id": str}, "fact": str, "why": str, "gain": float}],
        "balance?": {"grade": str, "findings": [{"code": str, "detail": str}]},
    },
    "list": [{
        "rank": int, "tier": str, "selected": bool, "signal?": str, "base?": float, "fit?": int,
        "program": {
            "id": str, "program_key": str, "acgme_id?": str, "nrmp_code?": str, "listing_status": str,
            "name": str, "specialty": str, "track": str, "institution": str, "city?": str, "state": str,
            "ring": str, "program_type?": str, "safety_net?": bool,
        },
        "interview": {"probability?": float, "low?": float, "high?": float},
        "match_if_interviewed?": float, "confidence": str, "abstained": bool,
        "gates": [{"gate": str, "verdict": str, "strictness": str, "required?": object, "yours?": object,
                   "fact": {"id?": int, "field": str}}],
        "factors": [{"factor": str, "label": str, "contribution": float, "basis": dict}],
        "flips": [{"action": str, "tier": str, "interview": float}],
    }],
    "screened_out": [{"program": {"id": str}, "gates": [{"gate": str, "verdict": str}], "saves_usd": int}],
    "advice": [{"code": str, "detail": str, "source": str}],
}  # fmt: skip


def holds(wanted: Any, value: Any, at: str = "") -> None:
    if isinstance(wanted, dict):
        for name, inner in wanted.items():
            member = name.removesuffix("?")
            assert member in value, f"{at}/{member}"
            if value[member] is not None or not name.endswith("?"):
                holds(inner, value[member], f"{at}/{member}")
    elif isinstance(wanted, list):
        for place, inner in enumerate(value):
            holds(wanted[0], inner, f"{at}/{place}")
    elif wanted is float:
        assert isinstance(value, int | float), at
        assert not isinstance(value, bool), at
    else:
        assert isinstance(value, wanted), (at, value)


def asked(client: Client, body: Any = GOOD, **headers: str) -> Any:
    return client.post("/api/v1/matches/", json.dumps(body), "application/json", headers=headers)


def test_match_has_every_member_of_the_contract(client: Client) -> None:
    answer = asked(client).json()

    holds(ANSWER, answer)
    assert answer["list"]
    assert {scope["scope"] for scope in answer["summary"]["scopes"]} == set(GOOD["options"]["rings"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", answer["created_at"])


def test_match_lists_the_recommended_first_and_no_more_than_asked(client: Client) -> None:
    body = changed(("/options/max_applications", 2), ("/options/top", 4), ("/options/explain", 3))

    rows = asked(client, body).json()["list"]

    chosen = [row["selected"] for row in rows]
    assert chosen == sorted(chosen, reverse=True)
    assert sum(chosen) <= 2
    assert len(rows) <= 4
    for row in rows:
        assert ("factors" in row and "gates" in row) is (row["rank"] <= 3), row["rank"]


def test_match_stores_nothing_unless_told_to(client: Client, all_scopes: dict[str, str]) -> None:
    before = row_counts()

    assert asked(client).status_code == 200
    assert row_counts() == before
    problem_of(asked(client, {**GOOD, "store": True}), 401)
    assert row_counts() == before

    stored = asked(client, {**GOOD, "store": True}, **all_scopes)
    assert stored.status_code == 201
    assert stored["Location"] == f"/api/v1/matches/{stored.json()['id']}/"
    assert uuid.UUID(stored.json()["id"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    applicant=st.sampled_from(["us_img", "non_us_img", "us_md", "us_do", None]),
    year=st.integers(2005, 2027) | st.none(),
    score=st.integers(215, 290) | st.none(),
    attempts=st.integers(1, 4),
    most=st.sampled_from([0, 1, 3, 80]),
    weight=st.none() | st.floats(0, 1),
)
def test_match_is_the_same_bytes_each_time_and_adds_up(
    client: Client,
    applicant: str | None,
    year: int | None,
    score: int | None,
    attempts: int,
    most: int,
    weight: float | None,
) -> None:
    """Of every row, to 1e-6: `base` and all contributions make the log-odds of `interview.probability`."""
    cache.clear()
    body = changed(
        ("/profile/applicant_type", applicant),
        ("/profile/graduation_year", year),
        ("/profile/step2ck/score", score),
        ("/profile/step2ck/attempts", attempts),
        ("/profile/medical_school", None),
        ("/profile/ecfmg_certified", None),
        ("/options/max_applications", most),
        ("/options/la_weight", weight),
    )
    answers = [asked(client, body) for _ in range(2)]

    first, second = (re.sub(rb'"created_at":"[^"]*"', b"", answer.content) for answer in answers)
    assert answers[0].status_code == 200, answers[0].content
    assert first == second
    for row in answers[0].json()["list"]:
        p = row["interview"]["probability"]
        total = row["base"] + sum(factor["contribution"] for factor in row["factors"])
        assert abs(total - math.log(p / (1 - p))) <= 1e-6, row["program"]["id"]
        assert sum(factor["factor"] == "averaging" for factor in row["factors"]) <= 1


def test_match_refuses_a_name_that_is_none_also_where_nothing_is_stored(client: Client) -> None:
    for name in ("has space", "", "x" * 256, "\u00e9"):
        for more in ({}, {"x-sandbox": "low-score"}):
            problem_of(asked(client, **{"idempotency-key": name}, **more), 400)
    assert asked(client, **{"idempotency-key": "x" * 255}).status_code == 200


def test_match_la_weight_follows_the_wish(client: Client) -> None:
    """Null means 0 unless Los Angeles is stated as a wish; wishes never feed the odds."""
    wished = asked(client).json()["list"]
    unwished = asked(client, changed(("/profile/wishes/ring", None))).json()["list"]

    def odds(rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {row["program"]["id"]: row["base"] for row in rows}

    assert odds(wished) == odds(unwished)
    assert asked(client, changed(("/options/la_weight", 0.0))).status_code == 200
    assert asked(client, changed(("/options/la_weight", None))).status_code == 200
