"""What partners are told of: written as deliveries inside the transaction that made it happen.

So nothing is told that did not happen, and what happened is told however the process ends. A body names ids
and counts and nothing of a person: an address may be read by others than the key's holder.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.conf import settings

from matching.models import Cohort, Match, Webhook, WebhookDelivery
from matching.webhooks.bell import deliveries_bell
from programs.models import DataVersion, Publication

API_VERSION = "v1"
EVERY_SECONDS = 60.0
COHORT_FINISHED = "cohort.finished"
RUN_FINISHED = "run.finished"
CATALOGUE_CHANGED = "catalogue.changed"
# What a key needs for an event: what it could read for itself.
EVENT_SCOPES = {
    COHORT_FINISHED: "cohorts",
    RUN_FINISHED: "match",
    CATALOGUE_CHANGED: "programs:read",
}
_EVENTS = uuid.UUID("5b0a3f0e-6a3c-4c58-9d55-0f1f1f2f7a11")


def cohort_finished(*, cohort: Cohort, now: datetime) -> None:
    """Tell the key's webhooks that its cohort is over: done, failed or cancelled."""
    webhooks = list(_listening().filter(api_key=cohort.api_key_id))
    data = {
        "cohort_id": str(cohort.pk),
        "state": cohort.state,
        "total": cohort.total,
        "scored": cohort.scored,
        "rejected": cohort.rejected,
    }
    _tell(webhooks, COHORT_FINISHED, _event_id(COHORT_FINISHED, cohort.pk), data, now)


def run_finished(*, run_id: int, now: datetime) -> None:
    """Tell of every match of a key that waited for this run. One query where no webhook listens.

    By match, never by run: two partners may share a run, and neither knows.
    """
    found = Match.objects.filter(run_id=run_id, api_key__webhooks__state=Webhook.State.ACTIVE).order_by()
    matches = list(found.values_list("pk", "api_key_id", "run__state").distinct())
    if not matches:
        return
    webhooks = list(_listening().filter(api_key__in={key for _, key, _ in matches}))
    for match_id, key, state in matches:
        own = [webhook for webhook in webhooks if webhook.api_key_id == key]
        # A run that failed may be started again, and ends again.
        event_id = _event_id(RUN_FINISHED, match_id, now.isoformat())
        _tell(own, RUN_FINISHED, event_id, {"match_id": str(match_id), "state": state}, now)


def catalogue_announce(now: datetime) -> int:
    """Tell of the data version that is current now whoever listened before it was. Returns how many.

    Done again and again: the event's id follows from the publication, and a webhook hears of it once. One
    older than deliveries are kept is let be, as nobody knows any more who was told.
    """
    changed = _catalogue_changed()
    if changed is None or changed.published_at < now - timedelta(days=settings.KEEP_DAYS["delivery"]):
        return 0
    event_id = _event_id(CATALOGUE_CHANGED, changed.pk)
    webhooks = list(
        _listening()
        .filter(verified_at__lt=changed.published_at)
        .exclude(pk__in=WebhookDelivery.objects.filter(event_id=event_id).values("webhook"))
    )
    if not webhooks:
        return 0
    version = DataVersion.objects.defer("snapshot").get(pk=changed.data_version_id)
    data = {
        "data_version": version.version,
        "published_at": _written(changed.published_at),
        "programs": version.program_count,
        "facts": version.fact_count,
    }
    return _tell(webhooks, CATALOGUE_CHANGED, event_id, data, now)


def event_body(*, event_id: uuid.UUID, kind: str, data: dict[str, Any], now: datetime) -> bytes:
    """The exact bytes that are signed and sent."""
    document = {
        "id": str(event_id),
        "type": kind,
        "created_at": _written(now),
        "api_version": API_VERSION,
        "data": data,
    }
    return orjson.dumps(document)


def _listening() -> Any:
    return Webhook.objects.filter(state=Webhook.State.ACTIVE, api_key__revoked=False).select_related(
        "api_key"
    )


def _tell(
    webhooks: Iterable[Webhook], kind: str, event_id: uuid.UUID, data: dict[str, Any], now: datetime
) -> int:
    asked = [
        webhook
        for webhook in webhooks
        if kind in webhook.events
        and EVENT_SCOPES[kind] in webhook.api_key.scopes
        and not webhook.api_key.has_expired
    ]
    if not asked:
        return 0
    body = event_body(event_id=event_id, kind=kind, data=data, now=now)
    WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(
                webhook=webhook, event=kind, event_id=event_id, body=body, due_at=now, created_at=now
            )
            for webhook in asked
        ],
        ignore_conflicts=True,
    )
    deliveries_bell()
    return len(asked)


def _catalogue_changed() -> Publication | None:
    """The publication that made the current version current: later ones may only note other files."""
    current = Publication.objects.order_by("-id").first()
    if current is None:
        return None
    same = Publication.objects.filter(data_version=current.data_version_id)
    before = Publication.objects.exclude(data_version=current.data_version_id).order_by("-id").first()
    return same.filter(pk__gt=before.pk if before else 0).order_by("id").first()


def _event_id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(_EVENTS, ":".join(map(str, parts)))


def _written(moment: datetime) -> str:
    """As every time of the API is: UTC, whole seconds are enough for a letter."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
