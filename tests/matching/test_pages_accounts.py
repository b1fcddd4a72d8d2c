"""Making an account, logging in, getting back in: what the library does, in our frame and with our words."""

import re

import pytest
from allauth.account import urls as account_urls
from allauth.account.models import EmailAddress
from allauth.usersessions import urls as session_urls
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching.models import Match
from programs.models import DataVersion
from tests.matching.mailbox import code_sent
from tests.matching.pages import persona_match, text_of
from tests.matching.people import EMAIL, PASSWORD, account_make, log_in

pytestmark = pytest.mark.django_db

SIGN_UP = {"email": EMAIL, "password1": PASSWORD}
FRAME = 'class="masthead"'


@pytest.fixture(autouse=True)
def mail_works(settings: Settings) -> None:
    settings.MAIL_WORKS = True


def test_signup_by_code_claims_what_the_visitor_made(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    response = client.post("/accounts/signup/", SIGN_UP)
    assert response["Location"] == "/accounts/confirm-email/"
    assert client.get(f"/matches/{match.pk}/").status_code == 200  # still the visitor's own

    response = client.post("/accounts/confirm-email/", {"code": code_sent().lower().replace("-", "")})

    assert response["Location"] == "/lists/"
    match.refresh_from_db()
    user = User.objects.get(email=EMAIL)
    assert (match.owner, match.visitor) == (user, None)
    assert re.fullmatch(r"applicant-[a-z2-9]{8}", user.username)
    assert EmailAddress.objects.get(user=user).verified


def test_signup_mail_says_nothing_in_its_subject(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    sent = mail.outbox[-1]
    assert sent.subject == "Your code for SmartPick"
    assert (sent.to, code_sent() in sent.subject) == ([EMAIL], False)
    assert "15 minutes" in sent.body


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password1": "12345678"}, "too common"),
        ({"password1": ""}, "This field is required."),
        ({"email": "maria"}, "Enter a valid email address."),
    ],
)
def test_signup_says_what_is_wrong_and_keeps_the_address(
    client: Client, change: dict[str, str], words: str
) -> None:
    data = SIGN_UP | change
    text = text_of(client.post("/accounts/signup/", data))
    assert words in text
    assert 'role="alert"' in text
    assert f'value="{data["email"]}"' in text
    assert not User.objects.exists()
    assert not data["password1"] or data["password1"] not in text


def test_signup_with_an_address_that_is_taken_tells_only_its_owner(client: Client) -> None:
    account_make()
    response = client.post("/accounts/signup/", SIGN_UP)
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert "has one already" in mail.outbox[-1].body
    assert "has one already" not in text_of(client.get("/accounts/confirm-email/"))


def test_signup_wrong_code_three_times_starts_again(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    text = text_of(client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}))
    assert "This is not the code we sent last" in text
    client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"})
    response = client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"})
    assert response["Location"] == "/accounts/login/"


def test_signup_without_mail_says_so_and_keeps_the_work(client: Client, settings: Settings) -> None:
    settings.MAIL_WORKS = False
    assert "cannot send mail" in text_of(client.get("/accounts/signup/"))
    assert "cannot send mail" in text_of(client.post("/accounts/signup/", SIGN_UP))
    assert "cannot send mail" in text_of(client.get("/accounts/password/reset/"))
    assert not User.objects.exists()


def test_signup_mail_server_down_is_told_and_logged_without_the_address(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    text = text_of(client.post("/accounts/signup/", SIGN_UP, follow=True))
    assert "We could not send the mail just now" in text
    assert "could not be sent (ConnectionRefusedError)" in caplog.text
    assert EMAIL not in caplog.text


@pytest.mark.parametrize("login", [EMAIL, EMAIL.upper(), "applicant-test"])
def test_login_by_address_or_name(client: Client, login: str) -> None:
    account_make()
    assert log_in(client, login) == "/lists/"


def test_login_of_an_account_without_any_address_is_let_in(client: Client) -> None:
    User.objects.create_user("old-name", password=PASSWORD)
    assert log_in(client, "old-name") == "/lists/"


def test_login_with_an_address_not_proven_asks_for_its_code(client: Client) -> None:
    User.objects.create_user("staffish", email=EMAIL, password=PASSWORD)
    assert log_in(client) == "/accounts/confirm-email/"
    response = client.post("/accounts/confirm-email/", {"code": code_sent()})
    assert response["Location"] == "/lists/"


@pytest.mark.parametrize("login", [EMAIL, "nobody@example.org", "nobody"])
def test_login_says_the_same_of_a_wrong_password_and_nobody(client: Client, login: str) -> None:
    account_make()
    response = client.post("/accounts/login/", {"login": login, "password": "wrong"})
    assert "do not belong together" in text_of(response)


def test_login_is_limited(client: Client) -> None:
    account_make()
    for _ in range(5):
        client.post("/accounts/login/", {"login": EMAIL, "password": "wrong"})
    response = client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert "tried too often" in text_of(response)


def test_login_changes_the_session_key(client: Client) -> None:
    account_make()
    client.session["visitor"] = "7d0f2a1e-6a3c-4b53-9a2f-0c5a4ad7b0cf"
    session = client.session
    session.save()
    before = session.session_key
    log_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/profile/", "/profile/"),
        ("https://example.org/", "/lists/"),
        ("//example.org", "/lists/"),
        ("", "/lists/"),
    ],
)
def test_login_goes_on_only_to_pages_of_ours(client: Client, target: str, goes: str) -> None:
    account_make()
    data = {"login": EMAIL, "password": PASSWORD, "next": target}
    assert client.post("/accounts/login/", data)["Location"] == goes


def test_logout_by_post_closes_the_door(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    account_make()
    log_in(client)
    match = persona_match(client, django_capture_on_commit_callbacks)
    assert "Log out?" in text_of(client.get("/accounts/logout/"))
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(f"/matches/{match.pk}/").status_code == 404
    assert Match.objects.filter(pk=match.pk).exists()


def test_password_reset_by_code_logs_in(client: Client) -> None:
    user = account_make()
    response = client.post("/accounts/password/reset/", {"email": EMAIL})
    assert response["Location"] == "/accounts/password/reset/confirm/"
    response = client.post(response["Location"], {"code": code_sent()})
    new = {"password1": "four loud mountains", "password2": "four loud mountains"}
    response = client.post(response["Location"], new, follow=True)
    user.refresh_from_db()
    assert user.check_password(new["password1"])
    assert response.context["user"] == user
    assert mail.outbox[-1].subject == "Your SmartPick password was replaced"


def test_password_reset_of_nobody_looks_the_same(client: Client) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "has an account, we sent a code there" in text_of(response)
    assert "No account has it" in mail.outbox[-1].body


def test_email_change_holds_once_the_code_is_typed(client: Client) -> None:
    user = account_make()
    log_in(client)
    new = "maria@new.example.org"
    response = client.post("/accounts/email/", {"email": new, "action_add": ""})
    assert response["Location"] == "/accounts/confirm-email/"
    user.refresh_from_db()
    assert user.email == EMAIL
    client.post("/accounts/confirm-email/", {"code": code_sent()})
    user.refresh_from_db()
    assert user.email == new


def test_sessions_are_listed_and_ended(client: Client) -> None:
    account_make()
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"})
    log_in(elsewhere)
    log_in(client)
    text = text_of(client.get("/accounts/sessions/"))
    assert "Safari on iPhone" in text
    assert text.count("this browser</span>") == 1
    client.post("/accounts/sessions/")
    assert elsewhere.get("/me/profiles/").status_code == 302
    assert client.get("/me/profiles/").status_code == 200


@pytest.mark.parametrize("who", ["nobody", "account", "without password"])
def test_every_page_of_the_library_has_our_frame(client: Client, who: str) -> None:
    user = account_make()
    if who == "without password":
        user.set_unusable_password()
        user.save()
    if who != "nobody":
        client.force_login(user)
    names = [str(pattern.name) for pattern in [*account_urls.urlpatterns, *session_urls.urlpatterns]]
    assert len(names) >= 12
    for name in names:
        response = client.get(reverse(name), follow=True)
        text = text_of(response)
        assert response.status_code in (200, 403), name  # 403: no password to ask for once more
        assert FRAME in text, name
        assert not re.search(r"<script(?![^>]* src=)|style=\"", text), name


def test_too_fast_has_our_frame(client: Client) -> None:
    for _ in range(21):
        response = client.post("/accounts/signup/", {})
    assert response.status_code == 429
    assert FRAME in text_of(response)
    assert "That was a little fast" in text_of(response)
