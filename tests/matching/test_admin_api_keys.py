"""Keys made on the desk: shown once, limited as asked, revoked for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
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


def renewal(key: ApiKey) -> str:
    return reverse("admin:matching_apikey_secret", args=[key.pk])


def opens(client: Client, secret: str) -> bool:
    header = {"authorization": f"Api-Key {secret}"}
    return client.get(reverse("api:specialties"), headers=header).status_code == 200


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


def test_key_gets_a_new_secret_and_the_earlier_one_ends(admin_client: Client, client: Client) -> None:
    key, first = key_make(scopes=["programs:read"])
    page = admin_client.get(change(key)).content.decode()
    assert renewal(key) in page

    assert admin_client.get(renewal(key)).status_code == 200
    response = admin_client.post(renewal(key), {"overlap": "7"})

    second = response.context["secret"]
    assert response.content.decode().count(second) == 1
    assert "no-store" in response["Cache-Control"]
    for secret in (first, second):
        assert opens(client, secret)
    retired = key.retired_secrets.get()
    assert timedelta(days=6, hours=23) < retired.until - timezone.now() < timedelta(days=7)
    later = admin_client.get(change(key)).content.decode()
    assert f"{first[:8]} works until" in later
    kept = [str(row.__dict__) for model in (ApiKey, LogEntry, Session) for row in model.objects.all()]
    assert not [row for row in [*kept, later] if second in row or retired.hashed_key in row]
    assert LogEntry.objects.get().object_id == key.pk


def test_key_new_secret_without_overlap(admin_client: Client, client: Client) -> None:
    key, first = key_make(scopes=["programs:read"])

    second = admin_client.post(renewal(key), {"overlap": "0"}).context["secret"]

    assert not opens(client, first)
    assert opens(client, second)


def test_key_new_secret_asked_wrongly_changes_nothing(admin_client: Client, client: Client) -> None:
    key, secret = key_make(scopes=["programs:read"])

    for posted in ({}, {"overlap": "365"}, {"overlap": "-1"}):
        assert "secret" not in (admin_client.post(renewal(key), posted).context or {})
    assert admin_client.post(renewal(key).replace(key.pk, "nokey000"), {"overlap": "0"}).status_code == 404

    assert opens(client, secret)


def test_key_revoked_gets_no_new_secret(admin_client: Client, client: Client) -> None:
    key, first = key_make(scopes=["programs:read"])
    second = admin_client.post(renewal(key), {"overlap": "7"}).context["secret"]
    admin_client.post(change(key), asked(revoked="on"))

    response = admin_client.post(renewal(key), {"overlap": "7"})

    assert response.status_code == 302
    assert renewal(key) not in admin_client.get(change(key)).content.decode()
    assert not [secret for secret in (first, second) if opens(client, secret)]


def test_key_new_secret_is_for_those_who_may_change_keys(client: Client) -> None:
    """No page and no secret for anybody else, and nothing is changed."""
    key, secret = key_make(scopes=["programs:read"])
    staff = User.objects.create_user("staff", password="x", is_staff=True)
    staff.user_permissions.add(
        Permission.objects.get(codename="view_apikey", content_type__app_label="matching")
    )
    asks = Client()

    assert asks.post(renewal(key), {"overlap": "0"}).status_code == 302
    asks.force_login(staff)
    assert asks.get(renewal(key)).status_code == 403
    assert asks.post(renewal(key), {"overlap": "0"}).status_code == 403

    assert opens(client, secret)


def test_keys_that_end_soon_are_seen_in_the_list(admin_client: Client) -> None:
    now = timezone.now()
    for name, expires in (("soon", 3), ("later", 300), ("over", -3)):
        key_make(name=name, expiry_date=now + timedelta(days=expires))
    key_make(name="for good")

    shown = admin_client.get(KEYS).content.decode()
    found = {
        choice: [key.name for key in admin_client.get(KEYS, {"ends": choice}).context["cl"].queryset]
        for choice in ("soon", "over")
    }

    assert shown.count(", in 3 days") == shown.count(", over") == 1
    assert "never" in shown
    assert found == {"soon": ["soon"], "over": ["over"]}


def test_key_page_says_who_counts_the_rate(admin_client: Client) -> None:
    assert "without Redis each web process counts for itself" in admin_client.get(ADD).content.decode()


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
