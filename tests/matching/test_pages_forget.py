"""One button, no account: nothing stays."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from applicants.models import Profile, ProfileDraft
from applicants.visitors import SESSION_KEY
from matching.models import (
    ListEntry,
    ListLink,
    ListVersion,
    Match,
    MatchRun,
    OutcomeReport,
    SavedList,
    Scenario,
)
from programs.models import FactReport, Program
from tests.matching.factories import NOW, link_make, list_make, match_make, run_done_make
from tests.matching.pages import text_of
from tests.matching.shared import list_with_secrets

pytestmark = pytest.mark.django_db
KEPT = (Profile, ProfileDraft, SavedList, ListEntry, ListLink, ListVersion, Match, MatchRun, Session)


@pytest.fixture
def visited(client: Client) -> Client:
    """A browser that has made one of everything."""
    saved_list = list_with_secrets()
    visitor = saved_list.visitor
    Profile.objects.create(visitor=visitor, season=2027, document={})
    ProfileDraft.objects.create(visitor=visitor)
    link_make(saved_list)
    FactReport.objects.create(
        program=Program.objects.get(pk="sp00001"), said="It moved.", reporter=visitor, created_at=NOW
    )
    session = client.session
    session[SESSION_KEY] = str(visitor)
    session.save()
    return client


def test_forget_says_first_what_will_go(visited: Client) -> None:
    text = text_of(visited.get("/me/forget/"))
    for words in (
        "1 saved profile",
        "1 form you had begun",
        "1 answer",
        "1 list",
        "1 private link",
        "1 report",
    ):
        assert f"<dt>{words}" in text
    assert SavedList.objects.exists()


def test_forget_counts_what_was_tried_and_told(visited: Client) -> None:
    saved_list = SavedList.objects.get()
    OutcomeReport.objects.create(saved_list=saved_list, season="2027", created_at=NOW, updated_at=NOW)
    Scenario.objects.create(match=saved_list.match, place=0, created_at=NOW, updated_at=NOW)
    text = text_of(visited.get("/me/forget/"))
    assert "<dt>1 what-if</dt>" in text
    assert "<dt>1 report of what came of a list</dt>" in text
    visited.post("/me/forget/")
    assert not OutcomeReport.objects.exists()
    assert not Scenario.objects.exists()


def test_forget_leaves_nothing_in_any_table(visited: Client) -> None:
    token = ListLink.objects.get().token
    response = visited.post("/me/forget/", follow=True)
    assert "All that this browser had made here is deleted." in text_of(response)
    assert {model.__name__: model._default_manager.count() for model in KEPT} == {
        model.__name__: 0 for model in KEPT
    }
    assert list(FactReport.objects.values_list("reporter", flat=True)) == [None]
    assert Client().get(f"/l/{token}/").status_code == 404
    assert "sessionid" not in {name for name, cookie in visited.cookies.items() if cookie.value}


def test_forget_leaves_what_is_anothers(visited: Client) -> None:
    other = list_make(match=match_make(run=run_done_make()))
    visited.post("/me/forget/")
    assert list(SavedList.objects.all()) == [other]


def test_forget_of_an_account_deletes_the_browsers_part_alone(visited: Client) -> None:
    ana = User.objects.create_user("ana")
    kept = list_make(match=match_make(owner=ana))
    stray = list_make(match=match_make())
    visited.force_login(ana)
    session = visited.session
    session[SESSION_KEY] = str(stray.visitor)
    session.save()
    assert "will be logged out" in text_of(visited.get("/me/forget/"))
    visited.post("/me/forget/")
    assert kept in SavedList.objects.all()
    assert stray not in SavedList.objects.all()


def test_forget_with_nothing_kept_says_so_and_makes_no_session(client: Client) -> None:
    assert "Nothing of yours is kept here." in text_of(client.get("/me/forget/"))
    assert client.post("/me/forget/").status_code == 302
    assert not Session.objects.exists()


def test_forget_needs_the_form_of_this_site(visited: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visited.cookies
    assert strict.post("/me/forget/").status_code == 403
    assert SavedList.objects.exists()
