"""Sending without a broker: real threads and a real server, the scoring thread never waits."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from django.utils import timezone
from pytest_django import Settings

from matching.models import WebhookDelivery
from matching.webhooks import background
from matching.webhooks.background import THREADS, senders_wake
from tests.faults.deployment import wait_for
from tests.matching.webhooks.making import delivery_make, webhook_active
from tests.matching.webhooks.partner import Partner, Taken, status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_threads(settings: Settings) -> Iterator[None]:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    yield
    for thread in background._threads:
        thread.join(20)
        assert not thread.is_alive()


def states() -> list[str]:
    return sorted(WebhookDelivery.objects.values_list("state", flat=True))


def test_senders_wake_starts_nothing_where_nothing_is_due() -> None:
    before = threading.active_count()

    senders_wake(timezone.now())

    assert threading.active_count() == before


def test_senders_wake_sends_past_a_slow_address() -> None:
    """Whoever wakes them is back at once, and the quick address is told while the slow one is waited for."""
    free = threading.Event()

    def slow(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        free.wait(9)
        status(204)(handler, taken)

    with Partner(slow) as slow_one, Partner() as quick:
        now = timezone.now()
        first = webhook_active(url=slow_one.url)
        for webhook in (first, webhook_active(url=quick.url)):
            delivery_make(webhook, due_at=now)
        began = time.monotonic()
        senders_wake(now)
        assert time.monotonic() - began < 1

        wait_for("the quick one is told", lambda: states() == ["delivered", "sending"], patience=8)
        assert len(background._threads) <= THREADS
        free.set()
        wait_for("all are told", lambda: states() == ["delivered"] * 2)
    assert (len(slow_one.taken), len(quick.taken)) == (1, 1)


def test_senders_go_on_after_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(**_: object) -> bool:
        raise RuntimeError("a fault of ours")

    delivery_make(webhook_active(), due_at=timezone.now())
    monkeypatch.setattr(background, "webhooks_turn", breaks)

    senders_wake(timezone.now())

    wait_for("it is logged", lambda: "sending met an error" in caplog.text)
