"""What a partner may read of cohorts: its own, and of each the chunks that are done."""

import uuid
from collections.abc import Iterator
from typing import Literal

from django.db.models import QuerySet

from matching.models import ApiKey, Cohort, CohortChunk

PAGE = 8  # chunks read at once: what is in memory of a stream


class CohortGone(Exception):
    """Cancelled or erased while it was read."""


def cohorts_of(key: ApiKey) -> QuerySet[Cohort]:
    """Newest first. One that is still being received is nobody's yet."""
    return Cohort.objects.filter(api_key=key).exclude(state=Cohort.State.RECEIVING)


def cohort_of(key: ApiKey, cohort_id: uuid.UUID) -> Cohort:
    """Raises Cohort.DoesNotExist; another's is as if it were not there."""
    return cohorts_of(key).get(pk=cohort_id)


def chunks_ready(cohort: Cohort, *, after: int = 0) -> QuerySet[CohortChunk]:
    """Chunks to be answered, in the order of the lines, from the one that may hold the line behind ``after``.

    Of a cohort in work those before the first that is not done: whoever goes on behind the last line read
    misses none that is done later. Of one that failed whatever there is.
    """
    chunks = CohortChunk.objects.filter(cohort=cohort)
    ready = chunks.filter(state=CohortChunk.State.DONE)
    if cohort.state in Cohort.OPEN:
        waiting = chunks.filter(state__in=(CohortChunk.State.QUEUED, CohortChunk.State.RUNNING))
        first = waiting.order_by("number").values_list("number", flat=True).first()
        if first is not None:
            ready = ready.filter(number__lt=first)
    if after:
        held = chunks.filter(first_line__lte=after).order_by("-number").values_list("number", flat=True)
        ready = ready.filter(number__gte=held.first() or 0)
    return ready


def chunk_blobs(
    ready: QuerySet[CohortChunk], *, field: Literal["result", "errors"], descending: bool = False
) -> Iterator[bytes]:
    """One column of the chunks, a few at a time, each by a short query of its own: no transaction stays open
    for as long as somebody downloads. Raises CohortGone where chunks went meanwhile, so that half an answer
    is never taken for a whole one."""
    expected = ready.count()
    return _blobs(ready, field, descending, expected)


def _blobs(
    ready: QuerySet[CohortChunk], field: Literal["result", "errors"], descending: bool, expected: int
) -> Iterator[bytes]:
    rows, seen = ready.order_by("-number" if descending else "number"), 0
    last: int | None = None
    while True:
        side = "number__lt" if descending else "number__gt"
        page = rows if last is None else rows.filter(**{side: last})
        found = list(page.values_list("number", field)[:PAGE])
        if not found:
            break
        for number, blob in found:
            last, seen = number, seen + 1
            yield bytes(blob)
    if seen < expected:
        raise CohortGone
