"""The broker's side of imports: a task carries one id, everything else is in the table."""

import uuid

from celery import shared_task
from django.utils import timezone

from programs.services.importing.advance import TRANSIENT, import_advance, imports_ring


@shared_task(
    acks_late=True,
    ignore_result=True,
    autoretry_for=TRANSIENT,
    retry_backoff=1,
    retry_backoff_max=30,
    max_retries=4,
)
def import_step(batch_id: str) -> None:
    """One step, and a message for the next: no message is in work for long."""
    if import_advance(uuid.UUID(batch_id)):
        import_step.delay(batch_id)


@shared_task(acks_late=True, ignore_result=True)
def ring_imports() -> None:
    """Not retried: the next one comes by itself."""
    imports_ring(timezone.now())
