"""A cohort as it is told to its partner."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from matching.cohorts.running import cohort_eta
from matching.models import Cohort

ASK_AGAIN_AT_MOST = 30
ASK_AGAIN_UNKNOWN = 5


def cohort_document(cohort: Cohort, *, eta: int | None) -> dict[str, Any]:
    erased = cohort.state == Cohort.State.CANCELLED
    address = {} if erased else {part: cohort_address(cohort, part) for part in ("results", "errors")}
    return {
        "id": str(cohort.pk),
        "state": cohort.state,
        "total": cohort.total,
        "scored": cohort.scored,
        "rejected": cohort.rejected,
        "eta_seconds": eta,
        "reason": cohort.reason or None,
        "created_at": _moment(cohort.created_at),
        "started_at": _moment(cohort.started_at),
        "finished_at": _moment(cohort.finished_at),
        "erased_at": _moment(cohort.erase_at),
        "model_version": cohort.model_version,
        "data_version": cohort.data_version,
        "season": cohort.season,
        "results": address.get("results"),
        "errors": address.get("errors"),
    }


def cohort_told(cohort: Cohort, *, now: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    """The document, and the headers that go with it: while it is in work, when to ask again."""
    eta = cohort_eta(cohort, now=now)
    headers = {"Retry-After": str(ask_again(eta))} if cohort.state in Cohort.OPEN else {}
    return cohort_document(cohort, eta=eta), headers


def ask_again(eta: int | None) -> int:
    """In seconds: not long after it is done, and never so seldom that progress stands still."""
    return ASK_AGAIN_UNKNOWN if eta is None else max(1, min(eta, ASK_AGAIN_AT_MOST))


def cohort_address(cohort: Cohort, part: str = "") -> str:
    return reverse(f"api:cohort-{part}" if part else "api:cohort", args=[cohort.pk])


def _moment(at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
