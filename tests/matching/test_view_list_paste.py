"""Pasting a list: understood first, added when confirmed, nothing lost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import SavedList
from matching.services import list_remove
from programs.models import DataVersion
from tests.matching.factories import program_make
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
    saved_list = SavedList.objects.get()
    list_remove(saved_list=saved_list, programs=ids_of(saved_list))
    return saved_list


def test_paste_shows_what_was_understood_and_adds_nothing(client: Client, saved_list: SavedList) -> None:
    text = "1. sp00001\n2. sp00001\nHarbor sp00002, Los Angeles CA\nAtlantis General\n"
    response = client.post(f"/lists/{saved_list.pk}/paste/", {"text": text})
    page = response.context["page"]
    assert ([row.first.id for row in page.matched], len(page.doubled), len(page.unmatched)) == (
        ["sp00001", "sp00002"], 1, 1,
    )  # fmt: skip
    assert "Atlantis General" in text_of(response)
    assert ids_of(saved_list) == []


def test_paste_add_takes_what_is_ticked_in_the_order_of_the_lines(
    client: Client, saved_list: SavedList
) -> None:
    body = {"line-10": "sp00002", "line-2": "sp00004", "line-3": "", "line-x": "sp00005", "text": ""}
    response = client.post(f"/lists/{saved_list.pk}/paste/add/", body, follow=True)
    assert ids_of(saved_list) == ["sp00005", "sp00004", "sp00002"]
    assert "3 programs added" in text_of(response)
    saved_list.refresh_from_db()
    client.post(f"/lists/{saved_list.pk}/undo/", {"version": saved_list.version})
    assert ids_of(saved_list) == []


def test_paste_add_keeps_the_lines_that_are_left(client: Client, saved_list: SavedList) -> None:
    body = {"line-1": "sp00001", "text": "Atlantis <General>"}
    response = client.post(f"/lists/{saved_list.pk}/paste/add/", body)
    assert ids_of(saved_list) == ["sp00001"]
    assert "Atlantis &lt;General&gt;</textarea>" in text_of(response)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Paste your list here first"), (" \n ", "Paste your list here first"),
     ("sp00001\n" * 501, "This has 501 lines."), ("x" * 60_001, "60000 characters")],
)  # fmt: skip
def test_paste_that_cannot_be_read_says_so_and_keeps_it(
    client: Client, saved_list: SavedList, text: str, said: str
) -> None:
    response = client.post(f"/lists/{saved_list.pk}/paste/", {"text": text})
    assert response.status_code == 422
    assert said in text_of(response)
    assert text.strip()[:40] in response.content.decode()


def test_paste_of_strange_characters_is_read(client: Client, saved_list: SavedList) -> None:
    response = client.post(
        f"/lists/{saved_list.pk}/paste/", {"text": "<script>\u202e 🏥\t\t\n%00 ' OR 1=1\n"}
    )
    assert response.status_code == 200
    assert "<script>\u202e" not in response.content.decode()


def test_paste_costs_the_same_however_many_lines(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30, 60):
        program_make(f"sp{number:05d}")
    for lines in (1, 30):
        text = "\n".join(f"sp{number:05d}" for number in range(30, 30 + lines))
        with django_assert_max_num_queries(7):
            client.post(f"/lists/{saved_list.pk}/paste/", {"text": text})
