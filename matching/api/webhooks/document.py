"""What is answered of webhooks and their deliveries: plain dicts."""

from datetime import datetime
from typing import Any

from matching.models import Webhook, WebhookDelivery
from matching.secrets_box import unseal
from matching.webhooks.signing import SEALED_FOR


def webhook_document(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": str(webhook.pk),
        "url": webhook.url,
        "events": webhook.events,
        "state": webhook.state,
        "reason": webhook.reason or None,
        "created_at": written(webhook.created_at),
        "verified_at": written(webhook.verified_at),
    }


def made_document(webhook: Webhook) -> dict[str, Any]:
    """With its secret: for whoever made it, once."""
    return {**webhook_document(webhook), "secret": unseal(webhook.secret, purpose=SEALED_FOR)}


def secret_document(webhook: Webhook) -> dict[str, Any]:
    return {
        "secret": unseal(webhook.secret, purpose=SEALED_FOR),
        "earlier_until": written(webhook.earlier_until),
    }


def delivery_document(delivery: WebhookDelivery) -> dict[str, Any]:
    last = delivery.log[-1] if delivery.log else {}
    waiting = delivery.state == WebhookDelivery.State.WAITING
    return {
        "id": str(delivery.pk),
        "event": delivery.event,
        "event_id": str(delivery.event_id),
        "state": delivery.state,
        "attempts": delivery.attempts,
        "status": last.get("status"),
        "error": last.get("error") or None,
        "replay": delivery.is_replay,
        "created_at": written(delivery.created_at),
        "next_at": written(delivery.due_at) if waiting else None,
        "finished_at": written(delivery.finished_at),
    }


def written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
