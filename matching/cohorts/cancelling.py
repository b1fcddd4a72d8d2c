"""Taking a cohort back: at once, also in the middle of the work."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from matching.models import Cohort, CohortChunk
from matching.privacy.batches import rows_delete
from matching.webhooks.events import cohort_finished

from .finishing import erase_at


@transaction.atomic
def cohort_cancel(*, cohort: Cohort, now: datetime) -> None:
    """What was sent and what was scored is deleted, in whatever state it is; the counts stay with the row
    until ``erase_at``. A worker with a chunk of it in its hands finds nothing to write. Once more, nothing.
    """
    rows_delete(CohortChunk.objects.filter(cohort=cohort))
    ended = Cohort.objects.filter(pk=cohort.pk, state__in=Cohort.OPEN).update(
        state=Cohort.State.CANCELLED, finished_at=now, erase_at=erase_at(now)
    )
    if ended:
        cohort_finished(cohort=Cohort.objects.get(pk=cohort.pk), now=now)
        return
    Cohort.objects.filter(pk=cohort.pk).exclude(state=Cohort.State.CANCELLED).update(
        state=Cohort.State.CANCELLED,
        reason="",
        finished_at=Coalesce("finished_at", now),
        erase_at=Coalesce("erase_at", erase_at(now)),
    )
