import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from programs.models import DataVersion
from tests.matching.pages import persona_match, text_of

SIGN_UP = {"username": "maria", "password1": "three quiet harbours", "password2": "three quiet harbours"}


def test_signup_logs_in_and_claims_what_the_visitor_made(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    client.post(f"/matches/{match.pk}/save/", {"name": "Mine"})
    response = client.post("/accounts/signup/", SIGN_UP, follow=True)
    assert response.redirect_chain == [("/lists/", 302)]
    assert "Mine" in text_of(response)
    match.refresh_from_db()
    assert (match.owner, match.visitor) == (User.objects.get(username="maria"), None)


def test_login_claims_and_other_browsers_find_it(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    User.objects.create_user("maria", password=SIGN_UP["password1"])
    match = persona_match(client, django_capture_on_commit_callbacks)
    login = {"username": "maria", "password": SIGN_UP["password1"]}
    assert client.post("/accounts/login/", login).status_code == 302
    elsewhere = Client()
    elsewhere.post("/accounts/login/", login)
    assert elsewhere.get(f"/matches/{match.pk}/").status_code == 200


def test_logout_by_post_closes_the_door(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    match = persona_match(client, django_capture_on_commit_callbacks)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(f"/matches/{match.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password2": "three loud harbours"}, "password fields didn’t match"),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
        ({"username": ""}, "This field is required."),
    ],
)
def test_signup_says_what_is_wrong_and_keeps_the_name(
    client: Client, db: None, change: dict[str, str], words: str
) -> None:
    data = SIGN_UP | change
    text = text_of(client.post("/accounts/signup/", data))
    assert words in text
    assert 'role="alert"' in text
    assert not User.objects.exists()
    assert data["password1"] not in text


def test_signup_name_that_is_taken(client: Client, db: None) -> None:
    User.objects.create_user("maria")
    assert "already exists" in text_of(client.post("/accounts/signup/", SIGN_UP))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/profile/", "/profile/"),
        ("https://example.org/", "/lists/"),
        ("//example.org", "/lists/"),
        ("", "/lists/"),
    ],
)
def test_signup_goes_on_only_to_pages_of_ours(client: Client, db: None, target: str, goes: str) -> None:
    response = client.post("/accounts/signup/", SIGN_UP | {"next": target})
    assert response["Location"] == goes


def test_accounts_pages_are_told_by_name(client: Client, db: None) -> None:
    assert "Make an account" in text_of(client.get("/accounts/signup/?next=/profile/"))
    assert 'name="next" value="/profile/"' in text_of(client.get("/accounts/login/?next=/profile/"))
