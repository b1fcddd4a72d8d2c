"""The page of an answer that is not there yet."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from applicants.visitors import SESSION_KEY
from matching.models import Match, MatchRun
from matching.services.beats import worker_beat
from tests.matching.factories import NOW, match_make, run_done_make, run_make, run_running_make
from tests.matching.pages import text_of

pytestmark = pytest.mark.django_db

ASKING = {"HX-Request": "true", "HX-Target": "waiting"}


@pytest.fixture
def visitor(client: Client) -> uuid.UUID:
    visitor = uuid.uuid4()
    session = client.session
    session[SESSION_KEY] = str(visitor)
    session.save()
    return visitor


def path(match: Match) -> str:
    return f"/matches/{match.pk}/"


def test_waiting_says_its_turn_and_asks_again(client: Client, visitor: uuid.UUID) -> None:
    worker_beat(name="w", now=timezone.now())
    run_make(created_at=NOW - timedelta(minutes=1))
    match = match_make(run=run_make(), visitor=visitor)
    text = text_of(client.get(path(match)))
    assert "1 answer is worked out before yours." in text
    assert '<progress id="progress" max="3" value="0">' in text
    assert 'hx-trigger="every 1s"' in text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in text
    assert f'action="/matches/{match.pk}/cancel/"' in text


def test_waiting_shows_the_step_of_the_work(client: Client, visitor: uuid.UUID) -> None:
    run = run_running_make(claimed_until=timezone.now() + timedelta(seconds=20), step=1)
    text = text_of(client.get(path(match_make(run=run, visitor=visitor))))
    assert 'value="2"' in text
    assert 'aria-current="step">Comparing you with each' in text


def test_waiting_says_that_scoring_is_not_running_and_since_when(client: Client, visitor: uuid.UUID) -> None:
    worker_beat(name="w", now=NOW)
    text = text_of(client.get(path(match_make(run=run_make(), visitor=visitor))))
    assert "Scoring is not running just now. Your answers are kept." in text
    assert "last running on 20 September at 12:00 UTC" in text


def test_waiting_asked_again_answers_only_what_is_new(client: Client, visitor: uuid.UUID) -> None:
    worker_beat(name="w", now=timezone.now())
    match = match_make(run=run_make(), visitor=visitor)
    assert client.get(f"{path(match)}?seen=0.0.0", headers=ASKING).status_code == 204
    response = client.get(f"{path(match)}?seen=0.7.0", headers=ASKING)
    text = text_of(response)
    assert text.startswith('<div id="waiting"')
    assert 'data-announce="Yours is next."' in text
    assert "<h1" not in text


@pytest.mark.parametrize("over", ["done", "failed"])
def test_waiting_asked_again_leads_on_when_it_is_over(client: Client, visitor: uuid.UUID, over: str) -> None:
    run = run_done_make() if over == "done" else run_make(state="failed", reason="Broken.", finished_at=NOW)
    match = match_make(run=run, visitor=visitor)
    response = client.get(f"{path(match)}?seen=0.0.0", headers=ASKING)
    assert response["HX-Redirect"] == path(match)


def test_waiting_for_what_failed_says_why(client: Client, visitor: uuid.UUID) -> None:
    match = match_make(
        run=run_make(state="failed", reason="The list is full.", finished_at=NOW), visitor=visitor
    )
    assert "The list is full." in text_of(client.get(path(match)))


def test_waiting_costs_few_queries(
    client: Client, visitor: uuid.UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    match = match_make(run=run_make(), visitor=visitor)
    with django_assert_num_queries(4):  # session, match, beats, those before
        client.get(path(match), headers=ASKING)


def test_cancel_goes_back_to_the_form(client: Client, visitor: uuid.UUID) -> None:
    match = match_make(run=run_make(), visitor=visitor)
    response = client.post(f"{path(match)}cancel/")
    assert response["Location"] == "/profile/"
    assert not MatchRun.objects.exists()


def test_cancel_of_what_is_done_leads_to_it(client: Client, visitor: uuid.UUID) -> None:
    match = match_make(run=run_done_make(), visitor=visitor)
    assert client.post(f"{path(match)}cancel/")["Location"] == path(match)
    assert Match.objects.filter(pk=match.pk).exists()


def test_cancel_is_not_for_others(client: Client, visitor: uuid.UUID) -> None:
    match = match_make(run=run_make())
    assert client.post(f"{path(match)}cancel/").status_code == 404
    assert client.get(path(match)).status_code == 404
    assert Match.objects.filter(pk=match.pk).exists()


def test_cancel_by_get_is_refused(client: Client, visitor: uuid.UUID) -> None:
    match = match_make(run=run_make(), visitor=visitor)
    assert client.get(f"{path(match)}cancel/").status_code == 405
