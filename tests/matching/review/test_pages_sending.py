"""Asking for a review: the card on the list, sending, sending again, taking back; and who may not."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import Organisation, Review, SavedList
from matching.review.services import review_approve, review_claim
from matching.services import list_remove
from matching.services.accounts import account_delete
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import text_of
from tests.matching.people import visiting
from tests.matching.review.conftest import Desk
from tests.matching.review.making import (
    NOW,
    advisor_make,
    list_of_owner,
    organisation_make,
    owner_make,
    review_make,
)
from tests.matching.review.proposing import sent, settle

ACTIONS = ("send/", "withdraw/", "answer/", "answer/1/")


@pytest.fixture
def owner(small_catalogue: DataVersion) -> User:
    return owner_make()


@pytest.fixture
def saved_list(owner: User) -> SavedList:
    return list_of_owner(owner)


@pytest.fixture
def organisation() -> Organisation:
    return organisation_make(about="Three former directors.")


@pytest.fixture
def hers(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def page_of(client: Client, saved_list: SavedList, part: str = "review/") -> str:
    response = client.get(f"/lists/{saved_list.pk}/{part}")
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.parametrize("part", ["", "review/"])
def test_card_names_who_there_is_and_what_is_seen(
    hers: Client, saved_list: SavedList, organisation: Organisation, part: str
) -> None:
    organisation_make("Closed Office", takes_lists=False)
    page = page_of(hers, saved_list, part)
    assert "<b>Harbor Advising</b> Three former directors." in page
    assert "the answers behind it: your scores" in page
    assert "Closed Office" not in page


@pytest.mark.parametrize("part", ["", "review/"])
def test_card_says_plainly_that_nobody_takes_lists(hers: Client, saved_list: SavedList, part: str) -> None:
    page = page_of(hers, saved_list, part)
    assert "No organisation on this site looks at lists now" in page
    assert "Send my list" not in page


@pytest.mark.parametrize("part", ["", "review/"])
def test_card_without_an_account_leads_to_one_and_back(
    client: Client, small_catalogue: DataVersion, organisation: Organisation, part: str
) -> None:
    saved_list = list_scored(visitor=visiting(client))
    page = page_of(client, saved_list, part)
    assert "You need an account for this" in page
    assert f'href="/accounts/signup/?next=/lists/{saved_list.pk}/review/"' in page
    assert f'href="/accounts/login/?next=/lists/{saved_list.pk}/review/"' in page
    assert "Send my list" not in page


def test_log_in_brings_a_visitor_back_to_her_list(
    client: Client, small_catalogue: DataVersion, organisation: Organisation
) -> None:
    saved_list = list_scored(visitor=visiting(client))
    User.objects.create_user("maria", password="three quiet harbours")
    here = f"/lists/{saved_list.pk}/review/"
    login = {"login": "maria", "password": "three quiet harbours", "next": here}
    response = client.post("/accounts/login/", login)
    assert response["Location"] == here
    assert "Send my list" in page_of(client, saved_list)


def test_card_of_an_empty_list_asks_for_programs(
    hers: Client, saved_list: SavedList, organisation: Organisation
) -> None:
    list_remove(saved_list=saved_list, programs=ids_of(saved_list))
    page = page_of(hers, saved_list, "")
    assert "The list is empty. Add programs first" in page
    assert "Send my list" not in page


def test_only_organisation_stands_chosen(
    hers: Client, saved_list: SavedList, organisation: Organisation
) -> None:
    assert f'value="{organisation.pk}"' in page_of(hers, saved_list)
    assert "checked" in page_of(hers, saved_list)


def test_send_makes_a_review_and_says_where_it_stands(
    hers: Client, saved_list: SavedList, organisation: Organisation
) -> None:
    sent = {"organisation": str(organisation.pk), "message": "Too many?"}
    response = hers.post(f"/lists/{saved_list.pk}/review/send/", sent, follow=True)
    review = Review.objects.get()
    assert (review.saved_list_id, review.message, review.state) == (saved_list.pk, "Too many?", "submitted")
    page = text_of(response)
    assert "Sent. An advisor has not taken it up yet." in page
    assert "Too many?" in page
    assert f"Code {review.code}." in page
    assert "Sent to Harbor Advising. It waits for an advisor." in page_of(hers, saved_list, "")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"message": "kept"}, "Choose who shall look at your list."),
        ({"organisation": "999", "message": "kept"}, "This organisation takes no lists now."),
        ({"organisation": "1", "message": "kept" * 300}, "This has 1200 characters; at most 1000"),
    ],
)
def test_send_that_is_not_whole_shows_the_field_and_keeps_what_was_typed(
    hers: Client, saved_list: SavedList, sent: dict[str, str], said: str
) -> None:
    organisation_make(pk=1)
    response = hers.post(f"/lists/{saved_list.pk}/review/send/", sent)
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert sent["message"] in page
    assert not Review.objects.exists()


def test_send_without_an_account_is_asked_to_make_one(
    client: Client, small_catalogue: DataVersion, organisation: Organisation
) -> None:
    saved_list = list_scored(visitor=visiting(client))
    sent = {"organisation": str(organisation.pk)}
    response = client.post(f"/lists/{saved_list.pk}/review/send/", sent, follow=True)
    assert "You need an account to send a list." in text_of(response)
    assert not Review.objects.exists()


def test_send_again_tells_what_changed(client: Client, desk: Desk) -> None:
    client.force_login(desk.owner)
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    gone = desk.saved_list.entries.select_related("program").order_by("position")[0].program
    list_remove(saved_list=desk.saved_list, programs=[gone.pk])
    page = page_of(client, desk.saved_list)
    assert "This changed since 23 November 2026:" in page
    assert f"Taken off: {gone.name.removesuffix(' Program')}." in page
    response = client.post(f"/lists/{desk.saved_list.pk}/review/send/", {"message": "One less"}, follow=True)
    desk.review.refresh_from_db()
    assert (desk.review.state, desk.review.message) == ("in_review", "One less")
    assert "Sent again. Your advisor sees what changed." in text_of(response)


def test_send_again_of_an_approved_list_that_did_not_change_is_refused(client: Client, desk: Desk) -> None:
    client.force_login(desk.owner)
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    assert "Send it again" not in page_of(client, desk.saved_list)
    response = client.post(f"/lists/{desk.saved_list.pk}/review/send/", follow=True)
    assert "Nothing has changed since it was approved." in text_of(response)


def test_withdraw_takes_it_back_and_what_was_said_stays(client: Client, desk: Desk) -> None:
    client.force_login(desk.owner)
    response = client.post(f"/lists/{desk.saved_list.pk}/review/withdraw/", follow=True)
    desk.review.refresh_from_db()
    assert desk.review.state == "withdrawn"
    page = text_of(response)
    assert "You took the list back." in page
    assert "Sent the list to Harbor Advising" in page
    assert "Send my list" in page
    assert client.post(f"/lists/{desk.saved_list.pk}/review/withdraw/").status_code == 404


def test_list_that_was_taken_back_may_go_elsewhere(client: Client, desk: Desk) -> None:
    client.force_login(desk.owner)
    client.post(f"/lists/{desk.saved_list.pk}/review/withdraw/")
    other = organisation_make("Second Office")
    client.post(f"/lists/{desk.saved_list.pk}/review/send/", {"organisation": str(other.pk)})
    assert Review.objects.filter(organisation=other, state="submitted").exists()
    page = page_of(client, desk.saved_list)
    assert "Sent to Second Office" in page
    assert f'<a href="?code={desk.review.code}">To Harbor Advising, 23 November 2026</a>' in page
    earlier = page_of(client, desk.saved_list, f"review/?code={desk.review.code}")
    assert "You took the list back." in earlier
    assert "Send my list" not in earlier


@pytest.mark.parametrize("who", ["anonymous", "other", "advisor", "lead"])
def test_review_of_another_is_not_found(client: Client, desk: Desk, who: str) -> None:
    """The advisor reads it on her desk; on the applicant's pages she is anybody."""
    people = {"other": owner_make("other"), "advisor": desk.advisor, "lead": desk.lead}
    if who != "anonymous":
        client.force_login(people[who])
    assert client.get(f"/lists/{desk.saved_list.pk}/review/").status_code == 404
    for action in ACTIONS:
        assert client.post(f"/lists/{desk.saved_list.pk}/review/{action}").status_code == 404
    desk.review.refresh_from_db()
    assert desk.review.state == "in_review"


def test_review_of_no_list_is_not_found(hers: Client) -> None:
    assert hers.get(f"/lists/{uuid.uuid4()}/review/").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_action_is_posted_or_nothing(client: Client, desk: Desk, action: str) -> None:
    client.force_login(desk.owner)
    assert client.get(f"/lists/{desk.saved_list.pk}/review/{action}").status_code == 405


def test_advisor_may_be_an_applicant_of_her_own(client: Client, desk: Desk) -> None:
    own = list_of_owner(desk.advisor)
    client.force_login(desk.advisor)
    sent = {"organisation": str(desk.organisation.pk)}
    client.post(f"/lists/{own.pk}/review/send/", sent)
    assert Review.objects.filter(saved_list=own).exists()


def test_page_is_kept_by_nobody(client: Client, desk: Desk) -> None:
    client.force_login(desk.owner)
    response = client.get(f"/lists/{desk.saved_list.pk}/review/")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_advisor_is_called_by_her_name_never_by_her_address(client: Client, owner: User) -> None:
    organisation, saved_list = organisation_make(), list_of_owner(owner)
    advisor = advisor_make(organisation)
    User.objects.filter(pk=advisor.pk).update(email="secret.hale@example.org", first_name="", last_name="")
    advisor.refresh_from_db()
    review_claim(review=review_make(saved_list, organisation), advisor=advisor, now=NOW)
    client.force_login(owner)
    page = page_of(client, saved_list)
    assert "advisor is looking at your list." in page
    assert "secret.hale" not in page


@pytest.mark.parametrize("programs", [2, 8])
def test_list_page_with_a_review_costs_the_same_however_long(
    client: Client, owner: User, programs: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    saved_list = list_of_owner(owner, programs=programs)
    review_make(saved_list, organisation_make())
    client.force_login(owner)
    with django_assert_max_num_queries(14):
        assert client.get(f"/lists/{saved_list.pk}/").status_code == 200


def test_mail_is_promised_only_where_it_goes(
    hers: Client, owner: User, saved_list: SavedList, organisation: Organisation, settings: Settings
) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://smartpick.example.org"
    assert "Look in here from time to time" in page_of(hers, saved_list)
    owner.emailaddress_set.create(email=owner.email, verified=True, primary=True)  # type: ignore[attr-defined]
    assert "We write to you when there is an answer." in page_of(hers, saved_list)


def test_list_deleted_takes_its_review_with_it(client: Client, desk: Desk) -> None:
    name = ids_of(desk.saved_list)[0]
    settle(desk, sent(desk, "lock", name, reason="ties"))
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    client.force_login(desk.owner)
    client.post(f"/lists/{desk.saved_list.pk}/delete/")
    assert not SavedList.objects.filter(pk=desk.saved_list.pk).exists()
    assert not Review.objects.exists()


def test_account_deleted_takes_its_reviews_and_an_advisor_leaves_hers(client: Client, desk: Desk) -> None:
    settle(desk, sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties"))
    desk.advisor.delete()
    client.force_login(desk.owner)
    assert "Advisor Hale, 23 November 2026" not in page_of(client, desk.saved_list)
    assert "Advisor Hale: Sent 1 change back" in page_of(client, desk.saved_list)
    assert "You answered all that was said." in page_of(client, desk.saved_list, "")
    account_delete(user=desk.owner, visitor=None)
    assert not Review.objects.exists()
