"""The history of answers, as a visitor comes to it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.models import Match, Receipt
from tests.matching.factories import NOW, match_make, run_make
from tests.matching.pages import text_of
from tests.matching.people import visiting
from tests.matching.receipts.made import asked, asked_of, earlier_model, rows_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]
STEP3 = {"status": "pass", "attempts": 1}


@pytest.fixture
def two(client: Client) -> tuple[Match, Match]:
    visitor = visiting(client)
    return asked(visitor), asked(visitor, step3=STEP3, options={"max_applications": 4})


def address(before: Match, after: Match) -> str:
    return f"/matches/{before.pk}/to/{after.pk}/"


def test_history_tells_each_answer_and_what_changed(client: Client, two: tuple[Match, Match]) -> None:
    text = text_of(client.get("/matches/"))
    assert text.index(str(two[1].pk)) < text.index(str(two[0].pk))
    assert "Changed: your Step 3 and your limits on number and fees." in text
    assert "Your first answer." in text
    assert re.search(r"Match <b>\d+.\d+%</b> for the whole list, usually", text)
    assert address(*two) in text


def test_history_of_one_answer_asks_for_no_two(client: Client, two: tuple[Match, Match]) -> None:
    assert "Choose two" in text_of(client.get("/matches/"))
    two[1].delete()
    text = text_of(client.get("/matches/"))
    assert "Choose two" not in text
    assert "When you have a second one" in text


def test_history_of_nobody_leads_to_the_profile(client: Client) -> None:
    text = text_of(client.get("/matches/"))
    assert "No answer yet" in text
    assert "Compare the two chosen" not in text


def test_history_shows_ones_own_alone(client: Client, two: tuple[Match, Match]) -> None:
    visiting(client)
    assert str(two[0].pk) not in text_of(client.get("/matches/"))


def test_history_says_that_an_answer_asked_for_again_is_the_same(client: Client) -> None:
    visitor = visiting(client)
    asked(visitor)
    asked(visitor)
    text = text_of(client.get("/matches/"))
    assert "Nothing changed." in text
    assert "Why it changed" not in text


def test_history_names_new_data_and_another_model(client: Client) -> None:
    visitor = visiting(client)
    asked_of(earlier_model(rows_with(luck__sigma="0.4")), visitor)
    asked(visitor)
    assert "Changed: the model." in text_of(client.get("/matches/"))


def test_history_says_why_an_answer_has_no_figures(client: Client) -> None:
    visitor = visiting(client)
    match_make(visitor=visitor, run=run_make())
    match_make(visitor=visitor, run=run_make(state="failed", reason="A fault.", finished_at=NOW))
    text = text_of(client.get("/matches/"))
    assert "waits to be worked out" in text
    assert "could not be worked out" in text


def test_history_costs_the_same_however_long(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = visiting(client)
    first = asked(visitor)
    with django_assert_num_queries(3):  # session, count, answers
        client.get("/matches/")
    Match.objects.bulk_create(
        Match(run=first.run, visitor=visitor, created_at=NOW - timedelta(hours=hour)) for hour in range(200)
    )
    with django_assert_num_queries(3):
        text = text_of(client.get("/matches/"))
    assert "Page 1 of 11" in text
    last = text_of(client.get("/matches/?page=11"))
    assert last.count("Your first answer.") == 1


def test_history_compares_the_two_chosen(client: Client, two: tuple[Match, Match]) -> None:
    response = client.post("/matches/", {"before": str(two[0].pk), "after": str(two[1].pk)})
    assert (response.status_code, response["Location"]) == (302, address(*two))
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("", "", "Choose the earlier answer."),
        ("0", "", "Choose the later answer."),
        ("0", "0", "Choose two different answers."),
        ("none", "0", "Choose one"),
    ],
)
def test_history_says_what_is_wrong_and_keeps_what_was_chosen(
    client: Client, two: tuple[Match, Match], before: str, after: str, says: str
) -> None:
    names = {"0": str(two[0].pk)}
    response = client.post(
        "/matches/", {"before": names.get(before, before), "after": names.get(after, after)}
    )
    text = text_of(response)
    assert response.status_code == 422
    assert says in text
    assert text.count("checked") == sum(value in names for value in (before, after))


def test_history_holds_an_answer_to_compare_from_on_every_page(client: Client) -> None:
    visitor = visiting(client)
    first = asked(visitor)
    Match.objects.bulk_create(
        Match(run=first.run, visitor=visitor, created_at=NOW - timedelta(hours=hour)) for hour in range(30)
    )
    assert f"?from={first.pk}" in text_of(client.get("/matches/"))
    text = text_of(client.get(f"/matches/?from={first.pk}&page=2"))
    assert f'value="{first.pk}" checked' in text
    assert f"?from={first.pk}&amp;page=1" in text


@pytest.mark.parametrize("named", ["theirs", "nothing"])
def test_history_holds_no_answer_of_another(client: Client, two: tuple[Match, Match], named: str) -> None:
    theirs = asked(uuid.uuid4(), graduation_year=2020)
    held = theirs.pk if named == "theirs" else named
    assert client.get(f"/matches/?from={held}").status_code == 404
