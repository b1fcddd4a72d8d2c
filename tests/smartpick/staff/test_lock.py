"""The desk locks after some minutes, asks who is there, and goes on with what was being sent."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from matching.models import Organisation

pytestmark = pytest.mark.django_db

PASSWORD = "only for this test"
INDEX = reverse("admin:index")
AGAIN = reverse("account_reauthenticate")
ORGANISATIONS = reverse("admin:matching_organisation_add")
TYPED = {"name": "Northern office", "about": "Typed & kept: ü", "takes_lists": "on"}


@pytest.fixture
def chief(client: Client) -> Client:
    User.objects.create_superuser("chief", password=PASSWORD)
    client.post(reverse("login"), {"login": "chief", "password": PASSWORD})
    assert client.get(INDEX).status_code == 200
    return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the time on by so many minutes."""
    real, ahead = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])

    def on(minutes: float) -> None:
        ahead[0] += minutes * 60

    return on


def test_a_desk_in_use_stays_open(chief: Client, clock: Any) -> None:
    for _ in range(4):
        clock(14)
        assert chief.get(INDEX).status_code == 200


def test_after_a_while_every_page_asks_who_is_there(chief: Client, clock: Any) -> None:
    clock(16)

    for address in (INDEX, reverse("admin:auth_user_changelist"), reverse("admin:autocomplete")):
        response = chief.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(AGAIN)
    page = chief.get(AGAIN).content.decode()
    assert "The desk is locked" in page
    assert "15 minutes" in page


def test_the_rest_of_the_site_does_not_lock(chief: Client, clock: Any) -> None:
    clock(16)
    assert chief.get(reverse("matching:me")).status_code == 200
    chief.get(INDEX)
    assert chief.get(reverse("matching:me")).status_code == 200
    assert chief.get(INDEX).status_code == 302


def test_the_password_opens_it_and_leads_back(chief: Client, clock: Any) -> None:
    clock(16)
    asked = chief.get(INDEX)["Location"]

    assert chief.post(asked, {"password": "wrong"}).status_code == 200
    assert chief.get(INDEX).status_code == 302
    back = chief.post(asked, {"password": PASSWORD, "next": INDEX})

    assert back["Location"] == INDEX
    assert chief.get(INDEX).status_code == 200


@pytest.mark.parametrize("query", ["", "?_changelist_filters=q%3Da"])
def test_a_form_sent_into_the_lock_is_kept_and_goes_through(chief: Client, clock: Any, query: str) -> None:
    clock(16)
    asked = chief.post(ORGANISATIONS + query, TYPED)
    assert asked["Location"] == AGAIN
    assert not Organisation.objects.exists()

    done = chief.post(AGAIN, {"password": PASSWORD})

    assert done.status_code == 302
    assert done["Location"].startswith(reverse("admin:matching_organisation_changelist"))
    made = Organisation.objects.get()
    assert (made.name, made.about) == (TYPED["name"], TYPED["about"])
    assert chief.post(AGAIN, {"password": PASSWORD}).status_code == 302
    assert Organisation.objects.count() == 1


def test_a_form_with_a_fault_comes_back_as_it_was_typed(chief: Client, clock: Any) -> None:
    clock(16)
    chief.post(ORGANISATIONS, {**TYPED, "name": ""})

    page = chief.post(AGAIN, {"password": PASSWORD})

    assert page.status_code == 200
    assert "Typed &amp; kept: ü" in page.content.decode()


def test_a_part_of_a_page_leads_back_to_the_page(chief: Client, clock: Any) -> None:
    clock(16)
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/admin/auth/user/?q=a"}

    asked = chief.post(ORGANISATIONS, TYPED, headers=htmx)
    assert (asked.status_code, asked["HX-Redirect"]) == (204, AGAIN)
    done = chief.post(AGAIN, {"password": PASSWORD})

    assert done["Location"] == "/admin/auth/user/?q=a"
    assert Organisation.objects.count() == 1


def test_a_page_that_asks_by_itself_neither_keeps_the_desk_open_nor_goes_away(
    chief: Client, clock: Any
) -> None:
    for _ in range(3):
        clock(6)
        response = chief.get(INDEX, headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (204, b"")
    assert "HX-Redirect" not in response
    assert chief.get(INDEX).status_code == 302


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({**TYPED, "file": SimpleUploadedFile("a.csv", b"a")}, "Choose it once more"),
        ({**TYPED, "password1": "secret of hers"}, "a password is kept nowhere"),
    ],
    ids=["file", "password"],
)
def test_what_is_not_kept_is_said(chief: Client, clock: Any, data: dict[str, Any], told: str) -> None:
    clock(16)
    chief.post(ORGANISATIONS, data)
    assert "secret of hers" not in str(dict(chief.session))

    page = chief.post(AGAIN, {"password": PASSWORD}, follow=True)

    assert told in page.content.decode()
    assert not Organisation.objects.exists()


def test_a_form_too_long_to_keep_is_said_to_be(chief: Client, clock: Any) -> None:
    clock(16)
    body = urlencode({**TYPED, "about": "x" * 600_000})
    chief.post(ORGANISATIONS, body, content_type="application/x-www-form-urlencoded")

    page = chief.post(AGAIN, {"password": PASSWORD}, follow=True)

    assert "too long to keep" in page.content.decode()
    assert not Organisation.objects.exists()


def test_minutes_are_set_by_the_environment(chief: Client, clock: Any, settings: Any) -> None:
    settings.STAFF_IDLE_MINUTES = 2
    clock(3)
    assert chief.get(INDEX).status_code == 302


def test_guessing_is_slowed_down(chief: Client, clock: Any) -> None:
    clock(16)
    chief.get(INDEX)
    answers = [chief.post(AGAIN, {"password": f"guess {n}"}).status_code for n in range(12)]
    assert answers[-1] == 429


def test_who_has_nothing_to_prove_herself_with_logs_in_anew(clock: Any) -> None:
    client = Client()
    user = User.objects.create_superuser("chief")
    client.force_login(user)
    client.get(INDEX)
    clock(16)

    response = client.get(INDEX)

    assert response["Location"].startswith(reverse("login"))
    assert "_auth_user_id" not in client.session


def test_applicants_never_meet_the_lock(client: Client, clock: Any) -> None:
    client.force_login(User.objects.create_user("ana"))
    clock(600)
    assert client.get(reverse("matching:me")).status_code == 200
    assert client.get(INDEX)["Location"].startswith(reverse("admin:login"))
