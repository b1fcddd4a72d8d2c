"""Deleting many rows a part at a time, each part its own transaction."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

SIZE = 200


def key_batches(rows: QuerySet[Any], size: int = SIZE) -> Iterator[list[Any]]:
    """The primary keys of ``rows`` in order, a batch at a time, read when the last one is dealt with."""
    rows, last = rows.order_by("pk"), None
    while True:
        page = rows if last is None else rows.filter(pk__gt=last)
        keys = list(page.values_list("pk", flat=True)[:size])
        if not keys:
            return
        yield keys
        last = keys[-1]


def rows_delete(rows: QuerySet[Any]) -> int:
    """One DELETE, however many rows. What points to them has to be gone: else the database refuses."""
    return rows._raw_delete(rows.db)


def batches_delete(rows: QuerySet[Any], *, dry_run: bool) -> int:
    """Delete ``rows`` that nothing points to, batch by batch; ``dry_run`` only counts them."""
    if dry_run:
        return rows.count()
    deleted = 0
    for keys in key_batches(rows):
        with transaction.atomic():
            # The condition again, for what has changed since: a row that is in use anew stays.
            deleted += rows_delete(rows.filter(pk__in=keys))
    return deleted
