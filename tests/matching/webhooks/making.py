"""Webhooks and deliveries as the services make them, in the fewest words a test needs."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from matching.models import ApiKey, Webhook, WebhookDelivery
from matching.models.api_key import SCOPES
from matching.models.webhook import EVENTS
from matching.webhooks.events import event_body
from matching.webhooks.sending import Outcome
from matching.webhooks.signing import secret_seal
from tests.matching.factories import NOW, key_make

SECRET = "whsec_of-the-tests"
URL = "https://office.example.org/told/"


def webhook_active(**values: Any) -> Webhook:
    """Verified the day before, for every event, of a key with every scope."""
    key: ApiKey = values.pop("api_key", None) or key_make(scopes=list(SCOPES))[0]
    before = NOW - timedelta(days=1)
    return Webhook.objects.create(
        **{
            "api_key": key,
            "url": URL,
            "events": list(EVENTS),
            "secret": secret_seal(SECRET),
            "challenge": "challenge",
            "state": "active",
            "created_at": before,
            "verified_at": before,
            **values,
        }
    )


def delivery_make(webhook: Webhook | None = None, **values: Any) -> WebhookDelivery:
    """Due now, of a catalogue that changed."""
    event_id = values.pop("event_id", None) or uuid.uuid4()
    kind = values.setdefault("event", "catalogue.changed")
    body = event_body(event_id=event_id, kind=kind, data={"data_version": "d1"}, now=NOW)
    return WebhookDelivery.objects.create(
        **{
            "webhook": webhook or webhook_active(),
            "event_id": event_id,
            "body": body,
            "due_at": NOW,
            "created_at": NOW,
            **values,
        }
    )


class Clock:
    """Time that goes on only when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Sent:
    """Instead of the network: what was to be sent, answered by these outcomes, the last of which stays."""

    def __init__(self, *outcomes: Outcome | int) -> None:
        self.outcomes = [Outcome(one, "", 5) if isinstance(one, int) else one for one in outcomes]
        self.asked: list[dict[str, Any]] = []

    def __call__(self, **asked: Any) -> Outcome:
        self.asked.append(asked)
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]

    @property
    def urls(self) -> list[str]:
        return [asked["url"] for asked in self.asked]


NOTHING = Outcome(None, "No connection in time.", 3000)


def most(low: float, high: float) -> float:
    """Draws the longest pause."""
    return high


def least(low: float, high: float) -> float:
    return low
