"""One webhook from its registration to its events, for the OpenAPI document."""

from typing import Any

WEBHOOK_ID = "5d0f8f0e-8d5e-4d0c-9b39-0a4b8f1f8e21"
SECRET = "whsec_shown-once-to-whoever-made-the-webhook"  # noqa: S105
ASKED = {"url": "https://office.example.org/smartpick/", "events": ["cohort.finished", "catalogue.changed"]}
PENDING: dict[str, Any] = {
    "id": WEBHOOK_ID,
    **ASKED,
    "state": "pending",
    "reason": None,
    "created_at": "2026-11-23T09:30:00Z",
    "verified_at": None,
}
UNVERIFIED = {**PENDING, "reason": "Not verified. The address did not answer with the challenge."}
ACTIVE = {**PENDING, "state": "active", "verified_at": "2026-11-23T09:30:02Z"}
STOPPED = {**ACTIVE, "state": "stopped", "reason": "The address answered 410: gone."}
MADE = {**PENDING, "secret": SECRET}
RENEWED = {"secret": SECRET, "earlier_until": "2026-11-24T09:30:00Z"}
DELIVERED: dict[str, Any] = {
    "id": "0f6b1f53-2d86-4e1f-9f0c-6a1b5f6f1f10",
    "event": "cohort.finished",
    "event_id": "b2a7c5de-5d52-5f0f-8e47-77b1a35f0a11",
    "state": "delivered",
    "attempts": 2,
    "status": 204,
    "error": None,
    "replay": False,
    "created_at": "2026-11-23T09:41:07Z",
    "next_at": None,
    "finished_at": "2026-11-23T09:41:15Z",
}
WAITING = {
    **DELIVERED,
    "id": "c4b7a1d2-71f4-4c3b-8a57-2f1f0f3f5f12",
    "event": "catalogue.changed",
    "event_id": "f3c0a8b9-1c52-5a0f-9e47-77b1a35f0a12",
    "state": "waiting",
    "attempts": 1,
    "status": None,
    "error": "No connection in time.",
    "next_at": "2026-11-23T09:42:03Z",
    "finished_at": None,
}


def page(*rows: object) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": list(rows)}


def told(kind: str, event_id: str, data: dict[str, Any]) -> dict[str, Any]:
    created_at = "2026-11-23T09:41:07Z"
    return {"id": event_id, "type": kind, "created_at": created_at, "api_version": "v1", "data": data}


COHORT_FINISHED = told(
    "cohort.finished",
    "b2a7c5de-5d52-5f0f-8e47-77b1a35f0a11",
    {
        "cohort_id": "1b8a2c64-07f0-4f57-8d3c-52f8a9a4d7e2",
        "state": "done",
        "total": 120,
        "scored": 118,
        "rejected": 2,
    },
)
RUN_FINISHED = told(
    "run.finished",
    "0a4f1c9e-95a5-5d7c-a1c0-51f1d8a0b713",
    {"match_id": "7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11", "state": "done"},
)
CATALOGUE_CHANGED = told(
    "catalogue.changed",
    "f3c0a8b9-1c52-5a0f-9e47-77b1a35f0a12",
    {
        "data_version": "2026.11.23-1",
        "published_at": "2026-11-23T09:41:00Z",
        "programs": 5400,
        "facts": 91000,
    },
)
VERIFICATION = told(
    "webhook.verification",
    "6f1c2f0a-0c55-4f5c-8a3b-9d5b0f1f7e14",
    {"challenge": "w3Jv8o0iJk0m3cJY4bqLr9xq2n5tYc1a"},
)
SAID_BACK = {"challenge": "w3Jv8o0iJk0m3cJY4bqLr9xq2n5tYc1a"}
