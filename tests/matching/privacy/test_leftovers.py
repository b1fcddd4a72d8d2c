"""Links, sessions, requests, partners' answers, desk work and unproven addresses: each goes at its time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from pytest_django import Settings

from matching.models import IdempotencyKey, ListLink, Match, MatchRun, Scenario
from matching.privacy.retention import retention_sweep
from tests.matching.factories import key_make, link_make, list_make, match_make
from tests.matching.people import account_make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def periods(settings: Settings) -> None:
    settings.KEEP_DAYS = dict.fromkeys(settings.KEEP_DAYS, 10)


def swept(kind: str) -> tuple[int, int]:
    """What a dry run says would go, and what went."""
    return retention_sweep(now=NOW, dry_run=True)[kind], retention_sweep(now=NOW)[kind]


@pytest.mark.parametrize("ended", ["expires_at", "revoked_at"])
def test_link_goes_so_many_days_after_its_end(ended: str) -> None:
    saved_list = list_make(match=match_make(owner=account_make()))
    made: dict[str, Any] = {"created_at": NOW - 100 * DAY}
    link_make(saved_list, **made, **{ended: NOW - 10 * DAY - SECOND})
    stays = [link_make(saved_list, **made, **{ended: NOW - 10 * DAY}), link_make(saved_list, **made)]
    assert swept("links") == (1, 1)
    assert set(ListLink.objects.all()) == set(stays)


def test_link_to_what_was_tried_out_is_cleared_at_its_end() -> None:
    match, made = match_make(owner=account_make()), {"created_at": NOW - 5 * DAY, "updated_at": NOW}
    ended = Scenario.objects.create(match=match, token="a" * 32, shared_until=NOW - SECOND, **made)
    open_ = Scenario.objects.create(match=match, place=1, token="b" * 32, shared_until=NOW + DAY, **made)
    assert swept("links") == (1, 1)
    ended.refresh_from_db()
    open_.refresh_from_db()
    assert (ended.token, ended.shared_until, open_.token) == (None, None, "b" * 32)


def test_session_goes_when_it_is_over_and_with_it_where_one_was_logged_in() -> None:
    user = account_make()
    for key, ends in (("over", NOW - SECOND), ("lives", NOW + DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="x")
    UserSession.objects.create(user=user, session_key="logged out", ip="127.0.0.1", user_agent="x")
    retention_sweep(now=NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lives"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["lives"]


def test_partners_name_of_a_request_goes_before_its_answer(settings: Settings) -> None:
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "partner": 20}
    key, _ = key_make()
    for age in (9, 11, 21):
        match = match_make(api_key=key, created_at=NOW - age * DAY)
        IdempotencyKey.objects.create(
            api_key=key, name=f"r{age}", request_digest="d", match=match, created_at=NOW - age * DAY
        )
    assert retention_sweep(now=NOW)["partners"] == 1
    assert list(IdempotencyKey.objects.values_list("name", flat=True)) == ["r9"]
    assert Match.objects.count() == MatchRun.objects.count() == 2


def test_partners_answer_goes_with_a_name_that_is_kept_longer(settings: Settings) -> None:
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "request": 100}
    key, _ = key_make()
    match = match_make(api_key=key, created_at=NOW - 11 * DAY)
    IdempotencyKey.objects.create(
        api_key=key, name="r", request_digest="d", match=match, created_at=match.created_at
    )
    assert swept("partners") == (1, 1)
    assert not IdempotencyKey.objects.exists()


def test_desk_work_goes(admin_user: User) -> None:
    kind = ContentType.objects.get_for_model(User)
    for age in (9, 11):
        row = LogEntry.objects.create(
            user=admin_user, content_type=kind, action_flag=CHANGE, object_repr=str(age)
        )
        LogEntry.objects.filter(pk=row.pk).update(action_time=NOW - age * DAY)
    assert swept("desk") == (1, 1)
    assert LogEntry.objects.get().object_repr == "9"


def test_address_that_nobody_confirmed_goes_with_its_account() -> None:
    def joined(name: str, *, age: int, verified: bool, **values: Any) -> User:
        user = User.objects.create_user(name, date_joined=NOW - age * DAY, **values)
        EmailAddress.objects.create(user=user, email=f"{name}@example.org", verified=verified)
        return user

    joined("stranger", age=11, verified=False)
    stays = {
        joined("just-now", age=9, verified=False),
        joined("proven", age=11, verified=True),
        joined("was-here", age=11, verified=False, last_login=NOW - 9 * DAY),
        joined("staff", age=11, verified=False, is_staff=True),
        User.objects.create_user("made-at-the-desk", date_joined=NOW - 11 * DAY),
    }
    assert swept("unproven") == (1, 1)
    assert set(User.objects.all()) == stays


def test_command_says_how_much_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    match_make(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    call_command("retention", "--dry-run")
    assert "visitors: 1\n" in capsys.readouterr().out
    assert Match.objects.count() == 1
    call_command("retention")
    assert "visitors: 1\n" in capsys.readouterr().out
    assert not Match.objects.exists()
