import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match, SavedList
from programs.models import DataVersion
from tests.matching.factories import link_make, list_make, match_make, run_make
from tests.matching.pages import persona_match, text_of, visitor_of


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


@pytest.fixture
def saved_list(client: Client, match: Match) -> SavedList:
    client.post(f"/matches/{match.pk}/save/", {"name": "Los Angeles first"})
    return SavedList.objects.get()


def test_save_keeps_the_recommended_programs_and_leads_to_the_list(client: Client, match: Match) -> None:
    response = client.post(f"/matches/{match.pk}/save/", {"name": "Los Angeles first"}, follow=True)
    saved = SavedList.objects.get()
    assert response.redirect_chain == [(f"/lists/{saved.pk}/", 302)]
    assert (saved.name, saved.visitor) == ("Los Angeles first", visitor_of(client))
    assert saved.entries.count() > 0
    assert "No link leads to this list now." in text_of(response)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_save_without_a_fit_name_saves_nothing_and_says_so(client: Client, match: Match, name: str) -> None:
    response = client.post(f"/matches/{match.pk}/save/", {"name": name}, follow=True)
    assert not SavedList.objects.exists()
    assert "Give the list a name" in text_of(response)


def test_save_before_the_answer_is_there_says_so(client: Client, match: Match) -> None:
    waiting = match_make(visitor=visitor_of(client), run=run_make())
    response = client.post(f"/matches/{waiting.pk}/save/", {"name": "Early"}, follow=True)
    assert not SavedList.objects.exists()
    assert "The answer is not ready yet." in text_of(response)


def test_list_shows_programs_ranges_and_tiers_as_saved(client: Client, saved_list: SavedList) -> None:
    response = client.get(f"/lists/{saved_list.pk}/")
    desk = response.context["desk"]
    assert desk.count == saved_list.entries.count() == len(desk.picks)
    assert [pick.position for pick in desk.picks] == list(range(1, desk.count + 1))
    assert sum(count for _, count in desk.tier_counts) == desk.count
    for entry in saved_list.entries.all():
        assert f'href="/programs/{entry.program_id}/"' in text_of(response)


def test_list_page_costs_a_constant_number_of_queries(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        client.get(f"/lists/{saved_list.pk}/")


def test_list_rename_and_refuse_an_empty_name(client: Client, saved_list: SavedList) -> None:
    client.post(f"/lists/{saved_list.pk}/", {"name": "Second thoughts"})
    saved_list.refresh_from_db()
    assert saved_list.name == "Second thoughts"
    response = client.post(f"/lists/{saved_list.pk}/", {"name": ""})
    assert "This field is required." in text_of(response)
    saved_list.refresh_from_db()
    assert saved_list.name == "Second thoughts"


def test_list_name_is_text_never_markup(client: Client, saved_list: SavedList) -> None:
    response = client.post(f"/lists/{saved_list.pk}/", {"name": "<script>alert(1)</script>"}, follow=True)
    assert "<script>" not in text_of(response)
    assert "&lt;script&gt;" in text_of(response)


def test_list_delete_ends_the_private_link_and_keeps_the_answer(
    client: Client, match: Match, saved_list: SavedList
) -> None:
    token = link_make(saved_list).token
    client.post(f"/lists/{saved_list.pk}/delete/")
    assert not SavedList.objects.exists()
    assert client.get(f"/l/{token}/").status_code == 404
    assert client.get(f"/matches/{match.pk}/").status_code == 200


def test_lists_shows_ones_own_alone(client: Client, saved_list: SavedList) -> None:
    list_make(name="Of a stranger", match=match_make(run=run_make()))
    text = text_of(client.get("/lists/"))
    assert "Los Angeles first" in text
    assert "Of a stranger" not in text


def test_lists_shows_the_latest_answers_of_ones_own(client: Client, match: Match) -> None:
    stranger = match_make(run=run_make())
    text = text_of(client.get("/lists/"))
    assert f'href="/matches/{match.pk}/"' in text
    assert str(stranger.pk) not in text


def test_lists_empty_says_what_to_do(client: Client, db: None) -> None:
    text = text_of(client.get("/lists/"))
    assert "Nothing saved yet" in text
    assert 'href="/profile/"' in text


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", ""), ("post", "delete/")])
def test_list_of_somebody_else_is_not_found(saved_list: SavedList, method: str, path: str) -> None:
    stranger, account = Client(), Client()
    account.force_login(User.objects.create_user("other"))
    for other in (stranger, account):
        response = getattr(other, method)(f"/lists/{saved_list.pk}/{path}", {"name": "Mine now"})
        assert response.status_code == 404
        assert getattr(other, method)(f"/lists/{uuid.uuid4()}/{path}").status_code == 404
    saved_list.refresh_from_db()
    assert saved_list.name == "Los Angeles first"
