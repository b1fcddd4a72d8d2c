from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match, SavedList
from programs.models import DataVersion
from tests.matching.factories import match_make, run_make
from tests.matching.pages import persona_match, text_of, visitor_of


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


def test_repair_keeps_the_bettered_list_and_says_what_it_did(client: Client, match: Match) -> None:
    response: Any = client.post(f"/matches/{match.pk}/repair/", follow=True)
    saved_list = SavedList.objects.get()
    assert response.redirect_chain == [(f"/lists/{saved_list.pk}/", 302)]
    assert saved_list.name == "My 2027 list, changed"
    (message,) = response.context["messages"]
    assert str(message).startswith(("Took off", "Added", "There was nothing to better"))


def test_repair_waits_for_the_answer(client: Client, match: Match) -> None:
    waiting = match_make(visitor=visitor_of(client), run=run_make())
    response = client.post(f"/matches/{waiting.pk}/repair/", follow=True)
    assert "The answer is not ready yet." in text_of(response)
    assert not SavedList.objects.exists()


def test_repair_of_somebody_else_is_not_found(match: Match, admin_client: Client) -> None:
    for other in (Client(), admin_client):
        assert other.post(f"/matches/{match.pk}/repair/").status_code == 404
    assert not SavedList.objects.exists()


def test_repair_by_get_is_refused(client: Client, match: Match) -> None:
    assert client.get(f"/matches/{match.pk}/repair/").status_code == 405


def test_repair_costs_a_constant_number_of_queries(
    client: Client, match: Match, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(45):
        client.post(f"/matches/{match.pk}/repair/")
