"""Accounts that nobody uses: a mail first, then some weeks, then they go; and what keeps them."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from pytest_django import Settings

from applicants.models import AccountNotice, Profile
from matching.models import Match
from matching.privacy.retention import retention_sweep
from tests.matching.factories import list_make, match_make
from tests.matching.people import EMAIL, account_make, profile_make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=731)


@pytest.fixture(autouse=True)
def works(settings: Settings) -> None:
    settings.MAIL_WORKS = True
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "account": 730, "notice": 30}


@pytest.fixture
def user() -> User:
    """Somebody with an answer and a list who was last here two years ago."""
    user = account_make()
    User.objects.filter(pk=user.pk).update(last_login=LONG_AGO, date_joined=LONG_AGO)
    match = match_make(owner=user, created_at=LONG_AGO)
    list_make(match=match, created_at=LONG_AGO, updated_at=LONG_AGO)
    return user


def sweep(now: datetime = NOW) -> tuple[int, int]:
    swept = retention_sweep(now=now)
    return swept["notices"], swept["accounts"]


def test_owner_is_told_first_and_once(user: User) -> None:
    assert (sweep(), sweep(), sweep(NOW + timedelta(days=29))) == ((1, 0), (0, 0), (0, 0))
    (sent,) = mail.outbox
    assert sent.to == [EMAIL]
    assert sent.subject == "Your SmartPick account will be deleted"
    assert "22 December 2026" in sent.body
    assert User.objects.filter(pk=user.pk).exists()


def test_account_goes_with_all_of_it_when_nobody_came(user: User) -> None:
    sweep()
    assert sweep(NOW + timedelta(days=31)) == (0, 1)
    assert not User.objects.exists()
    assert not Match.objects.exists()
    assert not AccountNotice.objects.exists()


def test_account_used_after_the_mail_stays_and_is_told_anew_another_time(user: User) -> None:
    sweep()
    User.objects.filter(pk=user.pk).update(last_login=NOW + timedelta(days=3))
    assert sweep(NOW + timedelta(days=31)) == (0, 0)
    assert not AccountNotice.objects.exists()
    assert sweep(NOW + timedelta(days=3 + 731)) == (1, 0)


def test_account_with_a_session_that_lives_is_used(user: User) -> None:
    Session.objects.create(session_key="s", session_data="", expire_date=NOW + timedelta(days=1))
    UserSession.objects.create(user=user, session_key="s", ip="127.0.0.1", user_agent="x")
    assert sweep() == (0, 0)


def test_account_with_a_change_is_used(user: User) -> None:
    profile_make(owner=user)
    Profile.objects.update(updated_at=NOW - timedelta(days=100))
    assert sweep() == (0, 0)


@pytest.mark.parametrize("values", [{"is_staff": True}, {"is_superuser": True}])
def test_accounts_of_staff_stay(user: User, values: dict[str, bool]) -> None:
    User.objects.filter(pk=user.pk).update(**values)
    assert sweep() == (0, 0)


def test_account_that_cannot_be_told_stays(user: User, settings: Settings) -> None:
    settings.MAIL_WORKS = False
    assert sweep() == (0, 0)
    settings.MAIL_WORKS = True
    EmailAddress.objects.update(verified=False)
    assert sweep() == (0, 0)
    assert User.objects.filter(pk=user.pk).exists()


def test_mail_that_fails_is_tried_again_and_names_nobody_in_the_log(
    user: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "tests.matching.mailbox.BrokenBackend"
    with caplog.at_level(logging.DEBUG):
        assert sweep() == (0, 0)
    assert "could not be sent (SMTPException)" in caplog.text
    assert EMAIL not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sweep() == (1, 0)


def test_dry_run_tells_nobody(user: User) -> None:
    swept = retention_sweep(now=NOW, dry_run=True)
    assert (swept["notices"], mail.outbox, AccountNotice.objects.count()) == (1, [], 0)
