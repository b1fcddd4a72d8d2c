"""My data: what is kept, taking it away, choosing between two profiles, leaving."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from applicants.models import Profile
from applicants.selectors import profile_latest
from matching.models import Match
from tests.matching.factories import list_make, match_make
from tests.matching.pages import text_of
from tests.matching.people import EMAIL, PASSWORD, account_make, draft_make, log_in, profile_make, visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account_make()


def test_me_of_a_visitor_says_what_this_browser_has(client: Client) -> None:
    list_make(match=match_make(visitor=visiting(client)))
    match_make()
    text = text_of(client.get("/me/"))
    assert "You have no account" in text
    assert "<b>1 answer</b>" in text
    assert "<b>1 list</b>" in text
    assert 'href="/me/forget/"' in text
    assert "Delete my account" not in text


@pytest.mark.parametrize("mail", [True, False])
def test_me_of_an_account_promises_a_mail_only_where_mail_goes(
    client: Client, user: User, settings: Settings, mail: bool
) -> None:
    settings.MAIL_WORKS = mail
    client.force_login(user)
    assert ("we write to your confirmed e-mail address" in text_of(client.get("/me/"))) is mail
    assert "/privacy/#take" in text_of(client.get("/me/delete/"))


def test_me_of_nobody_asks_no_more_than_it_must(client: Client) -> None:
    assert "Nothing yet." in text_of(client.get("/me/"))
    assert "sessionid" not in client.cookies


def test_me_of_an_account(
    client: Client, user: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(user)
    profile_make(owner=user)
    with django_assert_max_num_queries(27):
        text = text_of(client.get("/me/"))
    assert EMAIL in text
    assert "<b>1 profile</b>" in text
    for path in ("/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/me/delete/"):
        assert f'href="{path}"' in text
    assert "more than one profile" not in text


def test_export_is_a_file_of_ones_own(client: Client) -> None:
    visitor = visiting(client)
    profile_make(visitor=visitor)
    profile_make(owner=account_make())
    response = client.get("/me/export/")
    assert re.fullmatch(
        r'attachment; filename="smartpick-\d{4}-\d\d-\d\d.json"', response["Content-Disposition"]
    )
    assert len(json.loads(response.content)["profiles"]) == 1


def test_delete_asks_for_the_password_and_says_what_goes(client: Client, user: User) -> None:
    profile_make(owner=user)
    client.force_login(user)
    assert "1 profile" in text_of(client.get("/me/delete/"))
    response = client.post("/me/delete/", {"password": "wrong"})
    assert response.status_code == 422
    assert "This is not your password. Nothing was deleted." in text_of(response)
    assert User.objects.filter(pk=user.pk).exists()

    response = client.post("/me/delete/", {"password": PASSWORD}, follow=True)

    assert "Your account and everything in it are deleted." in text_of(response)
    assert not User.objects.exists()
    assert not Profile.objects.exists()
    assert not response.context["user"].is_authenticated
    assert log_in(client) == ""


def test_delete_of_an_account_without_a_password_asks_for_a_word(client: Client, user: User) -> None:
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert "Nothing was deleted" in text_of(client.post("/me/delete/", {"word": "yes"}))
    client.post("/me/delete/", {"word": " Delete "})
    assert not User.objects.exists()


def test_delete_is_limited_like_a_login(client: Client, user: User) -> None:
    client.force_login(user)
    for _ in range(5):
        client.post("/me/delete/", {"password": "wrong"})
    assert "tried too often" in text_of(client.post("/me/delete/", {"password": PASSWORD}))
    assert User.objects.exists()


@pytest.mark.parametrize("path", ["/me/delete/", "/me/profiles/"])
def test_pages_of_an_account_ask_a_visitor_to_log_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_login_with_another_profile_shows_both(client: Client, user: User) -> None:
    kept = profile_make(owner=user)
    brought = profile_make(visitor=visiting(client), graduation_year=2020)
    goes = log_in(client)
    assert goes == "/me/profiles/?next=%2Flists%2F"
    text = text_of(client.get(goes))
    assert "Your account has another profile" in text
    assert "Nothing is overwritten" in text
    assert '<td><span class="two__item">2025</span></td> <td><span class="two__item">2020</span></td>' in text
    assert '<th scope="row">Step 2 CK</th>' not in text  # the same in both: told below
    assert profile_latest(user=user) == kept

    choice = {"here": kept.pk, "there": brought.pk, "use": "there", "next": "/lists/"}
    response = client.post("/me/profiles/", choice)

    assert response["Location"] == "/lists/"
    assert profile_latest(user=user) == brought
    assert set(Profile.objects.filter(owner=user)) == {kept, brought}
    client.logout()
    assert log_in(client) == "/lists/"  # asked once


def test_login_with_the_same_profile_asks_nothing(client: Client, user: User) -> None:
    profile_make(owner=user)
    profile_make(visitor=visiting(client))
    assert log_in(client) == "/lists/"


def test_login_with_another_form_asks_which(client: Client, user: User) -> None:
    draft_make("1", owner=user)
    draft_make("2", visitor=visiting(client))
    goes = log_in(client)
    text = text_of(client.get(goes))
    assert "Your account has other answers" in text
    client.post(goes, {"draft": "browser"})
    user.refresh_from_db()
    assert user.profile_draft.typed == {"a": ["2"]}


def test_profiles_may_drop_the_other_one(client: Client, user: User) -> None:
    kept, other = profile_make(owner=user), profile_make(owner=user, graduation_year=2020)
    client.force_login(user)
    client.post("/me/profiles/", {"here": other.pk, "there": kept.pk, "use": "there", "drop": "on"})
    assert list(Profile.objects.filter(owner=user)) == [kept]


@pytest.mark.parametrize("change", [{"there": ""}, {"use": ""}, {"use": "both"}, {"here": "x"}])
def test_profiles_with_bad_input_change_nothing(client: Client, user: User, change: dict[str, str]) -> None:
    kept, other = profile_make(owner=user), profile_make(owner=user, graduation_year=2020)
    client.force_login(user)
    choice = {"here": str(other.pk), "there": str(kept.pk), "use": "there", "drop": "on"} | change
    text = text_of(client.post("/me/profiles/", choice, follow=True))
    assert "Choose one of the two profiles." in text
    assert Profile.objects.filter(owner=user).count() == 2


def test_profiles_of_others_are_not_there(client: Client, user: User) -> None:
    ana = account_make("ana", "ana@example.org")
    theirs, mine = profile_make(owner=ana), profile_make(owner=user)
    profile_make(owner=user, graduation_year=2020)
    client.force_login(user)
    assert client.get(f"/me/profiles/?other={theirs.pk}").status_code == 404
    assert client.get("/me/profiles/?other=x").status_code == 404
    client.post("/me/profiles/", {"here": mine.pk, "there": theirs.pk, "use": "here", "drop": "on"})
    assert Profile.objects.filter(pk=theirs.pk).exists()


def test_profiles_cost_the_same_however_many(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(user)
    for year in (2018, 2019):
        profile_make(owner=user, graduation_year=year)
    with django_assert_num_queries(5):  # session, account, profiles, specialties, forms
        client.get("/me/profiles/")
    for year in (2020, 2021, 2022):
        profile_make(owner=user, graduation_year=year)
    with django_assert_num_queries(5):
        client.get("/me/profiles/")


def test_profiles_one_alone_needs_no_choice(client: Client, user: User) -> None:
    profile_make(owner=user)
    client.force_login(user)
    assert "nothing to choose" in text_of(client.get("/me/profiles/"))


def test_login_gives_lists_of_both(client: Client, user: User) -> None:
    list_make(match=match_make(owner=user), name="Kept")
    list_make(match=match_make(visitor=visiting(client)), name="Brought")
    text = text_of(client.get(log_in(client)))
    assert "Kept" in text
    assert "Brought" in text
    assert Match.objects.filter(owner=user).count() == 2
