"""Sending what is due: a delivery is claimed, sent outside of any transaction, and its end is written."""

import logging
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction

from matching.models import Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.secrets_box import SealBroken
from matching.webhooks.bell import deliveries_ring
from matching.webhooks.claim import (
    DeliveryClaim,
    Draw,
    attempts_most,
    deliveries_due,
    delivery_claim,
    delivery_dead,
    delivery_done,
    delivery_later,
)
from matching.webhooks.sending import Outcome, request_send
from matching.webhooks.services import webhook_stop
from matching.webhooks.signing import secrets_good, signatures_of

logger = logging.getLogger(__name__)

Send = Callable[..., Outcome]
TURN_SECONDS = 30.0
GONE = 410
FAILING_MOST = timedelta(days=3)
REASON_GONE = "The address answered 410: gone."
REASON_FAILING = "Nothing arrived for three days."
NOT_SAID_BACK = "The address did not answer with the challenge."


def webhooks_turn(
    *,
    now_of: Callable[[], datetime],
    seconds: float,
    send: Send = request_send,
    more: Callable[[], None] | None = None,
    draw: Draw = random.uniform,
) -> bool:
    """Send until nothing is due or the time is over; True where something is left.

    ``more`` is called where another sender would find work now: one that waits for a slow address must not
    keep the others' from being sent.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        claim = delivery_claim(now=now_of())
        if claim is None:
            return False
        if more is not None and deliveries_due(now_of()).exists():
            more()
        delivery_attempt(claim, now_of=now_of, send=send, draw=draw)
    return deliveries_due(now_of()).exists()


def webhooks_ring(now: datetime) -> bool:
    """Ring where something is due: a retry whose time has come, or what nobody heard of."""
    if not deliveries_due(now).exists():
        return False
    deliveries_ring()
    return True


def delivery_attempt(
    claim: DeliveryClaim, *, now_of: Callable[[], datetime], send: Send, draw: Draw = random.uniform
) -> None:
    """Send it once and write what came of it; nothing where the claim was lost meanwhile."""
    delivery, began = claim.delivery, now_of()
    if why := _not_to_be_sent(delivery, began):
        delivery_dead(claim=claim, log=[*delivery.log, _logged(began, error=why)], now=began)
        return
    try:
        headers = headers_of(delivery, now=began)
    except SealBroken:
        why = "The secret was kept under another SECRET_KEY and cannot be read."
        logger.error("webhook %s: %s", delivery.webhook_id, why)
        delivery_dead(claim=claim, log=[*delivery.log, _logged(began, error=why)], now=began)
        return
    outcome = send(
        url=delivery.webhook.url,
        headers=headers,
        body=bytes(delivery.body),
        private=settings.WEBHOOK_PRIVATE_ADDRESSES,
    )
    with transaction.atomic():
        _write(claim, _judged(delivery, outcome), began=began, now=now_of(), draw=draw)


def headers_of(delivery: WebhookDelivery, *, now: datetime) -> dict[str, str]:
    timestamp = int(now.timestamp())
    secrets = secrets_good(delivery.webhook, now=now)
    return {
        "Content-Type": "application/json",
        "SmartPick-Event": delivery.event,
        "SmartPick-Delivery": str(delivery.pk),
        "SmartPick-Timestamp": str(timestamp),
        "SmartPick-Signature": signatures_of(
            secrets_good=secrets, timestamp=timestamp, body=bytes(delivery.body)
        ),
    }


def _not_to_be_sent(delivery: WebhookDelivery, now: datetime) -> str:
    """Why it is not to be sent any more, though it once was; empty where it is."""
    webhook, key = delivery.webhook, delivery.webhook.api_key
    if key.revoked or (key.expiry_date is not None and key.expiry_date < now):
        return "The key was revoked or has expired."
    if webhook.state != Webhook.State.ACTIVE and delivery.event != VERIFICATION:
        return f"The webhook is {webhook.state}."
    if delivery.attempts > attempts_most(delivery.event):
        return "Begun too often without an end."
    return ""


def _judged(delivery: WebhookDelivery, outcome: Outcome) -> Outcome:
    """A verification has arrived when its challenge comes back; anything else by its status alone."""
    if delivery.event != VERIFICATION or not outcome.arrived:
        return outcome
    if _said_back(outcome.answer) == delivery.webhook.challenge:
        return outcome
    return outcome._replace(error=NOT_SAID_BACK)


def _said_back(answer: bytes) -> str | None:
    """The challenge in an answer: ``{"challenge": "…"}``, or the bare text."""
    try:
        said = orjson.loads(answer)
    except orjson.JSONDecodeError:
        return answer.decode("ascii", "replace").strip()
    found = said.get("challenge") if isinstance(said, dict) else said
    return found if isinstance(found, str) else None


def _write(claim: DeliveryClaim, outcome: Outcome, *, began: datetime, now: datetime, draw: Draw) -> None:
    delivery, webhook = claim.delivery, claim.delivery.webhook
    logged = _logged(began, status=outcome.status, error=outcome.error, ms=outcome.milliseconds)
    log = [*delivery.log, logged]
    if outcome.arrived and not outcome.error:
        if delivery_done(claim=claim, log=log, now=now):
            _webhook_works(delivery, now)
        return
    logger.info("delivery %s: attempt %s failed (%s)", delivery.pk, delivery.attempts, _short(outcome))
    if outcome.status == GONE:
        if delivery_dead(claim=claim, log=log, now=now):
            webhook_stop(webhook=webhook, reason=REASON_GONE, now=now)
        return
    if delivery_later(claim=claim, log=log, now=now, draw=draw):
        _webhook_fails(delivery, outcome, now)


def _webhook_works(delivery: WebhookDelivery, now: datetime) -> None:
    rows = Webhook.objects.filter(pk=delivery.webhook_id)
    if delivery.event == VERIFICATION:
        # Only the challenge that was asked for last; and not one that was stopped while this was on its way.
        rows = rows.filter(challenge=delivery.webhook.challenge, state=delivery.webhook.state)
        rows.update(state=Webhook.State.ACTIVE, reason="", verified_at=now, failing_since=None)
    elif delivery.webhook.failing_since is not None:
        rows.update(failing_since=None)


def _webhook_fails(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    webhook = delivery.webhook
    rows = Webhook.objects.filter(pk=webhook.pk)
    if delivery.event == VERIFICATION:
        rows.filter(state=Webhook.State.PENDING).update(reason=f"Not verified. {_short(outcome)}"[:200])
        return
    since = webhook.failing_since
    if since is None:
        rows.filter(failing_since__isnull=True).update(failing_since=now)
    elif now - since >= FAILING_MOST and delivery.attempts >= attempts_most(delivery.event):
        logger.warning("webhook %s: nothing arrived since %s, stopped", webhook.pk, since)
        webhook_stop(webhook=webhook, reason=REASON_FAILING, now=now)


def _short(outcome: Outcome) -> str:
    return outcome.error or f"It answered {outcome.status}."


def _logged(
    at: datetime, *, status: int | None = None, error: str = "", ms: int | None = None
) -> dict[str, Any]:
    return {"at": at.isoformat(timespec="milliseconds"), "status": status, "error": error, "ms": ms}
