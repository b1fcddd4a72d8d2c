"""The columns the queue is sorted by: written when a list or a review changes, and anew as days pass."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from matching.models import ListEntry, Review
from matching.review.danger import Risk, danger
from matching.review.freezing import list_of
from matching.review.risk import risk_kept, risk_of

COLUMNS = (
    "danger", "p_none", "p_match", "strict_fails", "deadline", "unused_signals", "over_budget_usd",
    "missing_facts", "programs", "cost_usd", "risk_at",
)  # fmt: skip
BATCH = 500
FRESH = timedelta(hours=6)


def risk_write(review: Review, now: datetime) -> None:
    """Of one review, in the transaction that changed it or its list. No revision: it is nobody's act."""
    _put(review, risk_of(review, list_of(review), timezone.localdate(now)), now)
    review.save(update_fields=COLUMNS)


def risks_refresh(*, now: datetime, limit: int = BATCH) -> int:
    """Work out the columns of those that were worked out longest ago, at most ``limit``: as many queries for
    one as for all. Returns how many; 0 when all are fresh."""
    done = 0
    while done < limit:
        size = _refresh(now=now, size=min(BATCH, limit - done))
        done += size
        if not size:
            break
    return done


@transaction.atomic
def _refresh(*, now: datetime, size: int) -> int:
    """What somebody works on at this moment is left for the next time."""
    old = Review.objects.exclude(state=Review.State.WITHDRAWN).filter(
        Q(risk_at=None) | Q(risk_at__lt=now - FRESH)
    )
    rows = old.select_for_update(of=("self",), skip_locked=True).order_by(
        F("risk_at").asc(nulls_first=True), "pk"
    )
    reviews = list(
        rows.select_related("saved_list__match__run").defer(
            "saved_list__match__run__result", "saved_list__match__run__whole"
        )[:size]
    )
    closed = _closed([review.saved_list_id for review in reviews])
    today, moved = timezone.localdate(now), set[str]()
    for review in reviews:
        before = {name: getattr(review, name) for name in COLUMNS}
        _put(review, risk_kept(review.saved_list, closed.get(review.saved_list_id, 0), today), now)
        moved |= {name for name in COLUMNS if getattr(review, name) != before[name]}
    # Mostly the danger alone, as days pass: writing each column of each row takes ten times as long.
    if columns := sorted(moved - {"risk_at"}):
        Review.objects.bulk_update(reviews, columns, batch_size=BATCH)
    Review.objects.filter(pk__in=[review.pk for review in reviews]).update(risk_at=now)
    return len(reviews)


def _closed(lists: list[Any]) -> dict[Any, int]:
    """Programs that a strict rule closes, by list."""
    rows = ListEntry.objects.filter(saved_list__in=lists, shown__closed=True).order_by()
    return dict(rows.values_list("saved_list").annotate(Count("pk")))


def _put(review: Review, risk: Risk, now: datetime) -> None:
    review.danger = danger(risk)
    for name in COLUMNS[1:-1]:
        setattr(review, name, getattr(risk, name))
    review.risk_at = now
