import uuid

import pytest
from django.contrib.auth import user_logged_in
from django.contrib.auth.models import User
from django.test import Client

from applicants.visitors import SESSION_KEY
from matching.models import Match, MatchRun
from tests.matching.factories import key_make, list_make, match_make, run_done_make

pytestmark = pytest.mark.django_db


def visiting(client: Client) -> uuid.UUID:
    visitor = uuid.uuid4()
    session = client.session
    session[SESSION_KEY] = str(visitor)
    session.save()
    return visitor


def test_login_claims_what_the_visitor_made(client: Client) -> None:
    visitor = visiting(client)
    match = match_make(visitor=visitor)
    saved_list = list_make(match=match)
    others = match_make()
    user = User.objects.create_user("ana")

    client.force_login(user)

    match.refresh_from_db()
    saved_list.refresh_from_db()
    others.refresh_from_db()
    assert (match.owner, match.visitor) == (user, None)
    assert (saved_list.owner, saved_list.visitor) == (user, None)
    assert others.owner is None


def test_login_without_a_visit_claims_nothing(client: Client) -> None:
    match = match_make()

    client.force_login(User.objects.create_user("ana"))

    match.refresh_from_db()
    assert match.owner is None


def test_login_without_a_request_claims_nothing() -> None:
    """Some ways to log in have no request to speak of."""
    match = match_make()
    user = User.objects.create_user("ana")

    user_logged_in.send(sender=User, request=None, user=user)

    match.refresh_from_db()
    assert match.owner is None


def test_run_goes_with_its_last_match() -> None:
    run = run_done_make()
    first, second = match_make(run=run), match_make(run=run)

    first.delete()
    assert MatchRun.objects.filter(pk=run.pk).exists()

    second.delete()
    assert not MatchRun.objects.filter(pk=run.pk).exists()


def test_run_goes_with_the_account_or_key_that_had_it() -> None:
    user = User.objects.create_user("ana")
    key, _ = key_make()
    mine, ours, partners = run_done_make(), run_done_make(), run_done_make()
    match_make(run=mine, owner=user)
    match_make(run=mine, owner=user)
    match_make(run=ours, owner=user)
    kept = match_make(run=ours)
    match_make(run=partners, api_key=key)

    user.delete()
    key.delete()

    assert list(MatchRun.objects.all()) == [ours]
    assert list(Match.objects.all()) == [kept]
