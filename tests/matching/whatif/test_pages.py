"""The what-if pages: what they show, what they refuse, to whom they are closed, what they cost."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from applicants.visitors import SESSION_KEY
from matching.models import Match, MatchRun, Scenario
from matching.whatif.services import scenario_share
from tests.matching.factories import match_make, run_make
from tests.matching.pages import text_of
from tests.matching.whatif.pages import address, kept

pytestmark = pytest.mark.django_db
WAYS = (
    "try/",
    "undo/",
    "baseline/",
    "keep/",
    "anew/",
    "1/open/",
    "1/delete/",
    "1/share/",
    "1/revoke/",
    "1/plan/",
)


def test_what_if_shows_the_baseline_the_controls_and_the_locked_ones(own: Client, scored: Match) -> None:
    text = text_of(own.get(address(scored)))
    assert "Nothing is changed yet. This is where you stand." in text
    assert "A passed Step 2 CK cannot be taken again: the score stays." in text
    assert "You have not told us of your letters." in text
    assert '<input type="range" id="c-max_applications"' in text
    assert not Scenario.objects.exists()


def test_what_if_reads_and_scores_nothing(
    own: Client, scored: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(scored)

    def scored_again(**_: Any) -> None:
        raise AssertionError("a page that is read scores nothing")

    monkeypatch.setattr("matching.whatif.reckoning.answer_compute", scored_again)
    assert own.get(address(scored)).status_code == 200


def test_what_if_latest_leads_to_the_newest(own: Client, scored: Match) -> None:
    assert own.get("/what-if/")["Location"] == address(scored)


def test_what_if_of_an_older_answer_says_so_and_leads_to_the_newest(own: Client, scored: Match) -> None:
    assert "You have a newer one." not in text_of(own.get(address(scored)))
    later = scored.created_at + timedelta(hours=1)
    newest = match_make(run=scored.run, visitor=scored.visitor, created_at=later)
    text = text_of(own.get(address(scored)))
    assert "You have a newer one." in text
    assert f'<a href="{address(newest)}">Try changes on the newest answer</a>' in text
    assert "You have a newer one." not in text_of(own.get(address(newest)))


def test_what_if_of_the_newest_answer_leads_to_what_was_kept_before(own: Client, scored: Match) -> None:
    kept(scored, "Before")
    later = scored.created_at + timedelta(hours=1)
    newest = match_make(run=scored.run, visitor=scored.visitor, created_at=later)
    assert f'stands with your answer of <a href="{address(scored)}">' in text_of(own.get(address(newest)))
    assert "stands with your answer of" not in text_of(own.get(address(scored)))
    stranger = match_make(run=scored.run, created_at=later)
    kept(stranger, "Not hers")
    Scenario.objects.filter(match=scored).delete()
    assert "stands with your answer of" not in text_of(own.get(address(newest)))


def test_what_if_latest_leads_a_new_visitor_to_the_profile(client: Client) -> None:
    assert client.get("/what-if/")["Location"] == "/profile/"


def test_what_if_of_a_run_that_waits_says_so(own: Client, scored: Match) -> None:
    MatchRun.objects.filter(pk=scored.run_id).update(
        state="queued", result=None, finished_at=None, attempts=0
    )
    assert own.get(address(scored)).templates[0].name == "matching/waiting.html"


def test_try_without_scripts_leads_back_to_the_page_with_the_answer(own: Client, scored: Match) -> None:
    response = own.post(address(scored, "try/"), {"max_usd": "0"}, follow=True)
    assert response.redirect_chain == [(address(scored), 302)]
    text = text_of(response)
    assert "With this change" in text
    assert "Application fees at most</b>: $0" in text
    assert "saves $" in text


def test_try_with_scripts_answers_with_the_answer_alone_and_says_it(own: Client, scored: Match) -> None:
    response = own.post(address(scored, "try/"), {"max_usd": "200"}, headers={"HX-Request": "true"})
    text = text_of(response)
    assert text.startswith('<section id="answer"')
    assert 'data-announce="With this change' in text
    assert 'id="answer-line"' in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("sent", "name", "words"),
    [
        ({"field_internal_medicine": ["no"]}, "field_internal_medicine", "Keep at least one specialty"),
        ({"step2ck_passed": ["no"]}, "step2ck_passed", "cannot be taken again"),
        ({"max_usd": ["lots"], "signals": ["no"]}, "max_usd", "Choose from $0 to no limit"),
    ],
)
def test_try_refuses_names_the_control_and_loses_nothing(
    own: Client, scored: Match, sent: dict[str, Any], name: str, words: str
) -> None:
    response = own.post(address(scored, "try/"), sent)
    assert response.status_code == 422
    text = text_of(response)
    assert f'<a href="#c-{name}">' in text
    assert words in text
    if "signals" in sent:
        switch = re.search(r'<input type="checkbox"[^>]*id="c-signals"[^>]*>', text)
        assert switch is not None
        assert " checked" not in switch[0]
    part = own.post(address(scored, "try/"), sent, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert words in text_of(part)
    assert not Scenario.objects.exclude(changes={}).exists()


def test_a_switch_sends_the_last_of_its_two_values(own: Client, scored: Match) -> None:
    own.post(address(scored, "try/"), {"signals": ["no", "yes"], "field_pediatrics": ["no"]})
    assert Scenario.objects.get().changes == {}
    own.post(address(scored, "try/"), {"signals": ["no"]})
    assert Scenario.objects.get().changes == {"signals": False}


def test_undo_and_back_to_the_baseline_swap_controls_and_answer(own: Client, scored: Match) -> None:
    own.post(address(scored, "try/"), {"max_usd": "200"})
    response = own.post(address(scored, "undo/"), headers={"HX-Request": "true"})
    text = text_of(response)
    assert '<div id="board"' in text
    assert "Nothing is changed yet" in text
    assert text.count('id="answer-line"') == 1
    own.post(address(scored, "try/"), {"max_usd": "200"})
    assert "Nothing is changed yet" in text_of(own.post(address(scored, "baseline/"), follow=True))
    assert own.post(address(scored, "undo/")).status_code == 302


def test_undo_with_nothing_to_undo_is_quiet(own: Client, scored: Match) -> None:
    assert own.post(address(scored, "undo/"), follow=True).status_code == 200


def test_an_earlier_edition_is_worked_out_anew(own: Client, scored: Match) -> None:
    MatchRun.objects.filter(pk=scored.run_id).update(model_version="m0", digest="0" * 64)
    response = own.get(address(scored))
    assert response.status_code == 409
    assert "Work it out anew" in text_of(response)
    assert own.post(address(scored, "try/"), {"max_usd": "200"}).status_code == 409
    response = own.post(address(scored, "anew/"))
    new = Match.objects.exclude(pk=scored.pk).get()
    assert response["Location"] == address(new)
    assert (new.run.profile, new.visitor) == (scored.run.profile, scored.visitor)
    assert new.run.model_version != "m0"


@pytest.mark.parametrize("way", ["", *WAYS])
def test_what_if_of_somebody_else_is_not_found(scored: Match, way: str) -> None:
    kept(scored)
    account = Client()
    account.force_login(User.objects.create_user("other"))
    for other in (Client(), account):
        send = other.post if way else other.get
        assert send(address(scored, way), {"max_usd": "100", "name": "x", "end": "week"}).status_code == 404
    assert Scenario.objects.get(place=0).changes == {"max_usd": 200}
    assert Scenario.objects.get(place=1).token is None


@pytest.mark.parametrize("way", WAYS)
def test_ways_that_change_something_are_no_links(own: Client, scored: Match, way: str) -> None:
    assert own.get(address(scored, way)).status_code == 405


def test_unknown_match_is_not_found(own: Client) -> None:
    assert own.get(f"/matches/{uuid.uuid4()}/what-if/").status_code == 404


def test_a_run_without_an_answer_is_tried_by_nobody(client: Client) -> None:
    match = match_make(run=run_make())
    session = client.session
    session[SESSION_KEY] = str(match.visitor)
    session.save()
    assert client.post(address(match, "try/"), {"max_usd": "1"}).status_code == 200
    assert not Scenario.objects.exists()


def test_pages_cost_a_constant_number_of_queries(
    own: Client, scored: Match, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(3):
        kept(scored, f"Number {count}")
    own.get(address(scored))
    with django_assert_max_num_queries(4):  # session, match with run, scenarios, a newer match
        own.get(address(scored))
    with django_assert_max_num_queries(6):  # session, match, savepoint and its end, scenario, its update
        own.post(address(scored, "try/"), {"max_usd": "300"}, headers={"HX-Request": "true"})
    token = scenario_share(scenario=Scenario.objects.get(place=1), end="week", now=timezone.now()).token
    with django_assert_max_num_queries(1):
        Client().get(f"/w/{token}/")
