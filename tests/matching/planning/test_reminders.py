"""Mail about a plan: only if asked, only to a proven address, weekly at most, and stopped in one click."""

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from matching.models import Plan
from matching.planning.reminders import reminders_ask, reminders_send
from tests.matching.people import EMAIL, account_make, visiting
from tests.matching.planning.fed import TODAY, plan_make, stand, step

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def works(settings: Settings) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://smartpick.example.org"


@pytest.fixture
def user() -> User:
    return account_make()


@pytest.fixture
def plan(user: User) -> Plan:
    """A plan whose owner asked for mail."""
    plan = plan_make(owner=user)
    reminders_ask(plan=plan, now=NOW)
    plan.refresh_from_db()
    return plan


def test_mail_names_steps_of_the_next_two_weeks_and_the_way_to_the_plan(plan: Plan) -> None:
    assert reminders_send(now=NOW) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([EMAIL], "Dates in your plan for the next two weeks")
    assert re.findall(r"^- (.*)$", str(sent.body), re.MULTILINE) == [
        "25 November: A letter to ask for",
        "6 December: Clinical weeks",
    ]
    assert "https://smartpick.example.org/plan/\n" in sent.body


def test_mail_says_nothing_that_is_only_hers(plan: Plan) -> None:
    reminders_send(now=NOW)
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert not [word for word in (" 212", "failed", "Harbor", "chance", "%") if word in said]


def test_mail_comes_once_a_week_at_most(plan: Plan) -> None:
    sent = [reminders_send(now=NOW + days * DAY) for days in range(9)]
    assert sent == [1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_two_workers_send_one_mail(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second found her turn before the first took it: the UPDATE decides."""
    from matching.planning import reminders  # noqa: PLC0415

    (found,) = reminders._turn(NOW.date())
    assert reminders_send(now=NOW) == 1
    assert reminders._remind(found, NOW.date()) == 0
    assert len(mail.outbox) == 1


def test_mail_that_fails_is_tried_again_and_names_nobody_in_the_log(
    plan: Plan, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    before = date(2026, 11, 1)
    Plan.objects.update(reminded_on=before)
    settings.EMAIL_BACKEND = "tests.matching.mailbox.BrokenBackend"
    with caplog.at_level(logging.DEBUG):
        assert reminders_send(now=NOW) == 0
    plan.refresh_from_db()
    assert plan.reminded_on == before
    assert EMAIL not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminders_send(now=NOW) == 1


@pytest.mark.parametrize("state", ["done", "dropped", "snoozed"])
def test_what_is_done_dropped_or_put_off_is_not_named(plan: Plan, state: str) -> None:
    later = {"snoozed_until": TODAY + 30 * DAY} if state == "snoozed" else {}
    stand(plan, "letters_asked", state, **later)
    reminders_send(now=NOW)
    assert "A letter" not in str(mail.outbox[0].body)


def test_nothing_near_sends_nothing_and_keeps_the_turn(user: User) -> None:
    plan = plan_make(step("letters_asked", TODAY + 15 * DAY), owner=user)
    reminders_ask(plan=plan, now=NOW)
    assert (reminders_send(now=NOW), reminders_send(now=NOW + DAY)) == (0, 1)


def test_long_list_is_cut_and_says_so(user: User) -> None:
    plan = plan_make(*(step(f"letter_{each}", TODAY + (each + 1) * DAY) for each in range(12)), owner=user)
    reminders_ask(plan=plan, now=NOW)
    reminders_send(now=NOW)
    assert str(mail.outbox[0].body).count("A letter to ask for") == 10
    assert "- and 2 more\n" in mail.outbox[0].body


def test_same_step_at_two_programs_is_one_line(user: User) -> None:
    plan = plan_make(*(step(code, TODAY + DAY) for code in ("letter_a", "letter_b")), owner=user)
    reminders_ask(plan=plan, now=NOW)
    reminders_send(now=NOW)
    assert str(mail.outbox[0].body).count("A letter to ask for") == 1


def test_nobody_is_written_to_who_did_not_ask(user: User) -> None:
    plan_make(owner=user)
    assert reminders_send(now=NOW) == 0


def test_address_that_is_not_proven_any_more_gets_none(plan: Plan) -> None:
    EmailAddress.objects.update(verified=False)
    assert reminders_send(now=NOW) == 0


@pytest.mark.parametrize(("name", "value"), [("MAIL_WORKS", False), ("SITE_URL", "")])
def test_site_without_mail_or_address_sends_none(
    plan: Plan, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert reminders_send(now=NOW) == 0


def test_plan_of_an_earlier_edition_stops_nobody_elses_mail(plan: Plan) -> None:
    other = plan_make(owner=account_make("other", "other@example.org"))
    reminders_ask(plan=other, now=NOW)
    Plan.objects.filter(pk=plan.pk).update(document={})
    assert reminders_send(now=NOW) == 1
    assert mail.outbox[0].to == ["other@example.org"]


def test_command_says_how_many(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    near = step("letters_asked", timezone.now().date() + DAY)
    plan_make(near, owner=(other := account_make("other", "other@example.org")))
    reminders_ask(plan=Plan.objects.get(owner=other), now=NOW)
    Plan.objects.filter(pk=plan.pk).update(remind=False)
    call_command("plan_reminders")
    call_command("plan_reminders")
    assert capsys.readouterr().out == "sent: 1\nsent: 0\n"


# Asking and stopping


def test_owner_asks_and_stops_on_her_page(client: Client, user: User) -> None:
    plan = plan_make(owner=user)
    client.force_login(user)
    assert client.post("/plan/reminders/", {"remind": "1"})["Location"] == "/plan/#calendar"
    plan.refresh_from_db()
    assert (plan.remind, len(str(plan.stop_token))) == (True, 32)
    client.post("/plan/reminders/", {"remind": "0"})
    plan.refresh_from_db()
    assert not plan.remind


def test_visitor_and_unproven_address_cannot_ask(client: Client, user: User) -> None:
    plan = plan_make(visitor=visiting(client))
    client.post("/plan/reminders/", {"remind": "1"})
    EmailAddress.objects.update(verified=False)
    own = Client()
    own.force_login(user)
    theirs = plan_make(owner=user)
    own.post("/plan/reminders/", {"remind": "1"})
    for each in (plan, theirs):
        each.refresh_from_db()
        assert not each.remind


def test_link_of_a_mail_asks_first_and_stops_by_a_click(plan: Plan) -> None:
    reminders_send(now=NOW)
    found = re.search(r"https://smartpick\.example\.org(/plan/stop/\S+)", str(mail.outbox[0].body))
    assert found
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(found[1])
    assert "Stop the mails" in page.content.decode()
    plan.refresh_from_db()
    assert plan.remind  # a mail scanner follows every link
    response = stranger.post(found[1], headers={"Origin": "null"})  # as a page without a referrer posts
    assert "You get no more mail about your plan" in response.content.decode()
    plan.refresh_from_db()
    assert not plan.remind


def test_mail_program_stops_them_with_one_post(plan: Plan) -> None:
    """RFC 8058: both headers, and a POST without cookies, page or token."""
    reminders_send(now=NOW)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].removeprefix("<https://smartpick.example.org").removesuffix(">")
    response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    plan.refresh_from_db()
    assert not plan.remind
    assert reminders_send(now=NOW + 30 * DAY) == 0


def test_stopped_twice_says_so_and_unknown_is_not_found(client: Client, plan: Plan) -> None:
    path = f"/plan/stop/{plan.stop_token}/"
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert "<h1>Stopped</h1>" in client.get(path).content.decode()
    assert client.get("/plan/stop/" + "x" * 32 + "/").status_code == 404


def test_page_that_stops_them_tells_nobody_its_address(client: Client, plan: Plan) -> None:
    response = client.get(f"/plan/stop/{plan.stop_token}/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
