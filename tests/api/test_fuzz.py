"""Whatever JSON comes in, the answer is one of the documented ones and nothing is stored."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pytest_django.fixtures import Settings

from smartpick.api_docs import openapi_document
from tests.api.bodies import GOOD, changed
from tests.api.conftest import row_counts
from tests.api.test_bad_bodies import every_pointer

pytestmark = pytest.mark.django_db

MATCHES = "/api/v1/matches/"
TEXT = st.text(max_size=12) | st.sampled_from(
    [
        "pass",
        "fail",
        "pending",
        "not_taken",
        "us_img",
        "us_do",
        "los-angeles",
        "CA",
        "internal-medicine",
        "sp00001",
    ]
)
NUMBERS = st.integers(-2, 400) | st.integers() | st.floats()
ANY = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
CHANGES = st.lists(st.tuples(st.sampled_from(every_pointer()), ANY), min_size=1, max_size=4)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def validators() -> dict[int, Draft202012Validator]:
    components = json.loads(json.dumps(openapi_document()["components"]))
    return {
        status: Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})
        for status, name in ((200, "MatchAnswer"), (400, "Problem"), (422, "Problem"))
    }


VALIDATORS = validators()


def check(client: Client, raw: bytes | str) -> Any:
    response = client.post(MATCHES, raw, "application/json")
    assert response.status_code in VALIDATORS, (raw, response.content)
    VALIDATORS[response.status_code].validate(response.json())
    assert (response.status_code == 422) is ("errors" in response.json())
    return response


@pytest.fixture(autouse=True)
def no_limit(settings: Settings) -> None:
    """Once a test: an override set by every example would nest a thousand deep."""
    settings.API_ANONYMOUS_RATES = {"match": "1000000/s"}


@pytest.fixture(autouse=True)
def nothing_stored(catalogue: list[str]) -> Iterator[None]:
    before = row_counts()
    yield
    assert row_counts() == before


@relaxed
@given(changes=CHANGES)
def test_matches_changed_request(client: Client, changes: list[tuple[str, Any]]) -> None:
    try:
        body = changed(*changes)
    except (TypeError, ValueError, LookupError, AttributeError):
        return  # an earlier change took away the place of a later one
    if isinstance(body.get("store"), bool):
        body["store"] = False  # True is another test's
    check(client, json.dumps(body))


@relaxed
@given(body=ANY)
def test_matches_any_json(client: Client, body: Any) -> None:
    check(client, json.dumps(body))


@relaxed
@given(raw=st.binary(max_size=200))
def test_matches_any_bytes(client: Client, raw: bytes) -> None:
    check(client, raw)


@relaxed
@given(data=st.data())
def test_matches_torn_request(client: Client, data: st.DataObject) -> None:
    """The good request with a piece cut out of its bytes."""
    raw = json.dumps(GOOD).encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))

    check(client, raw[:start] + raw[end:])
