"""Each problem that differs from one operation to the next is provoked, and answered as its example shows."""

import json
from typing import Any

import pytest
from django.test import Client

from matching.models.api_key import SCOPES
from smartpick.api_problem_examples import DIFFER
from tests.api.bodies import changed
from tests.api.conftest import KeyMaker, problem_of
from tests.api.test_contract import ALL, Operation, each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

VALID = {
    "matches_create": changed(("/store", True)),
    "cohorts_create": [{"reference": "one", "profile": {}}],
    "webhooks_create": {"url": "https://office.example.org/smartpick/", "events": ["catalogue.changed"]},
}
OTHER: dict[str, Any] = {
    "matches_create": changed(("/store", True), ("/options/top", 30)),
    "cohorts_create": [{"reference": "two", "profile": {}}],
    "webhooks_create": {"url": "https://other.example.org/", "events": ["catalogue.changed"]},
}
INVALID: dict[str, Any] = {
    "matches_create": changed(
        ("/profile/step2ck/score", 301), ("/options/top", 10), ("/options/explain", 25)
    ),
    "cohorts_create": b"applicant_type\nus_img\n",
    "webhooks_create": {"url": "http://office.example.org/", "events": ["catalogue.changed"]},
}


def shown(operation: Operation, status: int) -> dict[str, Any]:
    content = operation.described["responses"][str(status)]["content"]["application/problem+json"]
    (example,) = content["examples"].values()
    value: dict[str, Any] = example["value"]
    return value


def is_as_shown(operation: Operation, status: int, response: Any) -> None:
    problem, example = problem_of(response, status), shown(operation, status)
    for member in ("type", "title", "status", "detail"):
        assert problem[member] == example[member], member
    assert problem.get("errors") == example.get("errors")


def having(status: int) -> list[Operation]:
    return [operation for operation in ALL if str(status) in operation.described["responses"]]


@pytest.fixture
def key(key_headers: KeyMaker) -> dict[str, str]:
    return key_headers(scopes=list(SCOPES), rate="1000/s")


def test_problems_each_operation_has_an_example_at_its_own_address() -> None:
    for operation in ALL:
        for status in DIFFER:
            if str(status) in operation.described["responses"]:
                address = shown(operation, status)["instance"]
                assert address.startswith(operation.path.split("{")[0]), operation
                assert "{" not in address


@each(having(403))
def test_problems_403(client: Client, operation: Operation, key_headers: KeyMaker) -> None:
    scopes = [scope for scope in SCOPES if scope != operation.scope][:1]
    networks = [] if operation.scope else ["192.0.2.0/24"]

    is_as_shown(operation, 403, operation.sent(client, headers=key_headers(scopes=scopes, networks=networks)))


@each([operation for operation in having(404) if operation.needs_key])
def test_problems_404(client: Client, operation: Operation, key: dict[str, str]) -> None:
    is_as_shown(operation, 404, operation.sent(client, headers=key))


def test_problems_404_of_a_program(client: Client) -> None:
    (operation,) = [operation for operation in ALL if str(operation) == "programs_read"]

    response = client.get("/api/v1/programs/sp99999/")

    is_as_shown(operation, 404, response)
    assert response.json()["instance"] == shown(operation, 404)["instance"]


@each([operation for operation in ALL if "errors" in shown(operation, 400)])
def test_problems_400_of_a_query(client: Client, operation: Operation, key: dict[str, str]) -> None:
    if operation.needs_key and "{" in operation.path:
        return  # another's object is not found, whatever else is asked: tested where there is one
    query = {"page_size": "0"} if "page_size" in str(shown(operation, 400)["errors"]) else {"page": "2"}

    is_as_shown(operation, 400, client.get(operation.url, query, headers=key))


@each([operation for operation in ALL if "requestBody" in operation.described])
def test_problems_of_a_body(client: Client, operation: Operation, key: dict[str, str]) -> None:
    def answer(data: Any, **more: Any) -> Any:
        raw = data if isinstance(data, bytes) else json.dumps(data)
        headers = {**key, **more.pop("headers", {})}
        return operation.sent(client, headers=headers, data=raw, **more)

    is_as_shown(operation, 400, answer(b'[{"profile": '))
    is_as_shown(operation, 415, answer(b"{}", content_type="text/plain"))
    columns = {"content_type": "text/csv"} if str(operation) == "cohorts_create" else {}
    is_as_shown(operation, 422, answer(INVALID[str(operation)], **columns))
    if "409" in operation.described["responses"]:
        name = {"idempotency-key": f"of-{operation}"}
        assert answer(VALID[str(operation)], headers=name).status_code in (200, 201, 202)
        is_as_shown(operation, 409, answer(OTHER[str(operation)], headers=name))
    is_as_shown(operation, 413, answer(b"[]", CONTENT_LENGTH=str(1024**3)))
