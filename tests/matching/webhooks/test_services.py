"""What may be done with a webhook."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from matching.models import RetiredSecret, Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.privacy.leftovers import deliveries_sweep
from matching.webhooks.services import (
    STOPPED_BY_US,
    WEBHOOKS_MOST,
    TooMany,
    UrlTaken,
    delivery_replay,
    webhook_make,
    webhook_resume,
    webhook_secret_renew,
    webhook_stop,
    webhook_verify,
)
from matching.webhooks.signing import secrets_good
from tests.matching.factories import NOW, key_make
from tests.matching.webhooks.making import SECRET, URL, delivery_make, webhook_active

pytestmark = pytest.mark.django_db


def test_webhook_make_waits_for_its_verification() -> None:
    key, _ = key_make()

    webhook, secret = webhook_make(key=key, url=URL, events=["run.finished"], now=NOW)

    assert (webhook.state, webhook.verified_at, webhook.events) == ("pending", None, ["run.finished"])
    assert secrets_good(webhook, now=NOW) == [secret]
    assert secret not in str(Webhook.objects.values().get())
    assert [(row.event, row.due_at) for row in webhook.deliveries.all()] == [(VERIFICATION, NOW)]


def test_webhook_make_takes_an_address_once_for_a_key() -> None:
    one, two = key_make()[0], key_make()[0]
    webhook_make(key=one, url=URL, events=[], now=NOW)
    webhook_make(key=two, url=URL, events=[], now=NOW)

    with pytest.raises(UrlTaken):
        webhook_make(key=one, url=URL, events=[], now=NOW)
    assert Webhook.objects.count() == 2


def test_webhook_make_no_more_than_ten() -> None:
    key, _ = key_make()
    for at in range(WEBHOOKS_MOST):
        webhook_make(key=key, url=f"{URL}{at}", events=[], now=NOW)

    with pytest.raises(TooMany):
        webhook_make(key=key, url=URL, events=[], now=NOW)
    assert Webhook.objects.count() == WEBHOOKS_MOST


def test_webhook_verify_sends_another_challenge_once_a_minute() -> None:
    webhook, _ = webhook_make(key=key_make()[0], url=URL, events=[], now=NOW)
    first = webhook.challenge

    assert not webhook_verify(webhook=webhook, now=NOW + timedelta(seconds=59))
    assert webhook_verify(webhook=webhook, now=NOW + timedelta(seconds=60))

    webhook.refresh_from_db()
    assert webhook.challenge != first
    asked = webhook.deliveries.order_by("created_at")
    assert [row.state for row in asked] == ["dead", "waiting"]
    assert webhook.challenge.encode() in bytes(asked[1].body)


def test_webhook_secret_renew_overlaps_for_a_day() -> None:
    webhook = webhook_active()

    secret = webhook_secret_renew(webhook=webhook, now=NOW)

    webhook.refresh_from_db()
    assert secrets_good(webhook, now=NOW + timedelta(hours=23)) == [secret, SECRET]
    assert secrets_good(webhook, now=NOW + timedelta(hours=24)) == [secret]
    third = webhook_secret_renew(webhook=webhook, now=NOW)
    webhook.refresh_from_db()
    assert secrets_good(webhook, now=NOW) == [third, secret]


def test_webhook_secret_renew_under_another_secret_key_signs_again(settings: Settings) -> None:
    webhook = webhook_active()
    settings.SECRET_KEY = "another"

    secret = webhook_secret_renew(webhook=webhook, now=NOW)

    webhook.refresh_from_db()
    assert secrets_good(webhook, now=NOW) == [secret]


def test_webhook_stop_and_resume() -> None:
    webhook = webhook_active(failing_since=NOW)
    waiting = delivery_make(webhook)

    assert webhook_stop(webhook=webhook, reason=STOPPED_BY_US, now=NOW)
    assert not webhook_stop(webhook=webhook, reason="again", now=NOW)
    waiting.refresh_from_db()
    webhook.refresh_from_db()
    assert (webhook.state, webhook.reason, waiting.state) == ("stopped", STOPPED_BY_US, "dead")

    assert webhook_resume(webhook=webhook)
    assert not webhook_resume(webhook=webhook)
    webhook.refresh_from_db()
    assert (webhook.state, webhook.reason, webhook.failing_since) == ("active", "", None)


def test_webhook_resume_of_one_never_verified_waits_for_it() -> None:
    webhook = webhook_active(state="stopped", reason=STOPPED_BY_US, verified_at=None)

    assert webhook_resume(webhook=webhook)

    webhook.refresh_from_db()
    assert (webhook.state, webhook.reason) == ("pending", "")


def test_delivery_replay_tells_the_same_again() -> None:
    dead = delivery_make(state="dead", finished_at=NOW, attempts=12)

    again = [delivery_replay(delivery=dead, now=NOW + timedelta(days=1)) for _ in "ab"]

    for row in again:
        assert (row.replay_of, row.event_id, bytes(row.body)) == (dead, dead.event_id, bytes(dead.body))
        assert (row.state, row.attempts, row.event) == ("waiting", 0, dead.event)
    assert WebhookDelivery.objects.count() == 3


@pytest.mark.parametrize("days", [1, 30])
def test_deliveries_sweep_deletes_what_is_over(days: int) -> None:
    """Also what others repeat; what waits stays, and so does a webhook."""
    keep, before = {"delivery": days}, NOW - timedelta(days=days)
    webhook = webhook_active()
    old = delivery_make(webhook, state="dead", finished_at=before - timedelta(seconds=1))
    new = delivery_make(webhook, state="delivered", finished_at=before + timedelta(seconds=1))
    waiting = delivery_make(webhook, created_at=before - timedelta(days=9))
    again = [delivery_replay(delivery=old, now=NOW) for _ in "ab"]
    for prefix, until in (("aaaaaaaa", NOW - timedelta(seconds=1)), ("bbbbbbbb", NOW + timedelta(days=1))):
        RetiredSecret.objects.create(api_key=webhook.api_key, prefix=prefix, hashed_key="h", until=until)

    assert deliveries_sweep(now=NOW, days=keep, dry_run=True) == 2
    assert WebhookDelivery.objects.count() == 5
    assert deliveries_sweep(now=NOW, days=keep, dry_run=False) == 2

    assert set(WebhookDelivery.objects.all()) == {new, waiting, *again}
    assert [row.prefix for row in RetiredSecret.objects.all()] == ["bbbbbbbb"]
    assert Webhook.objects.get() == webhook
    assert deliveries_sweep(now=NOW, days=keep, dry_run=False) == 0
