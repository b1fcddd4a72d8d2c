"""How often who may ask: keys by their own rate, others by address, wrong keys by theirs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.api.conftest import KeyMaker, problem_of

pytestmark = pytest.mark.django_db

MATCHES = "/api/v1/matches/"
NOWHERE = "/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/"


def test_anonymous_rate(client: Client, settings: Settings, clock: list[float]) -> None:
    settings.API_ANONYMOUS_RATES = {"match": "3/min"}

    left = [client.post(MATCHES, b"[", "application/json") for _ in range(3)]
    refused = client.post(MATCHES, b"[", "application/json")

    assert [response["RateLimit-Remaining"] for response in left] == ["2", "1", "0"]
    assert {response["RateLimit-Limit"] for response in left} == {"3"}
    problem_of(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Remaining"] == "0"
    clock[0] += int(refused["Retry-After"])
    problem_of(client.post(MATCHES, b"[", "application/json"), 400)


def test_anonymous_rate_is_for_each_address(client: Client, settings: Settings, clock: list[float]) -> None:
    """An IPv6 host picks its address within its /64 as it likes: that is one caller."""
    settings.API_ANONYMOUS_RATES = {"match": "1/min"}

    def status(address: str) -> int:
        return client.post(MATCHES, b"[", "application/json", REMOTE_ADDR=address).status_code

    assert [status("192.0.2.1"), status("192.0.2.1"), status("192.0.2.2")] == [400, 429, 400]
    assert [status("2001:db8::1"), status("2001:db8::2"), status("2001:db8:0:1::1")] == [400, 429, 400]


def test_key_brings_its_own_rate(
    client: Client, key_headers: KeyMaker, settings: Settings, clock: list[float]
) -> None:
    settings.API_ANONYMOUS_RATES = {"match": "1/min"}
    one, two = key_headers(rate="2/hour"), key_headers(rate="2/hour")

    statuses = [client.get(NOWHERE, headers=one).status_code for _ in range(3)]

    assert statuses == [404, 404, 429]
    problem_of(client.get(NOWHERE, headers=two), 404)
    problem_of(client.post(MATCHES, b"[", "application/json"), 400)
    refused = client.get(NOWHERE, headers=one)
    assert 60 < int(refused["Retry-After"]) <= 3600


def test_wrong_keys_are_counted_by_address(client: Client, settings: Settings, clock: list[float]) -> None:
    settings.API_RATE_WRONG_KEYS = "2/min"

    def tried(value: str = "Api-Key abcdefgh.abcdefgh", address: str = "127.0.0.1") -> Any:
        return client.get(NOWHERE, headers={"authorization": value}, REMOTE_ADDR=address)

    first, second, third = tried(), tried("Bearer abc"), tried("Api-Key nonsense")

    assert [first["RateLimit-Remaining"], second["RateLimit-Remaining"]] == ["1", "0"]
    for refused in (first, second):
        problem_of(refused, 401)
    problem_of(third, 429)
    assert 1 <= int(third["Retry-After"]) <= 60
    problem_of(tried(address="192.0.2.1"), 401)
    clock[0] += int(third["Retry-After"])
    problem_of(tried(), 401)


def test_wrong_keys_hold_up_no_good_one(
    client: Client, key_headers: KeyMaker, settings: Settings, clock: list[float]
) -> None:
    """A school's machines share an address: one that was set up wrongly must not lock out the others."""
    settings.API_RATE_WRONG_KEYS = "1/min"
    for _ in range(3):
        refused = client.get(NOWHERE, headers={"authorization": "Api-Key nonsense"})
    problem_of(refused, 429)

    problem_of(client.get(NOWHERE, headers=key_headers()), 404)
    problem_of(client.post(MATCHES, b"[", "application/json"), 400)


@pytest.mark.parametrize("limit", [{"scopes": ["programs:read"]}, {"networks": ["192.0.2.0/24"]}])
def test_refused_requests_count_too(
    client: Client, key_headers: KeyMaker, clock: list[float], limit: dict[str, Any]
) -> None:
    headers = key_headers(rate="2/hour", **limit)

    answers = [client.get(NOWHERE, headers=headers) for _ in range(3)]

    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    for answer, status in zip(answers, (403, 403, 429), strict=True):
        problem_of(answer, status)
    assert int(answers[-1]["Retry-After"]) > 60
