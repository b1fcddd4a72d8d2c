"""Runs that no answer stands on any more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from matching.models import MatchRun, Receipt

from .batches import key_batches, rows_delete

GRACE = timedelta(days=1)  # a run is made a moment before its match


@transaction.atomic
def runs_free_delete(runs: Collection[int]) -> int:
    """Delete those of ``runs`` that nobody's answer stands on, with the receipts between them.

    A worker that scores one of them finds its claim gone and writes nothing.
    """
    # Locked first, as match_start does: nobody joins a run between the look and the delete.
    locked = list(
        MatchRun.objects.select_for_update().filter(pk__in=runs).order_by("pk").values_list("pk", flat=True)
    )
    free = MatchRun.objects.filter(pk__in=locked, matches__isnull=True)
    keys = list(free.order_by().values_list("pk", flat=True))
    rows_delete(Receipt.objects.filter(Q(before__in=keys) | Q(after__in=keys)))
    return rows_delete(MatchRun.objects.filter(pk__in=keys))


def runs_sweep(*, now: datetime, dry_run: bool) -> int:
    """Runs whose last match went without them."""
    left = MatchRun.objects.filter(matches__isnull=True, created_at__lt=now - GRACE)
    if dry_run:
        return left.count()
    return sum(runs_free_delete(keys) for keys in key_batches(left))
