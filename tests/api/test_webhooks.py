"""Webhooks by the API: registered, read, verified again, given a new secret, deleted. One's own alone."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import ApiKey, IdempotencyKey, Webhook, WebhookDelivery
from matching.models.api_key import SCOPES
from matching.webhooks.services import WEBHOOKS_MOST
from matching.webhooks.signing import secrets_good
from matching.webhooks.turns import webhooks_turn
from smartpick.api_docs import openapi_document
from tests.api.conftest import KeyMaker, problem_of, row_counts
from tests.matching.webhooks.making import SECRET, delivery_make, webhook_active
from tests.matching.webhooks.partner import Partner

pytestmark = pytest.mark.django_db

WEBHOOKS = "/api/v1/webhooks/"
ASKED = {"url": "https://office.example.org/told/", "events": ["run.finished", "catalogue.changed"]}


@pytest.fixture
def headers(key_headers: KeyMaker) -> dict[str, str]:
    return key_headers(scopes=list(SCOPES))


def post(client: Client, headers: dict[str, str], body: Any = ASKED, **more: str) -> Any:
    return client.post(WEBHOOKS, json.dumps(body), "application/json", headers={**headers, **more})


def own() -> ApiKey:
    """The one key there is."""
    key = ApiKey.objects.get()
    assert isinstance(key, ApiKey)
    return key


def follows(component: str, value: object) -> None:
    """What was answered is what the OpenAPI document says."""
    document = openapi_document()
    schema = {"$ref": f"#/components/schemas/{component}", "components": document["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


def test_webhook_is_registered(client: Client, headers: dict[str, str]) -> None:
    response = post(client, headers)

    made = response.json()
    assert response.status_code == 201
    follows("WebhookMade", made)
    webhook = Webhook.objects.get()
    assert response["Location"] == f"{WEBHOOKS}{webhook.pk}/"
    assert response["Cache-Control"] == "no-store"
    assert (webhook.api_key, webhook.url, webhook.events) == (own(), ASKED["url"], ASKED["events"])
    assert (made["state"], made["reason"], made["verified_at"]) == ("pending", None, None)
    assert secrets_good(webhook, now=timezone.now()) == [made["secret"]]


def test_webhook_secret_is_shown_once(client: Client, headers: dict[str, str]) -> None:
    made = post(client, headers).json()
    one = f"{WEBHOOKS}{made['id']}/"

    later = [
        client.get(path, headers=headers).content.decode() for path in (WEBHOOKS, one, f"{one}deliveries/")
    ]

    assert not any(made["secret"] in text for text in later)
    kept = str(
        [*Webhook.objects.values(), *IdempotencyKey.objects.values(), *WebhookDelivery.objects.values()]
    )
    assert made["secret"] not in kept


def test_webhook_is_verified_end_to_end(client: Client, headers: dict[str, str], settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with Partner() as partner:
        made = post(client, headers, {**ASKED, "url": partner.url}).json()
        assert not webhooks_turn(now_of=timezone.now, seconds=5)

    shown = client.get(f"{WEBHOOKS}{made['id']}/", headers=headers).json()
    follows("Webhook", shown)
    assert (shown["state"], shown["reason"]) == ("active", None)
    assert shown["verified_at"] is not None
    follows("Verification", partner.events()[0])


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ([], [("", "invalid_type")]),
        ("text", [("", "invalid_type")]),
        ({}, [("/events", "required"), ("/url", "required")]),
        ({"url": None, "events": None}, [("/events", "required"), ("/url", "required")]),
        ({**ASKED, "uri": "x"}, [("/uri", "unknown_member")]),
        ({**ASKED, "a/b~": 1}, [("/a~1b~0", "unknown_member")]),
        ({**ASKED, "url": 1}, [("/url", "invalid_url")]),
        ({**ASKED, "url": "http://office.example.org/"}, [("/url", "invalid_url")]),
        ({**ASKED, "url": "https://10.0.0.1/"}, [("/url", "invalid_url")]),
        ({**ASKED, "url": "https://a:b@office.example.org/"}, [("/url", "invalid_url")]),
        ({**ASKED, "url": "https://office.example.org/" + "x" * 500}, [("/url", "invalid_url")]),
        ({**ASKED, "events": []}, [("/events", "too_short")]),
        ({**ASKED, "events": "run.finished"}, [("/events", "invalid_type")]),
        ({**ASKED, "events": ["run.finished", "run.finished"]}, [("/events/1", "duplicate")]),
        (
            {**ASKED, "events": ["run.begun", 1, None, {}, "webhook.verification"]},
            [(f"/events/{at}", "invalid_choice") for at in range(5)],
        ),
        ({"url": "", "events": [1]}, [("/events/0", "invalid_choice"), ("/url", "invalid_url")]),
    ],
)
def test_webhook_asked_wrongly_says_every_fault(
    client: Client, headers: dict[str, str], body: Any, faults: list[tuple[str, str]]
) -> None:
    before = row_counts()

    problem = problem_of(post(client, headers, body), 422)

    assert [(fault["pointer"], fault["code"]) for fault in problem["errors"]] == faults
    assert row_counts() == before


@pytest.mark.parametrize(
    ("scope", "event"),
    [("cohorts", "cohort.finished"), ("match", "run.finished"), ("programs:read", "catalogue.changed")],
)
def test_webhook_event_needs_its_scope(client: Client, key_headers: KeyMaker, scope: str, event: str) -> None:
    body = {**ASKED, "events": [event]}
    others = [each for each in SCOPES if each != scope]

    problem = problem_of(post(client, key_headers(scopes=others), body), 422)

    assert problem["errors"] == [
        {"pointer": "/events/0", "code": "missing_scope", "detail": f"This key lacks the scope {scope}."}
    ]
    assert post(client, key_headers(scopes=[scope]), body).status_code == 201


def test_webhook_address_is_taken_once_for_a_key(
    client: Client, headers: dict[str, str], key_headers: KeyMaker
) -> None:
    assert post(client, headers).status_code == 201

    problem = problem_of(post(client, headers, {**ASKED, "url": "HTTPS://OFFICE.example.org:443/told/"}), 422)

    assert [(fault["pointer"], fault["code"]) for fault in problem["errors"]] == [("/url", "duplicate")]
    assert post(client, key_headers(scopes=list(SCOPES))).status_code == 201


def test_webhooks_are_ten_at_most(client: Client, headers: dict[str, str]) -> None:
    for at in range(WEBHOOKS_MOST):
        webhook_active(api_key=own(), url=f"https://{at}.example.org/")

    problem = problem_of(post(client, headers), 422)

    assert problem["errors"][0]["code"] == "too_many"
    assert Webhook.objects.count() == WEBHOOKS_MOST


def test_webhook_named_again_answers_the_same_secret(client: Client, headers: dict[str, str]) -> None:
    name = {"idempotency-key": "office-1"}

    first, again = (post(client, headers, **name) for _ in "ab")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert Webhook.objects.count() == WebhookDelivery.objects.count() == 1
    problem_of(post(client, headers, {**ASKED, "events": ["run.finished"]}, **name), 409)
    secret = first.json()["secret"].encode()
    assert secret not in bytes(IdempotencyKey.objects.get().answer or b"")


def test_webhook_secret_is_changed_once_for_a_name(client: Client, headers: dict[str, str]) -> None:
    webhook = webhook_active(api_key=own())
    path, name = f"{WEBHOOKS}{webhook.pk}/secrets/", {"idempotency-key": "new-1"}

    first, again = (client.post(path, headers={**headers, **name}) for _ in "ab")
    unnamed = client.post(path, headers=headers)

    assert [one.status_code for one in (first, again, unnamed)] == [201, 201, 201]
    follows("WebhookSecret", first.json())
    assert first.content == again.content
    assert first["Cache-Control"] == "no-store"
    webhook.refresh_from_db()
    now = timezone.now()
    assert secrets_good(webhook, now=now) == [unnamed.json()["secret"], first.json()["secret"]]
    assert SECRET not in secrets_good(webhook, now=now)
    problem_of(post(client, headers, **name), 409)


def test_webhooks_are_listed_by_pages(
    client: Client, headers: dict[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [webhook_active(api_key=own(), url=f"https://{at}.example.org/") for at in range(5)]
    webhook_active()

    found, path = [], f"{WEBHOOKS}?page_size=2"
    while path:
        page = client.get(path, headers=headers).json()
        follows("WebhookPage", page)
        found += [row["id"] for row in page["results"]]
        path = page["next"]

    assert sorted(found) == sorted(str(webhook.pk) for webhook in made)
    for query in ("?page_size=0", "?cursor=x", "?state=active"):
        problem_of(client.get(f"{WEBHOOKS}{query}", headers=headers), 400)


def test_webhook_read_again_is_not_modified(client: Client, headers: dict[str, str]) -> None:
    path = f"{WEBHOOKS}{webhook_active(api_key=own()).pk}/"
    first = client.get(path, headers=headers)

    again = client.get(path, headers={**headers, "if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_webhook_deliveries_tell_the_last_attempt(client: Client, headers: dict[str, str]) -> None:
    webhook = webhook_active(api_key=own())
    delivery_make(webhook, log=[{"at": "", "status": 500, "error": "", "ms": 3}], attempts=1)
    now = timezone.now()
    delivery_make(webhook, state="delivered", finished_at=now, attempts=2, log=[{"status": 204, "error": ""}])
    delivery_make(webhook, log=[{"status": None, "error": "No connection."}])
    delivery_make(webhook)
    delivery_make()

    page = client.get(f"{WEBHOOKS}{webhook.pk}/deliveries/", headers=headers).json()

    follows("WebhookDeliveryPage", page)
    found = {
        (row["state"], row["status"], row["error"], row["next_at"] is None, row["finished_at"] is None)
        for row in page["results"]
    }
    assert found == {
        ("waiting", 500, None, False, True),
        ("delivered", 204, None, True, False),
        ("waiting", None, "No connection.", False, True),
        ("waiting", None, None, False, True),
    }


def test_webhook_verified_again_once_a_minute(client: Client, headers: dict[str, str]) -> None:
    webhook = webhook_active(api_key=own())
    path = f"{WEBHOOKS}{webhook.pk}/verifications/"

    answers = [client.post(path, headers=headers) for _ in "ab"]

    assert [answer.status_code for answer in answers] == [202, 202]
    follows("Webhook", answers[0].json())
    assert answers[0].json()["state"] == "active"
    assert webhook.deliveries.filter(event="webhook.verification").count() == 1


def test_webhook_deleted_goes_with_its_deliveries(client: Client, headers: dict[str, str]) -> None:
    made = post(client, headers, **{"idempotency-key": "office-1"}).json()
    path = f"{WEBHOOKS}{made['id']}/"

    response = client.delete(path, headers=headers)

    assert (response.status_code, response.content) == (204, b"")
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()
    problem_of(client.delete(path, headers=headers), 404)
    assert post(client, headers, **{"idempotency-key": "office-1"}).status_code == 201


CALLS = (
    ("get", ""),
    ("head", ""),
    ("delete", ""),
    ("get", "deliveries/"),
    ("post", "secrets/"),
    ("post", "verifications/"),
)


@pytest.mark.parametrize(("method", "part"), CALLS)
def test_webhook_of_another_is_not_found(
    client: Client, key_headers: KeyMaker, method: str, part: str
) -> None:
    """As if there were none: the same status and the same words."""
    webhook = webhook_active()
    stranger = key_headers(scopes=list(SCOPES))
    before = row_counts()

    answers = [
        getattr(client, method)(f"{WEBHOOKS}{each}/{part}", headers=stranger)
        for each in (webhook.pk, uuid.uuid4())
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    if method != "head":
        assert len({answer.json()["detail"] for answer in answers}) == 1
    assert row_counts() == before


@pytest.mark.parametrize(("method", "part"), [*CALLS, ("get", None), ("post", None)])
@pytest.mark.parametrize("authorization", [None, "Api-Key aaaaaaaa.wrong", "Bearer x"])
def test_webhook_is_closed_without_a_key(
    client: Client, method: str, part: str | None, authorization: str | None
) -> None:
    path = WEBHOOKS if part is None else f"{WEBHOOKS}{webhook_active().pk}/{part}"
    sent = {"authorization": authorization} if authorization else {}

    response = getattr(client, method)(path, headers=sent)

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Api-Key")


@pytest.mark.parametrize("scope", SCOPES)
def test_webhooks_open_to_a_key_of_any_scope(client: Client, key_headers: KeyMaker, scope: str) -> None:
    response = client.get(WEBHOOKS, headers=key_headers(scopes=[scope]))

    assert response.status_code == 200
    assert "RateLimit-Remaining" in response


@pytest.mark.parametrize(
    ("method", "part"),
    [("put", ""), ("patch", ""), ("post", ""), ("get", "secrets/"), ("delete", "deliveries/")],
)
def test_webhook_other_methods(client: Client, headers: dict[str, str], method: str, part: str) -> None:
    webhook = webhook_active(api_key=own())

    problem_of(getattr(client, method)(f"{WEBHOOKS}{webhook.pk}/{part}", headers=headers), 405)


def test_webhook_events_are_as_the_document_says(client: Client) -> None:
    """Every event we tell has its section, with an example that is true and the headers it comes with."""
    document = openapi_document()

    assert document["webhooks"].keys() == {
        "cohort.finished", "run.finished", "catalogue.changed", "webhook.verification",
    }  # fmt: skip
    for kind, methods in document["webhooks"].items():
        operation = methods["post"]
        content = operation["requestBody"]["content"]["application/json"]
        (example,) = content["examples"].values()
        schema = {**content["schema"], "components": document["components"]}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(example["value"])
        assert example["value"]["type"] == kind
        assert {one["name"] for one in operation["parameters"]} == {
            "SmartPick-Event", "SmartPick-Delivery", "SmartPick-Timestamp", "SmartPick-Signature",
        }  # fmt: skip
