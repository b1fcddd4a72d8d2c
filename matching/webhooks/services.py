"""What may be done with a webhook: registered, verified, given a new secret, stopped; deliveries repeated."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from matching.models import ApiKey, Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.webhooks.bell import deliveries_bell
from matching.webhooks.events import event_body
from matching.webhooks.signing import secret_make, secret_seal

WEBHOOKS_MOST = 10
OVERLAP = timedelta(hours=24)
VERIFY_EVERY = timedelta(minutes=1)
STOPPED_BY_US = "Stopped by us; write to us."


class UrlTaken(Exception):
    """The key has a webhook for this address."""


class TooMany(Exception):
    """The key has as many webhooks as one may have."""


@transaction.atomic
def webhook_make(*, key: ApiKey, url: str, events: Iterable[str], now: datetime) -> tuple[Webhook, str]:
    """A webhook that waits for its verification, and its secret, seen this once. Raises UrlTaken, TooMany."""
    # Locked, so that two requests at once are counted one after the other.
    ApiKey.objects.select_for_update().get(pk=key.pk)
    taken = list(Webhook.objects.filter(api_key=key).values_list("url", flat=True))
    if url in taken:
        raise UrlTaken(url)
    if len(taken) >= WEBHOOKS_MOST:
        raise TooMany(len(taken))
    secret = secret_make()
    webhook = Webhook.objects.create(
        api_key=key,
        url=url,
        events=list(events),
        secret=secret_seal(secret),
        challenge=secrets.token_urlsafe(32),
        created_at=now,
    )
    _challenge_send(webhook, now)
    return webhook, secret


@transaction.atomic
def webhook_verify(*, webhook: Webhook, now: datetime) -> bool:
    """Ask the address once more whether it listens; one that was stopped works again when it answers.

    Not where it was stopped at the desk, and not twice within a minute: nobody is to be flooded through us.
    """
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if row.state == Webhook.State.STOPPED and row.reason == STOPPED_BY_US:
        return False
    asked = row.deliveries.filter(event=VERIFICATION)
    if asked.filter(created_at__gt=now - VERIFY_EVERY).exists():
        return False
    waiting = asked.filter(state=WebhookDelivery.State.WAITING)
    waiting.update(state=WebhookDelivery.State.DEAD, finished_at=now)
    row.challenge = secrets.token_urlsafe(32)
    row.save(update_fields=["challenge"])
    _challenge_send(row, now)
    return True


@transaction.atomic
def webhook_secret_renew(*, webhook: Webhook, now: datetime) -> str:
    """A new secret, seen this once. The one before signs beside it for a day, whatever becomes of a third."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    secret = secret_make()
    row.earlier_secret, row.earlier_until = row.secret, now + OVERLAP
    row.secret = secret_seal(secret)
    row.save(update_fields=["secret", "earlier_secret", "earlier_until"])
    return secret


@transaction.atomic
def webhook_stop(*, webhook: Webhook, reason: str, now: datetime) -> bool:
    """Send nothing there any more; what waits for it is dead, and may be sent again when it works again."""
    rows = Webhook.objects.filter(pk=webhook.pk).exclude(state=Webhook.State.STOPPED)
    stopped = rows.update(state=Webhook.State.STOPPED, reason=reason)
    waiting = WebhookDelivery.objects.filter(webhook=webhook.pk, state=WebhookDelivery.State.WAITING)
    waiting.update(state=WebhookDelivery.State.DEAD, finished_at=now)
    return bool(stopped)


def webhook_resume(*, webhook: Webhook) -> bool:
    """Start one that was stopped: active where it was verified once, else it waits to be verified."""
    rows = Webhook.objects.filter(pk=webhook.pk, state=Webhook.State.STOPPED)
    active = rows.filter(verified_at__isnull=False)
    return bool(
        active.update(state=Webhook.State.ACTIVE, reason="", failing_since=None)
        or rows.update(state=Webhook.State.PENDING, reason="", failing_since=None)
    )


@transaction.atomic
def delivery_replay(*, delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """Tell the same once more: the same bytes and event id, as a delivery of its own."""
    again = WebhookDelivery.objects.create(
        webhook_id=delivery.webhook_id,
        event=delivery.event,
        event_id=delivery.event_id,
        body=bytes(delivery.body),
        due_at=now,
        created_at=now,
        replay_of=delivery,
        is_replay=True,
    )
    deliveries_bell()
    return again


def _challenge_send(webhook: Webhook, now: datetime) -> None:
    event_id = uuid.uuid4()
    body = event_body(event_id=event_id, kind=VERIFICATION, data={"challenge": webhook.challenge}, now=now)
    WebhookDelivery.objects.create(
        webhook=webhook, event=VERIFICATION, event_id=event_id, body=body, due_at=now, created_at=now
    )
    deliveries_bell()
