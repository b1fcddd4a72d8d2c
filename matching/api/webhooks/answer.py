"""Webhooks as the OpenAPI document describes them: what is sent, answered, and told to the address.

Only described here: a test holds real answers and events against this.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from matching.api.answer_gates import Count, Described
from matching.webhooks.places import LONGEST

Event = Literal["cohort.finished", "run.finished", "catalogue.changed"]
Url = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST,
        description="https, a public host, port 443 or 8443; no credentials, no fragment.",
    ),
]
Link = Annotated[str, Field(json_schema_extra={"format": "uri"})] | None
Events = Annotated[list[Event], Field(min_length=1, max_length=3, json_schema_extra={"uniqueItems": True})]


class WebhookRequest(Described):
    url: Url
    events: Events


class Webhook(Described):
    id: UUID
    url: str = Field(description="As it is kept: its host in lower case ASCII.")
    events: list[Event]
    state: Literal["pending", "active", "stopped"] = Field(
        description="`pending` until the address answered with its challenge; nothing is sent to `stopped`."
    )
    reason: str | None = Field(description="Why it is stopped, or was not verified at the last attempt.")
    created_at: datetime
    verified_at: datetime | None


class WebhookPage(Described):
    next: Link
    previous: Link
    results: list[Webhook]


class WebhookMade(Webhook):
    secret: str = Field(description="The key of the signatures, all of it. Shown this once.")


class WebhookSecret(Described):
    secret: str = Field(description="The new key of the signatures. Shown this once.")
    earlier_until: datetime = Field(description="Until then deliveries are signed with the one before too.")


class WebhookDelivery(Described):
    id: UUID = Field(description="As in the header `SmartPick-Delivery`.")
    event: Event | Literal["webhook.verification"]
    event_id: UUID = Field(description="As `id` in the body: the same for every telling of one event.")
    state: Literal["waiting", "sending", "delivered", "dead"]
    attempts: Count
    status: int | None = Field(description="What the last attempt was answered; null where nothing was.")
    error: str | None = Field(description="Why the last attempt failed, where no status says it.")
    replay: bool = Field(description="Sent again by hand.")
    created_at: datetime
    next_at: datetime | None = Field(description="When it is tried next; null where it is not.")
    finished_at: datetime | None


class WebhookDeliveryPage(Described):
    next: Link
    previous: Link
    results: list[WebhookDelivery]


class Told(Described):
    id: UUID = Field(description="Of the event: drop what you have seen.")
    created_at: datetime
    api_version: Literal["v1"]


class CohortFinishedData(Described):
    cohort_id: UUID
    state: Literal["done", "failed", "cancelled"]
    total: Count
    scored: Count
    rejected: Count


class CohortFinished(Told):
    type: Literal["cohort.finished"]
    data: CohortFinishedData


class RunFinishedData(Described):
    match_id: UUID
    state: Literal["done", "failed"]


class RunFinished(Told):
    type: Literal["run.finished"]
    data: RunFinishedData


class CatalogueChangedData(Described):
    data_version: str
    published_at: datetime
    programs: Count
    facts: Count


class CatalogueChanged(Told):
    type: Literal["catalogue.changed"]
    data: CatalogueChangedData


class VerificationData(Described):
    challenge: str = Field(description="To be said back.")


class Verification(Told):
    type: Literal["webhook.verification"]
    data: VerificationData


class VerificationAnswer(Described):
    challenge: str
