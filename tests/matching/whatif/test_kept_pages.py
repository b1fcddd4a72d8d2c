"""Kept scenarios on their pages: compared, opened again, shared, planned, taken away, forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from matching.models import Match, Plan, Scenario
from matching.my_data import data_export
from matching.services import match_start, matches_claim, run_score
from matching.services.forgetting import visitor_forget
from matching.whatif.services import scenario_change, scenario_keep, scenario_share
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import text_of
from tests.matching.whatif.pages import address, kept

pytestmark = pytest.mark.django_db


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
    assert str(mine.token) not in str(told)
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
