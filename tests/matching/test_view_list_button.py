"""Add and remove from any page: onto the current list, or the first one made for it."""

import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.list_selectors import list_current, listed_ids
from matching.models import Match, SavedList
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import persona_match, text_of, visitor_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


def test_add_begins_a_list_on_the_latest_answer(client: Client, match: Match) -> None:
    response = client.post("/lists/add/", {"program": "sp00003", "next": "/programs/?page=2"})
    saved_list = SavedList.objects.get()
    assert response["Location"] == "/programs/?page=2"
    assert (saved_list.name, saved_list.match_id, ids_of(saved_list)) == ("My list", match.pk, ["sp00003"])


def test_add_without_an_answer_leads_to_the_questions(client: Client, small_catalogue: DataVersion) -> None:
    assert client.post("/lists/add/", {"program": "sp00003"})["Location"] == "/profile/"
    response = client.post("/lists/add/", {"program": "sp00003"}, headers=HTMX)
    assert response["HX-Redirect"] == "/profile/"
    assert not SavedList.objects.exists()


def test_add_with_scripts_swaps_the_button(client: Client, match: Match) -> None:
    text = text_of(client.post("/lists/add/", {"program": "sp00003", "next": "/x/"}, headers=HTMX))
    assert 'action="/lists/remove/"' in text
    assert 'name="next" value="/x/"' in text
    assert 'class="toasts"' in text
    text = text_of(client.post("/lists/remove/", {"program": "sp00003"}, headers=HTMX))
    assert 'action="/lists/add/"' in text
    assert ids_of(SavedList.objects.get()) == []


def test_add_twice_is_once(client: Client, match: Match) -> None:
    for _ in range(2):
        client.post("/lists/add/", {"program": "sp00003"})
    saved_list = SavedList.objects.get()
    assert (ids_of(saved_list), saved_list.version) == (["sp00003"], 2)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", ""])
def test_add_never_leads_to_another_site(client: Client, match: Match, address: str) -> None:
    response = client.post("/lists/add/", {"program": "sp00003", "next": address})
    assert response["Location"] == f"/lists/{SavedList.objects.get().pk}/"


@pytest.mark.parametrize(
    "body", [{}, {"program": "sp99999"}, {"program": "x"}, {"program": "sp00003", "list": "x"}]
)
def test_add_of_what_is_not_there_is_not_found(client: Client, match: Match, body: dict[str, str]) -> None:
    assert client.post("/lists/add/", body).status_code == 404
    assert client.post("/lists/remove/", body).status_code == 404


def test_add_to_anothers_list_or_match_is_not_found(client: Client, match: Match) -> None:
    other = list_scored(visitor=uuid.uuid4())
    before = ids_of(other)
    for body in ({"list": str(other.pk)}, {"match": str(other.match_id)}):
        assert client.post("/lists/add/", {"program": "sp00003", **body}).status_code == 404
    assert client.post("/lists/remove/", {"program": before[0], "list": str(other.pk)}).status_code == 404
    assert ids_of(other) == before


def test_remove_without_a_list_is_not_found(client: Client, match: Match) -> None:
    assert client.post("/lists/remove/", {"program": "sp00003"}).status_code == 404


def test_add_goes_to_the_list_changed_last(client: Client, match: Match) -> None:
    older, newer = list_scored(visitor=visitor_of(client)), list_scored(visitor=visitor_of(client))
    assert list_current(visitor=visitor_of(client)) == newer
    client.post("/lists/remove/", {"program": ids_of(older)[0], "list": str(older.pk)})
    assert list_current(visitor=visitor_of(client)) == older
    assert list_current(visitor=visitor_of(client), chosen=str(newer.pk)) == newer
    assert list_current(visitor=visitor_of(client), chosen="no list") == older
    assert list_current(visitor=uuid.uuid4()) is None


def test_listed_ids_are_of_the_current_list_in_one_query(
    client: Client, match: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    older, newer = list_scored(visitor=visitor_of(client)), list_scored(visitor=visitor_of(client))
    client.post("/lists/remove/", {"program": ids_of(newer)[0], "list": str(newer.pk)})
    visitor, kept = visitor_of(client), set(ids_of(newer))
    with django_assert_num_queries(1):
        assert listed_ids(visitor=visitor) == kept
    assert listed_ids(visitor=visitor_of(client), chosen=str(older.pk)) == set(ids_of(older))
    assert listed_ids(visitor=uuid.uuid4()) == frozenset()
    assert listed_ids() == frozenset()
