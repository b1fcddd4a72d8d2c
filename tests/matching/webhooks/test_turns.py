"""What is sent in a turn, and what comes of it for the delivery and its webhook."""

from datetime import timedelta

import pytest
from django.test import override_settings
from pytest_django import Settings

from matching.models import Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.webhooks import bell
from matching.webhooks.claim import ATTEMPTS, deliveries_due
from matching.webhooks.sending import Outcome
from matching.webhooks.services import STOPPED_BY_US, webhook_make, webhook_stop, webhook_verify
from matching.webhooks.signing import secret_seal, signature_check
from matching.webhooks.turns import (
    NOT_SAID_BACK,
    REASON_FAILING,
    REASON_GONE,
    webhooks_ring,
    webhooks_turn,
)
from tests.matching.factories import NOW, key_make
from tests.matching.webhooks.making import (
    NOTHING,
    SECRET,
    Clock,
    Sent,
    delivery_make,
    most,
    webhook_active,
)

pytestmark = pytest.mark.django_db


def turn(send: Sent, clock: Clock) -> bool:
    return webhooks_turn(now_of=clock, seconds=5, send=send, draw=most)


def fresh(webhook: Webhook) -> Webhook:
    return Webhook.objects.get(pk=webhook.pk)


def said_back(delivery: WebhookDelivery) -> Outcome:
    challenge = delivery.webhook.challenge
    return Outcome(200, "", 3, b'{"challenge": "%s"}' % challenge.encode())


def test_webhooks_turn_sends_what_is_due_signed() -> None:
    delivery, clock, send = delivery_make(), Clock(), Sent(204)

    assert not turn(send, clock)

    (asked,) = send.asked
    headers, body = asked["headers"], asked["body"]
    assert (asked["url"], body, asked["private"]) == (delivery.webhook.url, bytes(delivery.body), False)
    assert headers["SmartPick-Event"] == "catalogue.changed"
    assert headers["SmartPick-Delivery"] == str(delivery.pk)
    assert headers["SmartPick-Timestamp"] == str(int(NOW.timestamp()))
    assert signature_check(
        secret=SECRET,
        signature=headers["SmartPick-Signature"],
        timestamp=headers["SmartPick-Timestamp"],
        body=body,
        now=int(NOW.timestamp()),
    )
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.finished_at) == ("delivered", 1, NOW)
    assert delivery.log == [
        {"at": NOW.isoformat(timespec="milliseconds"), "status": 204, "error": "", "ms": 5}
    ]


def test_webhooks_turn_signs_with_both_secrets_for_a_day() -> None:
    webhook = webhook_active(
        earlier_secret=secret_seal("whsec_old"), earlier_until=NOW + timedelta(seconds=1)
    )
    delivery_make(webhook)
    send, clock = Sent(204), Clock()
    turn(send, clock)
    clock.on(seconds=1)
    delivery_make(webhook)
    turn(send, clock)

    counted = [asked["headers"]["SmartPick-Signature"].count("v1=") for asked in send.asked]
    assert counted == [2, 1]


@override_settings(WEBHOOK_PRIVATE_ADDRESSES=True)
def test_webhooks_turn_sends_inside_where_the_site_says_so() -> None:
    delivery_make()
    send = Sent(204)

    turn(send, Clock())

    assert send.asked[0]["private"] is True


@pytest.mark.parametrize("outcome", [500, 404, 302, 429, NOTHING])
def test_webhooks_turn_tries_again_later(outcome: Outcome | int) -> None:
    delivery, clock, send = delivery_make(), Clock(), Sent(outcome, 204)

    assert not turn(send, clock)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at) == ("waiting", NOW + timedelta(seconds=10))
    assert fresh(delivery.webhook).failing_since == NOW
    clock.on(seconds=9)
    assert not turn(send, clock)
    clock.on(seconds=1)
    assert not turn(send, clock)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(delivery.log)) == ("delivered", 2, 2)
    assert fresh(delivery.webhook).failing_since is None
    assert len({asked["headers"]["SmartPick-Timestamp"] for asked in send.asked}) == 2
    assert len({asked["body"] for asked in send.asked}) == 1


def test_webhooks_turn_makes_a_dead_letter_of_what_never_arrives() -> None:
    delivery, clock, send = delivery_make(), Clock(), Sent(500)

    for _ in range(ATTEMPTS + 3):
        turn(send, clock)
        clock.on(hours=6)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("dead", ATTEMPTS)
    assert [entry["status"] for entry in delivery.log] == [500] * ATTEMPTS
    assert len(send.asked) == ATTEMPTS
    assert fresh(delivery.webhook).state == "active", "three days have not gone by"


def test_webhooks_turn_stops_a_webhook_where_nothing_arrives_for_days() -> None:
    webhook, clock, send = webhook_active(), Clock(), Sent(NOTHING)
    for day in range(3):
        delivery_make(webhook, due_at=NOW + timedelta(days=day))
    while clock.now < NOW + timedelta(days=5):
        turn(send, clock)
        clock.on(hours=3)
    last = delivery_make(webhook, due_at=clock.now)
    turn(send, clock)

    webhook = fresh(webhook)
    assert (webhook.state, webhook.reason) == ("stopped", REASON_FAILING)
    last.refresh_from_db()
    assert (last.state, last.log[-1]["error"]) == ("dead", "The webhook is stopped.")
    assert not webhook.deliveries.exclude(state="dead").exists()


def test_webhooks_turn_stops_a_webhook_that_is_gone() -> None:
    webhook, clock, send = webhook_active(), Clock(), Sent(410)
    for at in range(3):
        delivery_make(webhook, due_at=NOW - timedelta(seconds=at))
    other = delivery_make()

    send.outcomes = [Outcome(410, "", 5), Outcome(204, "", 5)]
    turn(send, clock)

    webhook = fresh(webhook)
    assert (webhook.state, webhook.reason) == ("stopped", REASON_GONE)
    assert list(webhook.deliveries.values_list("state", flat=True)) == ["dead"] * 3
    other.refresh_from_db()
    assert other.state == "delivered"
    assert len(send.asked) == 2


@pytest.mark.parametrize("values", [{"revoked": True}, {"expiry_date": NOW - timedelta(seconds=1)}])
def test_webhooks_turn_sends_nothing_for_a_key_that_is_over(values: dict[str, object]) -> None:
    key, _ = key_make(**values)
    delivery, send = delivery_make(webhook_active(api_key=key)), Sent(204)

    assert not turn(send, Clock())

    delivery.refresh_from_db()
    assert (delivery.state, send.asked) == ("dead", [])


def test_webhooks_turn_under_another_secret_key_sends_nothing(settings: Settings) -> None:
    delivery, send = delivery_make(), Sent(204)
    settings.SECRET_KEY = "another"

    turn(send, Clock())

    delivery.refresh_from_db()
    assert (delivery.state, send.asked) == ("dead", [])
    assert "SECRET_KEY" in delivery.log[-1]["error"]


def test_webhooks_turn_gives_up_on_what_kills_its_sender() -> None:
    delivery, send, clock = delivery_make(attempts=ATTEMPTS), Sent(204), Clock()

    turn(send, clock)

    delivery.refresh_from_db()
    assert (delivery.state, send.asked) == ("dead", [])


def test_webhooks_turn_calls_for_more_where_others_wait() -> None:
    """So that whoever waits for a slow address keeps nobody's event back."""
    called: list[int] = []
    send = Sent(204)
    first, second = webhook_active(), webhook_active(url="https://other.example.org/")
    for at, webhook in enumerate((first, first, second)):
        delivery_make(webhook, due_at=NOW - timedelta(minutes=9 - at))

    left = webhooks_turn(
        now_of=Clock(), seconds=5, send=send, more=lambda: called.append(len(send.asked)), draw=most
    )

    assert not left
    assert send.urls == [first.url, second.url, first.url]
    assert called == [0, 1], "not for another of the webhook that is in flight: that is nobody else's work"


def test_webhooks_turn_ends_when_its_time_is_over() -> None:
    delivery_make()
    send = Sent(204)

    assert webhooks_turn(now_of=Clock(), seconds=0, send=send)
    assert send.asked == []


def test_verification_makes_it_active() -> None:
    webhook, _ = webhook_make(key=key_make()[0], url="https://a.example.org/", events=[], now=NOW)
    delivery = webhook.deliveries.get()
    send, clock = Sent(said_back(delivery)), Clock()

    turn(send, clock)

    webhook = fresh(webhook)
    assert (webhook.state, webhook.verified_at, webhook.reason) == ("active", NOW, "")
    assert send.asked[0]["headers"]["SmartPick-Event"] == VERIFICATION
    assert webhook.challenge.encode() in send.asked[0]["body"]


@pytest.mark.parametrize(
    ("answer", "verified"),
    [
        (b'{"challenge": "%s"}', True),
        (b'{"challenge": "%s", "more": 1}', True),
        (b"%s", True),
        (b" %s\r\n", True),
        (b'"%s"', True),
        (b"", False),
        (b"ok", False),
        (b"{}", False),
        (b"[]", False),
        (b"null", False),
        (b'{"challenge": null}', False),
        (b'{"challenge": "another"}', False),
        (b"\xff\xfe", False),
        (b"x%s", False),
    ],
)
def test_verification_needs_the_challenge(answer: bytes, verified: bool) -> None:
    webhook, _ = webhook_make(key=key_make()[0], url="https://a.example.org/", events=[], now=NOW)
    said = answer.replace(b"%s", webhook.challenge.encode())

    turn(Sent(Outcome(200, "", 3, said)), Clock())

    webhook = fresh(webhook)
    assert webhook.state == ("active" if verified else "pending")
    assert webhook.reason == ("" if verified else f"Not verified. {NOT_SAID_BACK}")


def test_verification_fails_after_five_attempts_with_the_reason() -> None:
    webhook, _ = webhook_make(key=key_make()[0], url="https://a.example.org/", events=[], now=NOW)
    send, clock = Sent(NOTHING, 503), Clock()

    for _ in range(9):
        turn(send, clock)
        clock.on(minutes=11)

    webhook = fresh(webhook)
    assert (webhook.state, webhook.reason) == ("pending", "Not verified. It answered 503.")
    assert len(send.asked) == 5
    assert webhook.deliveries.get().state == "dead"
    assert webhook.failing_since is None


def test_verification_again_starts_what_was_stopped_but_not_by_us() -> None:
    for reason, state in ((REASON_GONE, "active"), (STOPPED_BY_US, "stopped")):
        webhook = webhook_active()
        webhook_stop(webhook=webhook, reason=reason, now=NOW)
        asked = webhook_verify(webhook=webhook, now=NOW)

        webhook = fresh(webhook)
        turn(Sent(Outcome(200, "", 3, webhook.challenge.encode())), Clock())

        assert asked is (state == "active")
        assert fresh(webhook).state == state


def test_verification_in_flight_does_not_start_what_was_stopped_meanwhile() -> None:
    webhook, _ = webhook_make(key=key_make()[0], url="https://a.example.org/", events=[], now=NOW)
    answer = said_back(webhook.deliveries.get())

    def stop_then_answer(**asked: object) -> Outcome:
        webhook_stop(webhook=webhook, reason=STOPPED_BY_US, now=NOW)
        return answer

    webhooks_turn(now_of=Clock(), seconds=5, send=stop_then_answer)

    assert fresh(webhook).state == "stopped"


def test_webhooks_ring_only_where_something_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr("matching.webhooks.turns.deliveries_ring", lambda: rung.append(1))

    assert not webhooks_ring(NOW)
    delivery_make(due_at=NOW + timedelta(seconds=10))
    assert not webhooks_ring(NOW)
    assert webhooks_ring(NOW + timedelta(seconds=10))
    assert rung == [1]
    assert deliveries_due(NOW + timedelta(seconds=10)).count() == 1


def test_deliveries_ring_without_an_answer_of_the_broker_is_no_fault(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kombu.exceptions import OperationalError  # noqa: PLC0415

    from matching.tasks import send_webhooks  # noqa: PLC0415

    def silent(**options: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(send_webhooks, "apply_async", silent)

    bell.deliveries_ring()

    assert "left to the next ring" in caplog.text
