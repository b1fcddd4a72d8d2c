"""Making a webhook for a key, once for each name the partner gives the request."""

import hashlib
from datetime import datetime
from typing import NamedTuple

import orjson
from django.db import IntegrityError, transaction

from applicants.faults import Fault
from matching.api.errors import RequestInvalid
from matching.api.idempotency import named_create, named_earlier
from matching.api.webhooks.request import WebhookAsked
from matching.models import ApiKey, IdempotencyKey, Webhook
from matching.webhooks.services import (
    WEBHOOKS_MOST,
    TooMany,
    UrlTaken,
    webhook_make,
    webhook_secret_renew,
)


class Registered(NamedTuple):
    """A key's webhook, and the name it was asked for by where there is one."""

    webhook: Webhook
    named: IdempotencyKey | None


def webhook_register(*, asked: WebhookAsked, key: ApiKey, name: str | None, now: datetime) -> Registered:
    """The key's webhook as asked; the earlier one where this name asked the same before.

    Raises IdempotencyConflict where the name asked something else, RequestInvalid where there can be none.
    """
    digest = _digest("webhook", asked.url, list(asked.events))
    if name is not None and (earlier := _earlier(key, name, digest)) is not None:
        return earlier
    try:
        with transaction.atomic():
            webhook, _ = webhook_make(key=key, url=asked.url, events=asked.events, now=now)
            named = name and named_create(key=key, name=name, digest=digest, now=now, webhook=webhook)
            return Registered(webhook, named or None)
    except (UrlTaken, TooMany, IntegrityError) as fault:
        # The same request may have come twice at once, and the other was first.
        if name is not None and (earlier := _earlier(key, name, digest)) is not None:
            return earlier
        raise RequestInvalid([_fault_of(fault)]) from None


def secret_renew(*, webhook: Webhook, name: str | None, now: datetime) -> Registered:
    """A new secret for it, once for each name. Raises IdempotencyConflict."""
    key = webhook.api_key
    digest = _digest("secret", str(webhook.pk))
    if name is not None and (earlier := _earlier(key, name, digest)) is not None:
        return earlier
    try:
        with transaction.atomic():
            named = name and named_create(key=key, name=name, digest=digest, now=now, webhook=webhook)
            webhook_secret_renew(webhook=webhook, now=now)
    except IntegrityError:
        if name is None or (earlier := _earlier(key, name, digest)) is None:
            raise
        return earlier
    webhook.refresh_from_db()
    return Registered(webhook, named or None)


def _earlier(key: ApiKey, name: str, digest: str) -> Registered | None:
    row = named_earlier(key=key, name=name, digest=digest)
    return None if row is None or row.webhook is None else Registered(row.webhook, row)


def _fault_of(fault: Exception) -> Fault:
    if isinstance(fault, TooMany):
        detail = f"A key may have {WEBHOOKS_MOST} webhooks: delete one first."
        return Fault("/url", "too_many", detail)
    return Fault("/url", "duplicate", "This key has a webhook for this address.")


def _digest(*parts: object) -> str:
    """Of what was asked, not of how it was written down."""
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()
