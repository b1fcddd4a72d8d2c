"""Mail about changes: only if asked, only to a proven address, weekly at most, stopped in one click."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from matching.digests import mailing
from matching.digests.mailing import MailImpossible, digests_ask, digests_send, digests_stop
from matching.digests.services import digests_advance
from matching.digests.words import programs_told
from matching.models import DigestChoice, ListDigest, SavedList
from matching.tasks import digest_mails, list_digests
from programs.models import DataVersion
from tests.matching.digests.made import NOW, rule_publish
from tests.matching.lists import ids_of, list_scored
from tests.matching.people import EMAIL, account_make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def works(settings: Settings) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://smartpick.example.org"


@pytest.fixture
def user() -> User:
    return account_make()


@pytest.fixture
def kept(small_catalogue: DataVersion, user: User) -> SavedList:
    """A list with news, of an account that asked for mail."""
    kept = list_scored()
    type(kept.match).objects.update(owner=user, visitor=None)
    SavedList.objects.update(owner=user, visitor=None)
    digests_ask(user=user, now=NOW)
    rule_publish(ids_of(kept)[0])
    digests_advance(now=NOW)
    return kept


def test_mail_names_the_list_and_what_changed(kept: SavedList) -> None:
    assert digests_send(now=NOW) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([EMAIL], "News about programs on your lists")
    assert "My list\n- " in sent.body
    assert "is closed to you now by a rule" in sent.body
    assert f"https://smartpick.example.org/lists/{kept.pk}/" in sent.body


def test_mail_says_no_score_and_no_chance(kept: SavedList) -> None:
    digests_send(now=NOW)
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert not [word for word in ("chance", "in 100", "%", " 224") if word in said]


def test_mail_can_be_stopped_by_the_mail_program(kept: SavedList, client: Client) -> None:
    digests_send(now=NOW)
    stop = f"https://smartpick.example.org/digests/stop/{DigestChoice.objects.get().stop_token}/"
    headers = mail.outbox[0].extra_headers
    assert headers == {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    strict = Client(enforce_csrf_checks=True)
    path = stop.removeprefix("https://smartpick.example.org")
    assert "One click" in strict.get(path).content.decode()
    assert DigestChoice.objects.exists()
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not DigestChoice.objects.exists()
    again = strict.get(path)
    assert (again.status_code, "stopped already" in again.content.decode()) == (404, True)


def test_mail_comes_once_a_week_and_never_twice_for_the_same(kept: SavedList) -> None:
    assert [digests_send(now=NOW + days * DAY) for days in range(9)] == [1, 0, 0, 0, 0, 0, 0, 0, 0]
    rule_publish(ids_of(kept)[1])
    digests_advance(now=NOW + 9 * DAY)
    assert [digests_send(now=NOW + days * DAY) for days in range(9, 12)] == [1, 0, 0]


def test_asking_again_within_the_week_brings_no_second_mail(kept: SavedList, user: User) -> None:
    digests_send(now=NOW)
    digests_stop(choice=DigestChoice.objects.get())
    digests_ask(user=user, now=NOW + DAY)
    rule_publish(ids_of(kept)[1])
    digests_advance(now=NOW + DAY)
    assert [digests_send(now=NOW + days * DAY) for days in (1, 6, 7)] == [0, 0, 1]


def test_two_workers_send_one_mail(kept: SavedList, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second found her turn before the first took it: the UPDATE decides."""
    sent: list[int] = []
    choice = DigestChoice.objects.select_related("user").get()
    told = programs_told

    def first_the_other(document: object) -> tuple[str, ...]:
        if not sent:
            sent.append(1)
            assert digests_send(now=NOW) == 1  # the other worker, in between
        return told(document)  # type: ignore[arg-type]

    monkeypatch.setattr(mailing, "programs_told", first_the_other)
    assert mailing._send(choice, NOW) == 0
    assert len(mail.outbox) == 1


def test_a_mail_that_does_not_go_is_sent_the_next_day(
    kept: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailMessage.send

    def away(self: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", away)
    assert digests_send(now=NOW) == 0
    monkeypatch.setattr(EmailMessage, "send", send)
    assert digests_send(now=NOW + DAY) == 1


def test_nobody_is_written_to_who_did_not_ask_or_has_no_proven_address(kept: SavedList, user: User) -> None:
    EmailAddress.objects.update(verified=False)
    assert digests_send(now=NOW) == 0
    with pytest.raises(MailImpossible):
        digests_ask(user=user, now=NOW)
    EmailAddress.objects.update(verified=True)
    DigestChoice.objects.all().delete()
    assert digests_send(now=NOW) == 0


def test_news_that_was_put_away_or_overtaken_is_not_mailed(kept: SavedList) -> None:
    ListDigest.objects.update(seen_at=NOW)
    assert digests_send(now=NOW) == 0
    ListDigest.objects.update(seen_at=None)
    rule_publish("sp00012", "max_years_since_graduation", 40)
    assert digests_send(now=NOW) == 0


def test_a_site_without_mail_sends_none(kept: SavedList, settings: Settings) -> None:
    settings.MAIL_WORKS = False
    assert digests_send(now=NOW) == 0


def test_command_and_task_send_it_once(kept: SavedList) -> None:
    call_command("list_digests")
    call_command("digest_mails")
    digest_mails()
    assert len(mail.outbox) == 1


def test_task_compares_lists(kept: SavedList) -> None:
    rule_publish(ids_of(kept)[1])
    list_digests()
    assert ListDigest.objects.count() == 2
