"""Who sends a delivery: a claim is a token and a lease, taken and given back by conditional UPDATEs alone.

What was sent and not written down (the process died) is sent again after the lease, with the same event id:
at least once, never only perhaps.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from matching.models import Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION

State = WebhookDelivery.State
LEASE = timedelta(seconds=60)  # several times what an attempt may take
# The ceilings before each next attempt: 10 s, 40 s … 6 h; drawn evenly below them, so that a partner who was
# away is not met by everything at once. All twelve take 16 hours in the mean, 31 at most.
FIRST, TIMES, LONGEST = 10.0, 4.0, 6 * 3600.0
ATTEMPTS = 12
# Whoever registers waits for the answer: about a quarter of an hour at most.
VERIFICATION_ATTEMPTS = 5
TRIES = 10  # others may take what was looked at; whoever lost this often leaves the rest to them
DIED = "The sender ended amid the attempt."
Draw = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class DeliveryClaim:
    delivery: WebhookDelivery
    token: uuid.UUID

    def rows(self) -> "QuerySet[WebhookDelivery]":
        return WebhookDelivery.objects.filter(
            pk=self.delivery.pk, state=State.SENDING, claim_token=self.token
        )


def deliveries_due(now: datetime) -> "QuerySet[WebhookDelivery]":
    """What may be sent now: one of a webhook at a time, and what a sender died with before all else."""
    in_flight = WebhookDelivery.objects.filter(webhook=OuterRef("webhook"), state=State.SENDING)
    return WebhookDelivery.objects.filter(
        Q(state=State.SENDING, claimed_until__lt=now)
        | Q(state=State.WAITING, due_at__lte=now) & ~Exists(in_flight)
    )


def delivery_claim(*, now: datetime) -> DeliveryClaim | None:
    """Take what is due of the webhook that was served least recently: many for one hold up no other."""
    for _ in range(TRIES):
        due = deliveries_due(now).order_by(F("webhook__served_at").asc(nulls_first=True), "due_at", "pk")
        found = due.values_list("pk", "state", "claim_token").first()
        if found is None:
            return None
        try:
            claim = _take(*found, now=now)
        except IntegrityError:
            continue  # another of its webhook was taken meanwhile
        if claim is not None:
            return claim
    return None


@transaction.atomic
def _take(pk: uuid.UUID, state: str, held: uuid.UUID | None, *, now: datetime) -> DeliveryClaim | None:
    token = uuid.uuid4()
    taken = WebhookDelivery.objects.filter(pk=pk, state=state, claim_token=held).update(
        state=State.SENDING, claim_token=token, claimed_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    delivery = WebhookDelivery.objects.select_related("webhook__api_key").get(pk=pk)
    Webhook.objects.filter(pk=delivery.webhook_id).update(served_at=now)
    if state == State.SENDING:  # from a sender that wrote nothing of it
        delivery.log = [*delivery.log, {"at": now.isoformat(), "status": None, "error": DIED, "ms": None}]
    return DeliveryClaim(delivery=delivery, token=token)


def delivery_done(*, claim: DeliveryClaim, log: list[Any], now: datetime) -> bool:
    return _end(claim, state=State.DELIVERED, log=log, finished_at=now)


def delivery_dead(*, claim: DeliveryClaim, log: list[Any], now: datetime) -> bool:
    return _end(claim, state=State.DEAD, log=log, finished_at=now)


def delivery_later(
    *, claim: DeliveryClaim, log: list[Any], now: datetime, draw: Draw = random.uniform
) -> bool:
    """Try again after a while; dead where that was the last attempt."""
    delivery = claim.delivery
    if delivery.attempts >= attempts_most(delivery.event):
        return delivery_dead(claim=claim, log=log, now=now)
    return _end(claim, state=State.WAITING, log=log, due_at=now + pause(delivery.attempts, draw))


def attempts_most(event: str) -> int:
    return VERIFICATION_ATTEMPTS if event == VERIFICATION else ATTEMPTS


def pause(attempts: int, draw: Draw = random.uniform) -> timedelta:
    """Before the next attempt, after so many: full jitter below an exponential ceiling."""
    return timedelta(seconds=draw(0.0, min(LONGEST, FIRST * TIMES ** (attempts - 1))))


def _end(claim: DeliveryClaim, **values: Any) -> bool:
    """False where the claim was lost: then another has it, and writes what becomes of it."""
    return bool(claim.rows().update(**values, claim_token=None, claimed_until=None))
