"""The staff's second factor: set up once, asked for at each login, guessed by nobody, read by nobody."""

import base64
import hashlib
import hmac
import logging
import re
import struct
import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from matching.accounts.second_factor import SecondFactorAdapter, has_second_factor

pytestmark = pytest.mark.django_db

PASSWORD = "only for this test"
INDEX = reverse("admin:index")
SET_UP = reverse("mfa_activate_totp")
ASKED = reverse("mfa_authenticate")


def digits(secret: str) -> str:
    """What an app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def login(client: Client, name: str = "chief") -> Any:
    return client.post(
        f"{reverse('login')}?next={INDEX}", {"login": name, "password": PASSWORD, "next": INDEX}
    )


def set_up(client: Client) -> str:
    """The secret, after the app was set up with it."""
    secret = str(client.get(SET_UP).context["form"].secret)
    assert client.post(SET_UP, {"code": digits(secret)}).status_code == 302
    return secret


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", PASSWORD)


@pytest.fixture
def on(settings: Any) -> None:
    settings.STAFF_TWO_FACTOR = True


def test_a_new_superuser_logs_in_without_hindrance_where_it_is_off(client: Client, chief: User) -> None:
    """Also with an address that nobody proved: the desk opens where no mail can be sent."""
    assert login(client)["Location"] == INDEX
    page = client.get(INDEX)
    assert page.status_code == 200
    assert "the second factor is off here" in page.content.decode()


def test_the_staff_are_led_to_set_it_up_before_any_page(client: Client, chief: User, on: None) -> None:
    login(client)
    for address in (
        INDEX,
        reverse("admin:auth_user_changelist"),
        reverse("admin:matching_review_changelist"),
    ):
        assert client.get(address)["Location"] == SET_UP
    assert client.post(reverse("admin:matching_organisation_add"), {"name": "x"})["Location"] == SET_UP

    set_up(client)

    assert has_second_factor(chief)
    page = client.get(INDEX)
    assert page.status_code == 200
    assert "second factor is off" not in page.content.decode()


def test_the_login_asks_for_the_code(client: Client, chief: User, on: None) -> None:
    login(client)
    secret = set_up(client)
    other = Client()

    assert login(other)["Location"].startswith(ASKED)
    assert other.get(INDEX).status_code == 302
    wrong = other.post(ASKED, {"code": "000000"})
    assert "does not fit" in wrong.content.decode()
    assert other.get(INDEX)["Location"].startswith(reverse("admin:login"))
    assert other.post(ASKED, {"code": digits(secret)})["Location"] == INDEX
    assert other.get(INDEX).status_code == 200


def test_a_code_works_once(client: Client, chief: User) -> None:
    login(client)
    secret = set_up(client)
    first, second = Client(), Client()
    login(first), login(second)
    code = digits(secret)
    assert first.post(ASKED, {"code": code}).status_code == 302
    assert second.post(ASKED, {"code": code}).status_code == 200


def test_a_recovery_code_opens_once(client: Client, chief: User) -> None:
    login(client)
    set_up(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert all(code in page.content.decode() for code in codes)
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert codes[0] in saved.content.decode()

    first, second = Client(), Client()
    login(first), login(second)
    assert first.post(ASKED, {"code": codes[0]}).status_code == 302
    assert first.get(INDEX).status_code == 200
    assert second.post(ASKED, {"code": codes[0]}).status_code == 200


def test_guessing_codes_is_slowed_down(client: Client, chief: User) -> None:
    login(client)
    secret = set_up(client)
    other = Client()
    login(other)
    for _ in range(6):
        answer = other.post(ASKED, {"code": "000000"})
    assert "tried too often" in answer.content.decode()
    assert other.post(ASKED, {"code": digits(secret)}).status_code == 200
    assert other.get(INDEX).status_code == 302


def test_secrets_lie_encrypted_and_are_not_in_logs(
    client: Client, chief: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    login(client)
    secret = set_up(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    code = digits(secret)
    other = Client()
    login(other)
    other.post(ASKED, {"code": code})

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    ours = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    assert secret not in kept + ours
    assert not any(each in kept + ours for each in codes)
    assert not re.search(rf"\b{code}\b", ours)
    assert PASSWORD not in ours


def test_under_another_secret_key_no_code_fits_and_nothing_breaks(
    client: Client, chief: User, settings: Any
) -> None:
    adapter = SecondFactorAdapter()
    sealed = adapter.encrypt("a secret")
    assert adapter.decrypt(sealed) == "a secret"
    login(client)
    secret = set_up(client)
    settings.SECRET_KEY = "another"

    assert adapter.decrypt(sealed) not in ("", "a secret")
    assert adapter.decrypt(sealed) != adapter.decrypt(sealed)
    other = Client()
    login(other)
    assert other.post(ASKED, {"code": digits(secret)}).status_code == 200


def test_a_lost_telephone_is_mended_by_a_superuser_or_at_the_machine(
    client: Client, chief: User, admin_client: Client
) -> None:
    login(client)
    set_up(client)
    users = reverse("admin:auth_user_changelist")
    data = {"action": "second_factor_remove", "_selected_action": [chief.pk], "index": "0"}
    admin_client.post(users, data)
    assert not Authenticator.objects.filter(user=chief).exists()

    set_up(client)
    told = StringIO()
    call_command("second_factor_remove", "chief", stdout=told)
    assert not has_second_factor(chief)
    assert told.getvalue() == "Taken away.\n"
    with pytest.raises(CommandError, match="No account"):
        call_command("second_factor_remove", "nobody")


def test_applicants_may_have_one_too_and_need_none(client: Client, on: None) -> None:
    User.objects.create_user("ana", password=PASSWORD)
    login(client, "ana")
    assert client.get(reverse("matching:me")).status_code == 200
    assert reverse("mfa_index") in client.get(reverse("matching:me")).content.decode()
    assert "It is off" in client.get(reverse("mfa_index")).content.decode()

    set_up(client)

    assert "It is on" in client.get(reverse("mfa_index")).content.decode()
    other = Client()
    assert login(other, "ana")["Location"].startswith(ASKED)
    client.post(reverse("mfa_deactivate_totp"))
    assert login(Client(), "ana").status_code == 302
    assert not Authenticator.objects.exists()


def test_strangers_and_applicants_do_not_come_in_by_the_desks_login(client: Client) -> None:
    door = reverse("admin:login")
    assert client.get(door)["Location"].startswith(reverse("login"))
    assert (
        client.get(f"{door}?next=https://evil.example/")["Location"] == f"{reverse('login')}?next=%2Fadmin%2F"
    )
    client.force_login(User.objects.create_user("ana"))
    assert client.get(door).status_code == 403
    assert client.post(door, {"username": "ana", "password": PASSWORD}).status_code == 403
