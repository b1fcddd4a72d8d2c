"""What a review takes over when its list was written: its risk, what was asked, whether an approval fits."""

from datetime import datetime

from matching.models import Review, SavedList

from .approving import approval_check
from .asks import asks_settle
from .keeping import review_lock
from .risks import risk_write


def review_follow(*, saved_list: SavedList, now: datetime) -> None:
    """In the transaction that wrote the list; one query where it is in no review."""
    review = Review.objects.filter(saved_list=saved_list).exclude(state=Review.State.WITHDRAWN).first()
    if review is None:
        return
    if review.state == Review.State.APPROVED:
        approval_check(saved_list=saved_list, now=now)
    locked = review_lock(review)
    asks_settle(locked, now)
    risk_write(locked, now)
