"""What an accepted change holds in place beside a program."""

from datetime import datetime

from matching.models import AdvisorMark, Review, ReviewPatch


def mark_make(review: Review, patch: ReviewPatch, now: datetime) -> None:
    """The mark of a move or a lock; an earlier one of its kind ends. Other kinds hold nothing."""
    if patch.kind not in (ReviewPatch.Kind.TIER, ReviewPatch.Kind.LOCK):
        return
    of = {
        "saved_list_id": review.saved_list_id,
        "program_id": patch.program_id,
        "kind": patch.kind,
        "private": patch.private,
    }
    AdvisorMark.objects.filter(**of, withdrawn_at=None).update(withdrawn_at=now)
    AdvisorMark.objects.create(**of, tier=patch.tier_to, patch=patch, created_at=now)
