"""The work on an import, a step at a time: whoever calls takes what is free, and hands on what is left."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from programs.models import ImportBatch
from programs.models.importing import AT_WORK
from programs.services.importing.applying import import_apply, import_undo
from programs.services.importing.claim import (
    ImportClaim,
    ImportClaimLost,
    import_claim,
    import_let_go,
    import_write,
)
from programs.services.importing.staging import rows_stage

logger = logging.getLogger(__name__)

State = ImportBatch.State
# A message in work is delivered again after ten minutes: a step stays far below.
STEP_SECONDS = 60.0
THREAD_SECONDS = 10.0
HERE_SECONDS = 2.0
HERE_BYTES = 300_000  # a file so small is done in the request, where there is no broker
HERE_ROWS = 2_000
TRIES = 5
FAULT = "It stopped on a fault of ours, which has been logged. Nothing of it was written."
TRIED = "It was begun {} times and never came further. Nothing of it was written."
TRANSIENT: tuple[type[Exception], ...] = (OperationalError, InterfaceError)


def _nothing() -> None:
    return None


def import_advance(
    batch_id: uuid.UUID, *, seconds: float = STEP_SECONDS, between: Callable[[], None] = _nothing
) -> bool:
    """Takes an import that has work and does a step of it. True where work is left.

    Safe to call any number of times from anywhere. Raises only what may well succeed later.
    """
    claim = import_claim(batch_id=batch_id, now=timezone.now())
    if claim is None:
        return False
    try:
        batch = ImportBatch.objects.select_related("applied_by", "undone_by").get(pk=batch_id)
        return _step(claim, batch, seconds, between)
    except ImportClaimLost:
        logger.warning("import %s: claim lost", batch_id)
        return False
    except TRANSIENT:
        _back(claim)
        raise
    except Exception:
        logger.exception("import %s: failed", batch_id)
        _fail(claim)
        return False


def _step(claim: ImportClaim, batch: ImportBatch, seconds: float, between: Callable[[], None]) -> bool:
    tries = batch.counts.get("tries", 0) + 1
    if tries > TRIES:
        import_let_go(claim, **_failed(batch.state, TRIED.format(TRIES)))
        return False
    batch.counts["tries"] = tries
    import_write(claim, counts=batch.counts)
    if batch.state == State.READING:
        return not rows_stage(claim=claim, batch=batch, seconds=seconds, between=between)
    work = import_apply if batch.state == State.APPLYING else import_undo
    work(claim=claim, batch=batch, now=timezone.now())
    return False


def _back(claim: ImportClaim) -> None:
    try:
        import_let_go(claim)
    except (ImportClaimLost, OperationalError, InterfaceError):
        logger.warning("import %s: could not be put back, left to its lease", claim.batch_id)


def _failed(state: str, words: str) -> dict[str, Any]:
    """What was written stays written: an undoing that fails leads back there."""
    if state == State.UNDOING:
        return {
            "state": State.APPLIED,
            "reason": f"Undoing: {words}".replace(" of it was written", " changed"),
        }
    return {"state": State.FAILED, "reason": words}


def _fail(claim: ImportClaim) -> None:
    try:
        state = claim.rows().values_list("state", flat=True).first() or State.FAILED
        import_let_go(claim, **_failed(state, FAULT))
    except ImportClaimLost:
        logger.warning("import %s: claim lost, failure dropped", claim.batch_id)


def import_bell(batch: ImportBatch) -> None:
    """Says that there is work, when the transaction is in: to the broker; with none, to the thread,
    or where it is little it is done here and now."""
    little = batch.size <= HERE_BYTES and batch.counts.get("rows", 0) <= HERE_ROWS
    transaction.on_commit(partial(_ring, batch.pk, little=little))


def _ring(batch_id: uuid.UUID, *, little: bool) -> None:
    if settings.CELERY_BROKER_URL:
        _send(batch_id)
    elif little:
        try:
            import_advance(batch_id, seconds=HERE_SECONDS)
        except TRANSIENT as error:
            logger.warning("import %s: left to the background thread (%s)", batch_id, error)


def _send(batch_id: uuid.UUID) -> None:
    from kombu.exceptions import OperationalError as BrokerAway  # noqa: PLC0415  (slow to load)

    from programs.tasks import import_step  # noqa: PLC0415

    try:
        import_step.apply_async((str(batch_id),), retry=False)
    except BrokerAway as error:
        logger.warning("the broker does not answer, an import is left to the next ring (%s)", error)


def imports_waiting(now: datetime) -> list[uuid.UUID]:
    """Imports with work that nobody does."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = ImportBatch.objects.filter(free, state__in=AT_WORK).order_by("created_at")
    return list(rows.values_list("pk", flat=True)[:20])


def imports_advance(now: datetime) -> None:
    """The background thread's turn: a step of each import that waits."""
    for batch_id in imports_waiting(now):
        import_advance(batch_id, seconds=THREAD_SECONDS)


def imports_ring(now: datetime) -> None:
    """Beat's: rings again for what was lost."""
    for batch_id in imports_waiting(now):
        _send(batch_id)
