import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import SavedList
from matching.services import list_remove
from programs.models import DataVersion
from tests.matching.lists import ids_of
from tests.matching.pages import persona_match, text_of


@pytest.fixture
def saved_list(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> SavedList:
    match = persona_match(client, django_capture_on_commit_callbacks)
    client.post(f"/matches/{match.pk}/save/", {"name": "Mine"})
    return SavedList.objects.get()


def test_versions_tell_what_was_done_and_when(client: Client, saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    list_remove(saved_list=saved_list, programs=[first])
    text = text_of(client.get(f"/lists/{saved_list.pk}/versions/"))
    assert f"Removed Harbor {first}" in text
    assert "Saved the recommended list" in text
    assert "The list now" in text


def test_restore_brings_it_back_and_offers_to_undo(client: Client, saved_list: SavedList) -> None:
    before = ids_of(saved_list)
    list_remove(saved_list=saved_list, programs=before[:2])
    response = client.post(f"/lists/{saved_list.pk}/versions/1/restore/", follow=True)
    assert ids_of(saved_list) == before
    assert "Went back to version 1" in text_of(response)
    response = client.post(f"/lists/{saved_list.pk}/versions/1/restore/", follow=True)
    assert "The list is the same as in that version." in text_of(response)


def test_version_name_keeps_it_and_refuses_what_is_too_long(client: Client, saved_list: SavedList) -> None:
    address = f"/lists/{saved_list.pk}/versions/1/name/"
    assert "kept as “First”" in text_of(client.post(address, {"name": "First"}, follow=True))
    assert "at most 120" in text_of(client.post(address, {"name": "x" * 121}, follow=True))
    assert saved_list.versions.get().name == "First"
    assert "has no name now" in text_of(client.post(address, {"name": ""}, follow=True))


@pytest.mark.parametrize("number", ["99", "99999999999999999999"])
def test_versions_that_are_not_there_are_not_found(
    client: Client, saved_list: SavedList, number: str
) -> None:
    for action in ("restore", "name"):
        address = f"/lists/{saved_list.pk}/versions/{number}/{action}/"
        assert client.post(address, {"name": "x"}).status_code == 404


def test_versions_cost_the_same_however_many(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for program in ids_of(saved_list)[:3]:
        list_remove(saved_list=saved_list, programs=[program])
    with django_assert_max_num_queries(5):
        client.get(f"/lists/{saved_list.pk}/versions/")
