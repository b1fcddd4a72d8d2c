"""Who sends what, and when it is tried again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from matching.models import WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.webhooks.claim import (
    ATTEMPTS,
    DIED,
    LEASE,
    VERIFICATION_ATTEMPTS,
    delivery_claim,
    delivery_dead,
    delivery_done,
    delivery_later,
    pause,
)
from tests.matching.factories import NOW
from tests.matching.webhooks.making import delivery_make, least, most, webhook_active

pytestmark = pytest.mark.django_db


def test_delivery_claim_takes_what_is_due() -> None:
    delivery = delivery_make()
    delivery_make(due_at=NOW + timedelta(seconds=1))

    claim = delivery_claim(now=NOW)

    assert claim is not None
    assert claim.delivery == delivery
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("sending", 1)
    assert (delivery.claim_token, delivery.claimed_until) == (claim.token, NOW + LEASE)
    assert delivery.webhook.served_at == NOW
    assert delivery_claim(now=NOW) is None


def test_delivery_claim_takes_one_of_a_webhook_at_a_time() -> None:
    webhook = webhook_active()
    first, second = (delivery_make(webhook, due_at=NOW - timedelta(seconds=at)) for at in (2, 1))

    claim = delivery_claim(now=NOW)

    assert claim is not None
    assert claim.delivery == first
    assert delivery_claim(now=NOW) is None
    assert delivery_done(claim=claim, log=[], now=NOW)
    again = delivery_claim(now=NOW)
    assert again is not None
    assert again.delivery == second


def test_delivery_claim_passes_over_a_webhook_in_flight() -> None:
    """Also where the other one was served since."""
    slow, other = webhook_active(), webhook_active(served_at=NOW + timedelta(seconds=9))
    for webhook in (slow, slow, other):
        delivery_make(webhook)

    claims = [delivery_claim(now=NOW + timedelta(seconds=2)) for _ in "abc"]

    assert [claim and claim.delivery.webhook for claim in claims] == [slow, other, None]


def test_delivery_claim_goes_from_webhook_to_webhook() -> None:
    """One partner's hundred wait for another's one, and not the other way round."""
    many, few = webhook_active(), webhook_active()
    for at in range(5):
        delivery_make(many, due_at=NOW - timedelta(minutes=9 - at))
    late = delivery_make(few)
    served = []

    for second in range(6):
        claim = delivery_claim(now=NOW + timedelta(seconds=second))
        assert claim is not None
        served.append(claim.delivery.webhook)
        delivery_done(claim=claim, log=[], now=NOW)

    assert served == [many, few, many, many, many, many]
    late.refresh_from_db()
    assert late.state == "delivered"


def test_delivery_claim_takes_up_what_a_sender_died_with() -> None:
    """Before what waits of the same webhook; what was done is written down as unknown."""
    webhook = webhook_active()
    for _ in "ab":
        delivery_make(webhook)
    first = delivery_claim(now=NOW)
    assert first is not None

    assert delivery_claim(now=NOW + LEASE) is None
    second = delivery_claim(now=NOW + LEASE + timedelta(seconds=1))

    assert second is not None
    assert second.delivery == first.delivery
    assert second.delivery.attempts == 2
    assert [entry["error"] for entry in second.delivery.log] == [DIED]
    assert not delivery_done(claim=first, log=[], now=NOW), "its claim is lost"
    assert delivery_done(claim=second, log=[], now=NOW)


def test_delivery_claim_lost_writes_nothing() -> None:
    delivery = delivery_make()
    claim = delivery_claim(now=NOW)
    assert claim is not None
    WebhookDelivery.objects.filter(pk=delivery.pk).delete()

    assert not delivery_done(claim=claim, log=[], now=NOW)
    assert not delivery_dead(claim=claim, log=[], now=NOW)
    assert not delivery_later(claim=claim, log=[], now=NOW)


@pytest.mark.parametrize(
    ("event", "times"), [("run.finished", ATTEMPTS), (VERIFICATION, VERIFICATION_ATTEMPTS)]
)
def test_delivery_later_ends_after_the_last_attempt(event: str, times: int) -> None:
    delivery = delivery_make(event=event)
    now, waited = NOW, []

    for _ in range(times):
        claim = delivery_claim(now=now)
        assert claim is not None
        delivery_later(claim=claim, log=[*claim.delivery.log, {"status": 500}], now=now, draw=most)
        delivery.refresh_from_db()
        waited.append((delivery.due_at - now).total_seconds())
        now = delivery.due_at if delivery.state == "waiting" else now

    assert waited[: times - 1] == [min(21600, 10 * 4**n) for n in range(times - 1)]
    assert (delivery.state, delivery.attempts, len(delivery.log)) == ("dead", times, times)
    assert delivery.finished_at == now
    assert delivery_claim(now=now + timedelta(days=9)) is None


@given(attempts=st.integers(1, 40), drawn=st.floats(0, 1))
def test_pause_lies_between_nothing_and_six_hours(attempts: int, drawn: float) -> None:
    waits = pause(attempts, lambda low, high: low + drawn * (high - low))

    assert timedelta(0) <= waits <= timedelta(hours=6)
    assert pause(attempts, least) == timedelta(0)
    assert pause(attempts, most) <= pause(attempts + 1, most)


def test_pause_of_all_attempts_is_about_a_day() -> None:
    whole = sum((pause(attempt, most) for attempt in range(1, ATTEMPTS)), timedelta(0))

    assert timedelta(hours=24) < whole < timedelta(hours=36)


def test_delivery_holds_in_the_database() -> None:
    """One first telling of an event, one in flight, and states that fit what is said of them."""
    webhook = webhook_active()
    first = delivery_make(webhook)
    claim = delivery_claim(now=NOW)
    assert claim is not None
    second = delivery_make(webhook)
    rows = WebhookDelivery.objects.filter(pk=second.pk)

    for values in (
        {"event_id": first.event_id},
        {"state": "sending", "claim_token": claim.token, "claimed_until": NOW},
        {"state": "sending"},
        {"state": "delivered"},
        {"finished_at": NOW},
        {"state": "lost"},
        {"replay_of": first},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    for _ in "ab":
        delivery_make(webhook, event_id=first.event_id, is_replay=True, replay_of=first)
    first.delete()
    assert WebhookDelivery.objects.filter(is_replay=True, replay_of=None).count() == 2
