import html
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from applicants.services import profile_save
from matching.models import Plan
from matching.planning.document import document_load
from tests.matching.factories import match_make
from tests.matching.inputs import profile_of
from tests.matching.pages import text_of
from tests.matching.people import visiting
from tests.matching.planning.made import ME, own_match, own_plan

pytestmark = pytest.mark.usefixtures("small_catalogue")
PAGE = "/plan/"
QUERIES = 11
Post = Callable[..., Any]


@pytest.fixture
def plan(client: Client) -> Plan:
    return own_plan(visiting(client))


def act(client: Client, name: str, **sent: str) -> Any:
    return client.post(f"/plan/steps/{name}/", sent)


def test_without_answers_the_plan_leads_to_the_profile(client: Client) -> None:
    text = text_of(client.get(PAGE))
    assert 'href="/profile/"' in text
    assert "A plan starts from your answers" in text


def test_a_plan_is_made_by_a_button(client: Client) -> None:
    match = own_match(visiting(client))
    assert f'name="match" value="{match.pk}"' in text_of(client.get(PAGE))
    assert client.post("/plan/start/", {"match": match.pk})["Location"] == PAGE
    assert Plan.objects.get().match == match


def test_a_plan_is_read_in_constant_queries(
    client: Client, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("statement", "letters_asked", "rank"):
        act(client, "note", code=code, note="mine")
    with django_assert_max_num_queries(QUERIES):
        response = client.get(PAGE)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0")


def test_the_page_says_what_to_do_by_when_and_how_sure(client: Client, plan: Plan) -> None:
    response = client.get(PAGE)
    text, page = html.unescape(text_of(response)), response.context["page"]
    document = document_load(plan.document)
    assert page.headline in text
    assert page.timeline.text in text
    for step in document.steps:
        assert step.label in text
    assert "Not announced; from the pattern of earlier years." in text
    assert "What cannot change" in text
    assert "do not add up" in text
    assert not re.search(r" style=| onclick=", text)
    without = re.sub(r"\d+–?\d*% match", "", text)
    assert "%" not in re.sub(r"<[^>]*>", "", without)


def test_a_tick_scores_anew_and_is_taken_back(client: Client, plan: Plan) -> None:
    response = act(client, "done", code="step3_passed", value="212")
    assert response["Location"] == "/plan/#step-step3_passed"
    text = text_of(client.get(PAGE))
    assert "Done, and everything is scored anew." in text
    assert "Take back" in text
    plan.refresh_from_db()
    assert plan.match.run.profile["step3"]["score"] == 212
    act(client, "undone", code="step3_passed")
    plan.refresh_from_db()
    assert plan.match.run.profile["step3"]["status"] == "not_taken"


@pytest.mark.parametrize("typed", ["", "abc", "0", "301", "٢"])
def test_a_bad_value_is_refused_at_its_step_and_stays_typed(client: Client, plan: Plan, typed: str) -> None:
    code = next(s.code for s in document_load(plan.document).steps if s.code.startswith("hands_on"))
    response = act(client, "done", code=code, value=typed)
    assert response.status_code == 422
    text = text_of(response)
    assert f'id="step-{code}-error"' in text
    assert "Type a whole number" in text
    if typed:
        assert f'value="{typed}"' in text
    assert not plan.steps.exists()


def test_a_swap_brings_the_plan_alone_with_its_message(client: Client, plan: Plan) -> None:
    sent = {"code": "statement"}
    response = client.post("/plan/steps/done/", sent, headers={"HX-Request": "true"})
    text = text_of(response)
    assert text.startswith("<div") or '<div id="plan"' in text
    assert "<html" not in text
    assert 'class="toasts"' in text
    assert 'id="step-statement"' in text


def test_a_step_is_put_off_dropped_noted_and_taken_up(client: Client, plan: Plan) -> None:
    act(client, "snooze", code="statement", until="week")
    assert "Put off until" in text_of(client.get(PAGE))
    act(client, "drop", code="statement")
    assert "(not for me)" in text_of(client.get(PAGE))
    act(client, "open", code="statement")
    act(client, "note", code="statement", note="Ask Ana <b>")
    assert "Your note: Ask Ana &lt;b&gt;" in text_of(client.get(PAGE))


def test_plan_asks_in_plain_sight_whether_she_applied_before_until_she_says(
    client: Client, plan: Plan
) -> None:
    asked = 'name="applied" value="yes">Yes</button>'
    assert asked in text_of(client.get(PAGE))
    client.post("/plan/aim/", {"season": plan.season, "applied": "yes"})
    told = text_of(client.get(PAGE))
    assert asked not in told
    assert "Ask programs for feedback" in told


def test_another_season_and_an_earlier_application(client: Client, plan: Plan) -> None:
    client.post("/plan/aim/", {"season": "2029", "applied": "yes"})
    plan.refresh_from_db()
    assert (plan.season, plan.applied_before) == ("2029", True)
    assert "Ask programs for feedback" in text_of(client.get(PAGE))
    client.post("/plan/aim/", {"season": "2027"})
    late = text_of(client.get(PAGE))
    assert "There is no time left for these this season." in late
    assert "before applications open" not in late
    client.post("/plan/aim/", {"season": "2029"})
    client.post("/plan/aim/", {"season": "1999"})
    plan.refresh_from_db()
    assert plan.season == "2029"


def test_changed_answers_are_said_and_one_button_mends_it(client: Client, plan: Plan) -> None:
    changed = profile_of(**{**ME, "graduation_year": 2020})
    profile_save(document=changed, season="2027", row=plan.match.profile)
    assert "Your answers have changed since" in text_of(client.get(PAGE))
    client.post("/plan/refresh/")
    assert "Your answers have changed since" not in text_of(client.get(PAGE))


def test_a_plan_of_an_earlier_edition_asks_to_be_reckoned(client: Client, plan: Plan) -> None:
    Plan.objects.update(document={"old": True})
    assert "earlier edition" in text_of(client.get(PAGE))
    client.post("/plan/refresh/")
    assert "until applications open" in text_of(client.get(PAGE))


def test_nobody_reaches_the_plan_of_another(client: Client) -> None:
    own_plan(uuid.uuid4())
    assert "A plan starts from your answers" in text_of(client.get(PAGE))
    for name in ("done", "undone", "snooze", "drop", "open", "note"):
        assert act(client, name, code="statement").status_code == 404
    for path in ("/plan/refresh/", "/plan/aim/"):
        assert client.post(path).status_code == 404
    others = match_make(visitor=uuid.uuid4())
    for sent in (str(others.pk), "x", ""):
        assert client.post("/plan/start/", {"match": sent}).status_code == 404


def test_what_is_no_step_is_not_found(client: Client, plan: Plan) -> None:
    for name, sent in (
        ("done", {"code": "no-such"}),
        ("done", {"code": "statement", "program": "sp99999"}),
        ("dance", {"code": "statement"}),
        ("snooze", {"code": "statement", "until": "never"}),
        ("note", {}),
    ):
        assert act(client, name, **sent).status_code == 404
    assert client.get("/plan/steps/done/").status_code == 405


def test_a_note_that_is_too_long_is_refused(client: Client, plan: Plan) -> None:
    assert act(client, "note", code="statement", note="x" * 501).status_code == 422
    assert not plan.steps.exists()
