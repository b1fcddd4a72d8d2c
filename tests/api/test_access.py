"""Who may ask what, from where and how often."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from matching.api.keys import TOUCH_EVERY, ApiKeyAuthentication, api_key_create, key_touch
from matching.models import ApiKey
from matching.models.api_key import SCOPES
from smartpick.api_access import ScopeThrottle
from tests.api.conftest import KeyMaker, problem_of
from tests.matching.factories import match_make

pytestmark = pytest.mark.django_db

MATCHES = "/api/v1/matches/"
NOWHERE = "/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    for counts in (ScopeThrottle, ApiKeyAuthentication):
        monkeypatch.setattr(counts, "clock", staticmethod(lambda: now[0]))
    return now


def test_key_wrong_is_unauthorized(client: Client) -> None:
    for value in (
        "Api-Key",
        "Api-Key ",
        "Api-Key nonsense",
        "Api-Key abcdefgh.abcdefghijklmnopqrstuvwxyzABCDEF",
        "Api-Key abcdefgh.\0bcdefghijklmnopqrstuvwxyzABCDEF",
        "Bearer abc",
        "Basic YTpi",
        "ApiKey abcdefgh.abcdefghijklmnopqrstuvwxyzABCDEF",
        "abcdefgh.abcdefghijklmnopqrstuvwxyzABCDEF",
        "\u00e9",
    ):
        response = client.get(NOWHERE, headers={"authorization": value})
        problem_of(response, 401)
        assert response["WWW-Authenticate"] == 'Api-Key realm="SmartPick"'


def test_key_with_another_secret_is_unauthorized(client: Client) -> None:
    _, secret = api_key_create(name="partner", scopes=["match"])
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")

    problem_of(client.get(NOWHERE, headers={"authorization": f"Api-Key {wrong}"}), 401)


def test_key_expired_is_unauthorized(client: Client) -> None:
    past = timezone.now() - timedelta(seconds=1)
    _, secret = api_key_create(name="partner", scopes=["match"], expires=past)

    problem = problem_of(client.get(NOWHERE, headers={"authorization": f"Api-Key {secret}"}), 401)

    assert problem["detail"] == "This key has expired."


def test_key_revoked_is_unauthorized(client: Client) -> None:
    key, secret = api_key_create(name="partner", scopes=["match"])
    key.revoked = True
    key.save()

    problem_of(client.get(NOWHERE, headers={"authorization": f"Api-Key {secret}"}), 401)


def test_key_good_is_let_in(client: Client, key_headers: KeyMaker) -> None:
    problem_of(client.get(NOWHERE, headers=key_headers()), 404)


def test_key_scheme_in_any_case_is_let_in(client: Client) -> None:
    _, secret = api_key_create(name="partner", scopes=["match"])

    problem_of(client.get(NOWHERE, headers={"authorization": f"API-KEY  {secret}"}), 404)


def test_key_without_the_scope_is_forbidden(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers(scopes=["programs:read"])

    problem = problem_of(client.get(NOWHERE, headers=headers), 403)
    posted = client.post(MATCHES, b"{}", "application/json", headers=headers)

    assert problem["detail"] == "This key lacks the scope match."
    problem_of(posted, 403)


def test_key_from_another_network_is_forbidden(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers(networks=["192.0.2.0/24", "2001:db8::/32"])

    for address in ("127.0.0.1", "2001:db9::1", "unix:", ""):
        problem_of(client.get(NOWHERE, headers=headers, REMOTE_ADDR=address), 403)
    for address in ("192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7"):
        problem_of(client.get(NOWHERE, headers=headers, REMOTE_ADDR=address), 404)


def test_key_network_believes_no_forwarded_header(client: Client, key_headers: KeyMaker) -> None:
    headers = {**key_headers(networks=["192.0.2.0/24"]), "x-forwarded-for": "192.0.2.7"}

    problem_of(client.get(NOWHERE, headers=headers), 403)


def test_anonymous_may_not_read_matches(client: Client) -> None:
    """The same answer whether the match exists or not."""
    match = match_make()

    problem_of(client.get(f"{MATCHES}{match.pk}/"), 401)
    problem_of(client.get(NOWHERE), 401)


def test_match_of_another_is_not_found(client: Client, key_headers: KeyMaker) -> None:
    """Another key's, an account's and a visitor's: the answer is that of a match that never was."""
    other, _ = api_key_create(name="other", scopes=["match"])
    headers = key_headers()
    nowhere = problem_of(client.get(NOWHERE, headers=headers), 404)

    for match in (match_make(api_key=other), match_make()):
        problem = problem_of(client.get(f"{MATCHES}{match.pk}/", headers=headers), 404)
        assert problem["detail"] == nowhere["detail"]


@pytest.mark.parametrize("name", ["1", "not-a-uuid", "7D3C1A52-9F0B-4D53-8F6E-2F4F3F0F7F11", "%00", "..%2f"])
def test_match_by_a_name_that_is_none(client: Client, key_headers: KeyMaker, name: str) -> None:
    response = client.get(f"{MATCHES}{name}/", headers=key_headers())

    assert response.status_code in (400, 404)
    problem_of(response, response.status_code)


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


def test_key_use_is_noted_at_most_once_a_minute() -> None:
    key, _ = api_key_create(name="partner", scopes=["match"])
    first = timezone.now()

    for seconds in (0, 30, 59):
        key_touch(key=key, now=first + timedelta(seconds=seconds))
        key.refresh_from_db()
        assert key.last_used_at == first
    key_touch(key=key, now=first + TOUCH_EVERY)
    key.refresh_from_db()
    assert key.last_used_at == first + TOUCH_EVERY


def test_key_use_writes_nothing_within_the_minute(
    client: Client, key_headers: KeyMaker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    headers = key_headers()
    client.get(NOWHERE, headers=headers)

    with django_assert_num_queries(2) as queries:  # the key, the match
        client.get(NOWHERE, headers=headers)

    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert ApiKey.objects.get().last_used_at is not None


class Unscoped(APIView):
    def get(self, request: Request) -> Response:
        return Response({})


class Open(Unscoped):
    permission_classes = (AllowAny,)


@pytest.mark.parametrize(("view", "status"), [(Unscoped, 401), (Open, 200)])
def test_view_without_a_scope_is_closed(view: type[APIView], status: int) -> None:
    response: Any = view.as_view()(APIRequestFactory().get("/api/v1/x/"))

    assert response.status_code == status


def test_view_without_a_scope_is_closed_to_keys() -> None:
    for scopes in itertools.chain([["match"]], [["programs:read", "match", "cohorts", "lists:read"]]):
        _, secret = api_key_create(name="partner", scopes=scopes)
        request = APIRequestFactory().get("/api/v1/x/", headers={"authorization": f"Api-Key {secret}"})
        assert Unscoped.as_view()(request).status_code == 403


class AnyScope(Unscoped):
    any_scope = True


@pytest.mark.parametrize("scope", SCOPES)
def test_view_for_any_scope_takes_every_key_and_counts_it(
    key_headers: KeyMaker, clock: list[float], scope: str
) -> None:
    headers = key_headers(scopes=[scope], rate="1/hour")
    view = AnyScope.as_view()

    answers = [view(APIRequestFactory().get("/api/v1/x/", headers=headers)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


@pytest.mark.parametrize("scope", SCOPES)
def test_key_use_is_noted_whatever_its_scope(client: Client, key_headers: KeyMaker, scope: str) -> None:
    headers = key_headers(scopes=[scope])

    client.get("/api/v1/webhooks/", headers=headers)

    assert ApiKey.objects.get().last_used_at is not None


def test_view_for_any_scope_needs_a_key_in_its_network(key_headers: KeyMaker) -> None:
    headers = key_headers(networks=["192.0.2.0/24"])
    view = AnyScope.as_view()

    assert view(APIRequestFactory().get("/api/v1/x/")).status_code == 401
    assert view(APIRequestFactory().get("/api/v1/x/", headers=headers)).status_code == 403


def test_two_keys_in_one_request_are_none(client: Client) -> None:
    """Servers join a header that comes twice by a comma."""
    both = ", ".join(f"Api-Key {api_key_create(name='partner', scopes=['match'])[1]}" for _ in "ab")

    problem_of(client.get(NOWHERE, headers={"authorization": both}), 401)


@pytest.mark.parametrize("form", ["api-key {}", "API-KEY {}", "  Api-Key   {}  ", "Api-Key {}\t"])
def test_key_is_read_however_it_is_spaced(client: Client, form: str) -> None:
    _, secret = api_key_create(name="partner", scopes=["match"])

    problem_of(client.get(NOWHERE, headers={"authorization": form.format(secret)}), 404)
