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
from matching.models import Match, MatchRun, Plan, Scenario
from matching.my_data import data_export
from matching.services import match_start, matches_claim, run_score
from matching.services.forgetting import visitor_forget
from matching.whatif.services import scenario_change, scenario_keep, scenario_share
from tests.matching.factories import match_make, run_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import text_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
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


@pytest.fixture
def own(client: Client, scored: Match) -> Client:
    """The browser of the match's owner."""
    session = client.session
    session[SESSION_KEY] = str(scored.visitor)
    session.save()
    return client


def address(match: Match, way: str = "") -> str:
    return f"/matches/{match.pk}/what-if/{way}"


def kept(match: Match, name: str = "Less money") -> Scenario:
    scenario_change(match=match, sent={"max_usd": "200"}, now=timezone.now())
    return scenario_keep(match=match, name=name, now=timezone.now())


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


def test_keep_compares_and_marks_the_differences(own: Client, scored: Match) -> None:
    own.post(address(scored, "try/"), {"max_usd": "0"})
    response = own.post(address(scored, "keep/"), {"name": "Less money"}, follow=True)
    assert response.redirect_chain == [(f"{address(scored)}#kept", 302)]
    text = text_of(response)
    assert '<th scope="col" class="n">Less money</th>' in text
    assert "is-different" in text
    own.post(address(scored, "try/"), {"max_usd": "100"})
    text = text_of(own.post(address(scored, "keep/"), {"name": "Least"}, follow=True))
    assert text.index("Baseline</th>") < text.index("Less money</th>") < text.index("Least</th>")


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (True, "", "Give it a name"),
        (False, "Mine", "Nothing is changed yet, so there is nothing to keep"),
        (True, "x" * 81, "80"),
    ],
)
def test_keep_refuses_in_words(own: Client, scored: Match, change: bool, name: str, words: str) -> None:
    if change:
        own.post(address(scored, "try/"), {"max_usd": "200"})
    response = own.post(address(scored, "keep/"), {"name": name})
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Scenario.objects.filter(place__gte=1).exists()


def test_a_fourth_is_not_kept_and_the_page_says_why(own: Client, scored: Match) -> None:
    for count in range(3):
        kept(scored, f"Number {count}")
    assert own.post(address(scored, "keep/"), {"name": "Four"}).status_code == 422
    text = text_of(own.get(address(scored)))
    assert "You keep 3, which is as many as one can compare." in text
    assert "Keep this scenario" in text_of(own.post(address(scored, "1/delete/"), follow=True))
    assert Scenario.objects.filter(place__gte=1).count() == 2


def test_open_goes_on_from_a_kept_one(own: Client, scored: Match) -> None:
    kept(scored)
    own.post(address(scored, "baseline/"))
    own.post(address(scored, "1/open/"))
    assert Scenario.objects.get(place=0).changes == {"max_usd": 200}


def test_shared_shows_differences_and_changes_and_not_the_profile(own: Client, scored: Match) -> None:
    kept(scored, "For Dr. Peña")
    own.post(address(scored, "1/share/"), {"end": "week"})
    token = Scenario.objects.get(place=1).token
    assert f"/w/{token}/" in text_of(own.get(address(scored)))
    response = Client().get(f"/w/{token}/")
    text = text_of(response)
    assert response.status_code == 200
    assert "For Dr. Peña" in text
    assert "Application fees at most" in text
    assert "Chance of a match" in text
    run = scored.run
    for secret in (str(scored.pk), str(scored.visitor), "224", "2025", "Step 2 CK", "us_img", run.digest):
        assert secret not in text


def test_shared_is_told_to_nobody(scored: Match) -> None:
    token = scenario_share(scenario=kept(scored), end="week", now=timezone.now()).token
    response = Client().get(f"/w/{token}/")
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}
    assert Client().post(f"/w/{token}/").status_code == 405


def test_shared_that_ended_is_as_one_that_never_was(own: Client, scored: Match) -> None:
    mine = kept(scored)
    ended = scenario_share(scenario=mine, end="week", now=timezone.now()).token
    long_ago = timezone.now() - timedelta(days=30)
    Scenario.objects.filter(pk=mine.pk).update(created_at=long_ago, shared_until=long_ago + timedelta(days=7))
    answers = {Client().get(f"/w/{token}/").content for token in (ended, "x" * 32)}
    assert len(answers) == 1
    mine.refresh_from_db()
    token = scenario_share(scenario=mine, end="week", now=timezone.now()).token
    assert Client().get(f"/w/{token}/").status_code == 200
    own.post(address(scored, "1/revoke/"))
    assert Client().get(f"/w/{token}/").status_code == 404


def test_share_refuses_an_end_that_is_none(own: Client, scored: Match) -> None:
    kept(scored)
    text = text_of(own.post(address(scored, "1/share/"), {"end": "never"}, follow=True))
    assert "The link ends: choose one of the answers." in text
    assert Scenario.objects.get(place=1).token is None


def test_the_one_at_hand_is_neither_shared_nor_deleted_nor_planned(own: Client, scored: Match) -> None:
    own.post(address(scored, "try/"), {"max_usd": "200"})
    for way in ("share", "delete", "plan", "open", "revoke"):
        assert own.post(address(scored, f"0/{way}/"), {"end": "week"}).status_code == 404
        assert own.post(address(scored, f"2/{way}/"), {"end": "week"}).status_code == 404


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
    with django_assert_max_num_queries(3):  # session, match with run, scenarios
        own.get(address(scored))
    with django_assert_max_num_queries(6):  # session, match, savepoint and its end, scenario, its update
        own.post(address(scored, "try/"), {"max_usd": "300"}, headers={"HX-Request": "true"})
    token = scenario_share(scenario=Scenario.objects.get(place=1), end="week", now=timezone.now()).token
    with django_assert_max_num_queries(1):
        Client().get(f"/w/{token}/")


def test_plan_is_handed_the_actions_of_the_scenario(own: Client, scored: Match) -> None:
    profile = profile_of(step3={"status": "not_taken", "attempts": 0})
    match = match_start(profile=profile, options=options_of(), visitor=scored.visitor)
    run_score(match.run_id)
    match.refresh_from_db()
    scenario_change(match=match, sent={"step3_passed": "yes", "max_usd": "200"}, now=timezone.now())
    scenario_keep(match=match, name="Step 3", now=timezone.now())
    assert own.post(address(match, "1/plan/"))["Location"] == "/plan/"
    plan = Plan.objects.get()
    assert (plan.match, plan.chosen) == (match, ["step3_passed"])


def test_plan_of_a_scenario_without_a_step_is_none(own: Client, scored: Match) -> None:
    kept(scored)
    response = own.post(address(scored, "1/plan/"), follow=True)
    assert "Nothing in this scenario is a step to take" in text_of(response)
    assert not Plan.objects.exists()


def test_what_one_tried_can_be_taken_away_but_not_what_opens_the_link(own: Client, scored: Match) -> None:
    mine = scenario_share(scenario=kept(scored, "Mine"), end="week", now=timezone.now())
    told = data_export(visitor=scored.visitor)["scenarios"]
    assert [(each["name"], each["kept"], each["changes"]) for each in told] == [
        ("", False, {"max_usd": 200}),
        ("Mine", True, {"max_usd": 200}),
    ]
    assert mine.token not in str(told)
    assert data_export(visitor=uuid.uuid4())["scenarios"] == []
    assert "2 what-ifs" in text_of(own.get("/me/"))


def test_forgetting_her_forgets_what_she_tried_and_ends_the_link(scored: Match) -> None:
    mine = scenario_share(scenario=kept(scored), end="week", now=timezone.now())
    assert scored.visitor is not None
    visitor_forget(visitor=scored.visitor)
    assert not Scenario.objects.exists()
    assert Client().get(f"/w/{mine.token}/").status_code == 404


def test_logging_in_takes_along_what_was_tried(scored: Match) -> None:
    kept(scored)
    user = User.objects.create_user("someone")
    assert scored.visitor is not None
    matches_claim(visitor=scored.visitor, user=user)
    account = Client()
    account.force_login(user)
    assert "Less money" in text_of(account.get(address(scored)))
