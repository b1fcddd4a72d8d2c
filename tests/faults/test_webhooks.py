"""Deliveries on PostgreSQL: many senders at once, and one that is killed amid its way."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from matching.api.errors import RequestInvalid
from matching.api.webhooks.registering import webhook_register
from matching.api.webhooks.request import WebhookAsked
from matching.models import IdempotencyKey, Webhook, WebhookDelivery
from matching.models.api_key import SCOPES
from matching.webhooks.claim import LEASE, delivery_claim
from matching.webhooks.events import run_finished
from matching.webhooks.sending import Outcome
from matching.webhooks.services import WEBHOOKS_MOST
from matching.webhooks.turns import webhooks_turn
from tests.faults.crowd import CROWD, at_once
from tests.faults.deployment import WorkerProcess, wait_for
from tests.matching.factories import key_make, match_make, run_running_make
from tests.matching.webhooks.making import delivery_make, webhook_active
from tests.matching.webhooks.partner import Partner, Taken, status

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def nothing_left(deployed: str, settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    Webhook.objects.all().delete()


def test_delivery_claim_at_once_has_one_winner() -> None:
    delivery_make(webhook_active())
    now = timezone.now()

    claims = at_once(lambda _: delivery_claim(now=now))

    assert sum(claim is not None for claim in claims) == 1
    assert WebhookDelivery.objects.get().attempts == 1


def test_delivery_claim_at_once_takes_one_of_each_webhook() -> None:
    for at in range(3):
        webhook = webhook_active(url=f"https://{at}.example.org/")
        for _ in range(4):
            delivery_make(webhook)
    now = timezone.now()

    claims = [claim for claim in at_once(lambda _: delivery_claim(now=now)) if claim is not None]

    assert len({claim.delivery.webhook_id for claim in claims}) == len(claims) == 3


def test_webhooks_turn_at_once_delivers_each_once() -> None:
    """To real servers, by eight senders that start together."""
    with Partner(status(204)) as one, Partner(status(204)) as two:
        for partner in (one, two):
            webhook = webhook_active(url=partner.url)
            for _ in range(10):
                delivery_make(webhook)
        at_once(lambda _: webhooks_turn(now_of=timezone.now, seconds=20))
        webhooks_turn(now_of=timezone.now, seconds=20)
        told = Counter(str(event["id"]) for partner in (one, two) for event in partner.events())

    rows = WebhookDelivery.objects.all()
    assert {(row.state, row.attempts) for row in rows} == {("delivered", 1)}
    assert told == Counter({str(row.event_id): 1 for row in rows})


def test_webhook_register_at_once_by_one_name_is_one_webhook() -> None:
    key, _ = key_make(scopes=list(SCOPES))
    asked = WebhookAsked("https://office.example.org/", ("run.finished",))

    made = at_once(lambda _: webhook_register(asked=asked, key=key, name="office-1", now=timezone.now()))

    assert len({one.webhook.pk for one in made}) == 1
    assert len(made) == CROWD
    assert Webhook.objects.count() == IdempotencyKey.objects.filter(api_key=key).count() == 1


def test_webhook_register_at_once_makes_ten_at_most() -> None:
    key, _ = key_make(scopes=list(SCOPES))
    for at in range(WEBHOOKS_MOST - 2):
        webhook_active(api_key=key, url=f"https://{at}.example.org/")

    def register(number: int) -> bool:
        asked = WebhookAsked(f"https://more-{number}.example.org/", ("run.finished",))
        try:
            webhook_register(asked=asked, key=key, name=None, now=timezone.now())
        except RequestInvalid:
            return False
        return True

    assert at_once(register).count(True) == 2
    assert Webhook.objects.filter(api_key=key).count() == WEBHOOKS_MOST


SENDER = """
import django, sys
django.setup()
from django.utils import timezone
from matching.webhooks.turns import webhooks_turn
webhooks_turn(now_of=timezone.now, seconds=30)
"""


@pytest.mark.thorough
def test_sender_killed_amid_sending_is_repeated_with_the_same_event(deployed: str) -> None:
    """The partner has it, we do not know: it is told again under the same id, and known to be a repeat."""
    arrived, free = Event(), Event()

    def hold(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        arrived.set()
        free.wait(20)

    with Partner(hold, status(204)) as partner:
        delivery = delivery_make(webhook_active(url=partner.url))
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "DATABASE_URL": deployed,
            "DJANGO_SETTINGS_MODULE": "smartpick.settings",
            "WEBHOOK_PRIVATE_ADDRESSES": "1",
        }
        sender = subprocess.Popen([sys.executable, "-c", SENDER], cwd=django_settings.BASE_DIR, env=environ)
        try:
            assert arrived.wait(30)
        finally:
            sender.send_signal(signal.SIGKILL)
            sender.wait(10)
        free.set()
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts, delivery.log) == ("sending", 1, [])
        assert not webhooks_turn(now_of=timezone.now, seconds=5), "the lease is not over yet"
        assert len(partner.taken) == 1

        later = timezone.now() + LEASE + timedelta(seconds=1)
        webhooks_turn(now_of=lambda: later, seconds=5)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert [entry["status"] for entry in delivery.log] == [None, 204]
    first, second = partner.taken
    assert first.body == second.body
    assert first.headers["SmartPick-Delivery"] == second.headers["SmartPick-Delivery"]


def test_webhook_deleted_amid_sending_leaves_nothing() -> None:
    webhook = webhook_active()
    delivery_make(webhook)

    def delete_then_answer(**asked: object) -> Outcome:
        Webhook.objects.all().delete()
        return Outcome(204, "", 1)

    webhooks_turn(now_of=timezone.now, seconds=5, send=delete_then_answer)

    assert not WebhookDelivery.objects.exists()
    connection.check_constraints()


@pytest.mark.redis
@pytest.mark.thorough
def test_worker_of_threads_sends_while_one_address_is_slow(
    deployed: str, deployed_redis: str, broker: Celery, tmp_path: Path
) -> None:
    """As compose starts it, rung at commit: a wait for one partner keeps no other's event back."""
    free = Event()

    def slow(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        free.wait(8)
        status(204)(handler, taken)

    worker = WorkerProcess(
        database_url=deployed,
        redis_url=deployed_redis,
        log=tmp_path / "sender.log",
        options=("-Q", "webhooks", "-P", "threads", "-c", "4"),
        environ={"WEBHOOK_PRIVATE_ADDRESSES": "1"},
    )
    with Partner(slow) as slow_one, Partner() as quick, worker:
        now = timezone.now()
        webhooks = [webhook_active(url=partner.url, verified_at=now) for partner in (slow_one, quick)]
        for webhook in webhooks:
            with transaction.atomic():
                run = run_running_make(claimed_until=now)
                match_make(api_key=webhook.api_key, run=run)
                run_finished(run_id=run.pk, now=now)
        wait_for("the quick one is told", lambda: len(quick.taken) == 1, patience=20)
        wait_for("the slow one has it in its hands", lambda: len(slow_one.taken) == 1, patience=7)
        free.set()
        delivered = WebhookDelivery.objects.filter(state="delivered", attempts=1)
        wait_for("both are written down", lambda: delivered.count() == 2)
