"""A request a partner names is answered once: sent again, its first answer comes again."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from matching.api import storing
from matching.models import ApiKey, IdempotencyKey, Match
from tests.api.bodies import changed
from tests.api.conftest import KeyMaker, problem_of, row_counts
from tests.matching.factories import key_make, match_make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

MATCHES = "/api/v1/matches/"
STORE = changed(("/store", True))


def post(client: Client, name: str, headers: dict[str, str], body: Any = STORE, **layout: Any) -> Any:
    text = json.dumps(body, **layout)
    return client.post(MATCHES, text, "application/json", headers={**headers, "idempotency-key": name})


def test_store_named_again_answers_the_same(client: Client, key_headers: KeyMaker) -> None:
    """Also when it is written down otherwise."""
    headers = key_headers()

    first = post(client, "order-1", headers)
    again = post(client, "order-1", headers)
    otherwise = post(client, "order-1", headers, indent=3, sort_keys=True)

    assert [one.status_code for one in (first, again, otherwise)] == [201, 201, 201]
    assert first.content == again.content == otherwise.content
    assert first["Location"] == again["Location"]
    assert Match.objects.count() == 1


def test_store_named_again_for_another_body_conflicts(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()
    post(client, "order-1", headers)
    before = row_counts()

    for pointer, value in (("/profile/graduation_year", 2024), ("/options/top", 199)):
        problem_of(post(client, "order-1", headers, changed(("/store", True), (pointer, value))), 409)

    assert row_counts() == before


def test_store_names_are_each_keys_own(client: Client, key_headers: KeyMaker) -> None:
    one, two = key_headers(), key_headers()

    assert post(client, "order-1", one).json()["id"] != post(client, "order-1", two).json()["id"]
    assert post(client, "order-1", one).json()["id"] != post(client, "order-2", one).json()["id"]
    assert Match.objects.count() == 3


def test_store_of_two_keys_shares_no_run(client: Client, key_headers: KeyMaker) -> None:
    """An answer that is ready at once would tell that another asked for the very same applicant."""
    one, two = key_headers(), key_headers()

    for headers in (one, one, two):
        client.post(MATCHES, json.dumps(STORE), "application/json", headers=headers)

    assert [Match.objects.filter(api_key=key).values("run").distinct().count() for key in keys()] == [1, 1]
    assert len(set(Match.objects.values_list("run", flat=True))) == 2


def keys() -> list[ApiKey]:
    return list(ApiKey.objects.all())


def test_store_unnamed_makes_a_match_each_time(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()

    ids = {
        client.post(MATCHES, json.dumps(STORE), "application/json", headers=headers).json()["id"]
        for _ in "ab"
    }

    assert len(ids) == 2
    assert not IdempotencyKey.objects.exists()


def test_store_name_is_free_again_when_its_match_goes(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()
    first = post(client, "order-1", headers).json()["id"]
    Match.objects.all().delete()

    assert post(client, "order-1", headers).json()["id"] != first


@pytest.mark.parametrize("name", ["", " ", "a b", "a" * 256, "n\u00e4me", "a\tb"])
def test_store_refuses_what_is_no_name(client: Client, key_headers: KeyMaker, name: str) -> None:
    headers = key_headers()
    before = row_counts()

    problem_of(post(client, name, headers), 400)

    assert row_counts() == before


def test_store_lost_race_answers_what_was_first(
    client: Client, key_headers: KeyMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other request commits between the look for the name and the insert of it."""
    headers = key_headers()
    look = storing._earlier
    first: list[Match] = []

    def look_then_lose(key: ApiKey, name: str, digest: str) -> storing.Stored | None:
        if first:
            return look(key, name, digest)
        first.append(match_make(api_key=key))
        IdempotencyKey.objects.create(
            api_key=key, name=name, request_digest=digest, match=first[0], created_at=timezone.now()
        )
        return None

    monkeypatch.setattr(storing, "_earlier", look_then_lose)
    monkeypatch.setattr("matching.api.views.match_document", lambda match: {"id": str(match.pk)})

    response = post(client, "order-1", headers)

    assert (response.status_code, response.json()["id"]) == (201, str(first[0].pk))
    assert Match.objects.count() == 1


def test_idempotency_name_once_in_the_database() -> None:
    key, _ = key_make()
    match = match_make(api_key=key)
    values = {"api_key": key, "request_digest": "d", "match": match, "created_at": timezone.now()}
    IdempotencyKey.objects.create(name="order-1", **values)

    for name in ("order-1", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            IdempotencyKey.objects.create(name=name, **values)
