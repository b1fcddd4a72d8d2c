"""Who may ask what, from where and how often."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from matching.api.keys import TOUCH_EVERY, api_key_create, key_touch
from matching.models import ApiKey
from matching.models.api_key import SCOPES
from tests.api.conftest import KeyMaker, problem_of
from tests.matching.factories import match_make

pytestmark = pytest.mark.django_db

MATCHES = "/api/v1/matches/"
NOWHERE = "/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/"


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
