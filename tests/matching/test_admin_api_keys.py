"""Keys made on the desk: shown once, limited as asked, revoked for good."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from rest_framework_api_key.models import APIKey

from matching.models import ApiKey
from tests.matching.factories import key_make

pytestmark = pytest.mark.django_db

KEYS = reverse("admin:matching_apikey_changelist")
ADD = reverse("admin:matching_apikey_add")


def asked(**members: Any) -> dict[str, Any]:
    return {
        "name": "Harbor GME office",
        "scopes": ["match", "programs:read"],
        "rate": "10/min",
        "networks": "192.0.2.0/24\n2001:db8::/32",
        "expiry_date_0": "2099-06-30",
        "expiry_date_1": "23:59:59",
        **members,
    }


def change(key: ApiKey) -> str:
    return reverse("admin:matching_apikey_change", args=[key.pk])


def test_key_is_made_as_asked_and_opens_the_api(admin_client: Client, client: Client) -> None:
    response = admin_client.post(ADD, asked())

    key = ApiKey.objects.get()
    secret = response.context["secret"]
    assert response.status_code == 200
    assert (key.name, key.scopes, key.rate) == ("Harbor GME office", ["match", "programs:read"], "10/min")
    assert key.networks == ["192.0.2.0/24", "2001:db8::/32"]
    assert key.expiry_date is not None
    assert key.expiry_date.isoformat() == "2099-06-30T23:59:59+00:00"
    address, header = reverse("api:specialties"), {"authorization": f"Api-Key {secret}"}
    assert client.get(address, headers=header, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(address, headers=header, REMOTE_ADDR="198.51.100.7").status_code == 403


def test_key_secret_is_shown_once_and_kept_nowhere(admin_client: Client) -> None:
    response = admin_client.post(ADD, asked())

    secret = response.context["secret"]
    key = ApiKey.objects.get()
    assert response.content.decode().count(secret) == 1
    assert "no-store" in response["Cache-Control"]
    later = "".join(
        admin_client.get(page).content.decode() for page in (KEYS, change(key), reverse("admin:index"))
    )
    assert secret not in later
    assert key.hashed_key not in later + response.content.decode()
    kept = [str(row.__dict__) for model in (ApiKey, LogEntry, Session) for row in model.objects.all()]
    assert not [row for row in kept if secret in row]
    assert all(secret not in str(cookie.value) for cookie in admin_client.cookies.values())
    assert key.hashed_key not in LogEntry.objects.get().object_id  # type: ignore[operator]


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"rate": "many"}, "rate"),
        ({"rate": ""}, "rate"),
        ({"networks": "not a network"}, "networks"),
        ({"networks": "192.0.2.1/24"}, "networks"),
        ({"expiry_date_0": "someday"}, "expiry_date"),
        ({"name": "x" * 51}, "name"),
    ],
)
def test_key_asked_wrongly_is_a_message(admin_client: Client, members: dict[str, Any], place: str) -> None:
    response = admin_client.post(ADD, asked(**members))

    assert response.status_code == 200
    assert place in response.context["adminform"].form.errors
    assert not ApiKey.objects.exists()


def test_key_is_changed_without_a_new_secret(admin_client: Client, client: Client) -> None:
    key, secret = key_make(scopes=["match"])

    response = admin_client.post(change(key), asked(networks=""))

    assert response.status_code == 302
    key.refresh_from_db()
    assert key.scopes == ["match", "programs:read"]
    header = {"authorization": f"Api-Key {secret}"}
    assert client.get(reverse("api:specialties"), headers=header).status_code == 200


@pytest.mark.parametrize("by_action", [False, True])
def test_key_revoked_opens_nothing_and_stays_revoked(
    admin_client: Client, client: Client, by_action: bool
) -> None:
    key, secret = key_make(scopes=["programs:read"])

    if by_action:
        admin_client.post(KEYS, {"action": "revoke", "_selected_action": key.pk})
    else:
        admin_client.post(change(key), asked(revoked="on"))

    header = {"authorization": f"Api-Key {secret}"}
    assert client.get(reverse("api:specialties"), headers=header).status_code == 401
    admin_client.post(change(key), asked(name="Another name"))
    key.refresh_from_db()
    assert key.revoked
    assert key.name != "Another name"
    assert LogEntry.objects.filter(object_id=key.pk).exists()


def test_key_is_not_deleted_with_what_it_stored(admin_client: Client) -> None:
    key, _ = key_make()

    admin_client.post(KEYS, {"action": "delete_selected", "_selected_action": key.pk, "post": "yes"})

    assert ApiKey.objects.get() == key


def test_key_is_named_by_its_prefix_alone() -> None:
    key, _ = key_make()

    assert key.pk == key.prefix
    assert key.hashed_key


def test_keys_of_the_library_are_not_on_the_desk(admin_client: Client) -> None:
    index = admin_client.get(reverse("admin:index")).context["app_list"]

    assert not [model for app in index for model in app["models"] if model["model"] is APIKey]
