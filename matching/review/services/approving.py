"""Approving a list as it stands, opening it again, and noticing when an approval does not fit any more."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.models import Review, ReviewPatch, ReviewVersion, SavedList
from matching.review.faults import ReviewNotPossible
from matching.review.freezing import version_freeze
from matching.review.staleness import stale_words
from matching.review.states import step
from matching.review.words import counted

from .keeping import event_write, person_name, review_lock, review_write
from .sending import approval_end

ANSWERED_BY_HER = ("add", "remove", "tier", "signal", "lock", "ask")
REASON_MOST = Review._meta.get_field("stale_reason").max_length or 0


@transaction.atomic
def review_approve(*, review: Review, advisor: AbstractBaseUser, now: datetime) -> Review:
    """Approve the list as it stands, frozen once more. Raises StepNotPossible, ReviewNotPossible while a
    change is not sent or not answered."""
    locked = review_lock(review)
    state = step(locked.state, "approve")
    _nothing_open(locked)
    version = version_freeze(locked, reason=ReviewVersion.Reason.APPROVED, now=now)
    approval_end(locked)
    locked.state, locked.approved_version = state, version
    locked.approved_by, locked.approved_at = person_name(advisor), now
    review_write(locked, now)
    words = f"{locked.approved_by} approved version {version.list_version}"
    data = {"version": version.number, "list_version": version.list_version}
    event_write(locked, kind="approved", words=words, actor=advisor, now=now, data=data, visible=True)
    return locked


@transaction.atomic
def review_reopen(*, review: Review, advisor: AbstractBaseUser, now: datetime) -> Review:
    """Take an approval back, to go on with the review. Raises StepNotPossible."""
    locked = review_lock(review)
    locked.state = step(locked.state, "reopen")
    locked.advisor_id = locked.advisor_id or advisor.pk
    approval_end(locked)
    review_write(locked, now)
    event_write(
        locked, kind="reopened", words="Opened the review again", actor=advisor, now=now, visible=True
    )
    return locked


@transaction.atomic
def approval_check(*, saved_list: SavedList, now: datetime) -> Review | None:
    """Mark an approval that the list, the answers or newer data do not fit any more, or unmark one that they
    fit again. The review, where it was marked or unmarked."""
    review = Review.objects.filter(saved_list=saved_list.pk, state=Review.State.APPROVED).first()
    if review is None:
        return None
    locked = review_lock(review)
    if locked.state != Review.State.APPROVED or locked.approved_version is None:
        return None
    words = stale_words(locked.approved_version, saved_list)[:REASON_MOST]
    if words == locked.stale_reason:
        return None
    fresh, was_stale = not words, locked.stale_since is not None
    locked.stale_reason = words
    locked.stale_since = None if fresh else locked.stale_since or now
    review_write(locked, now)
    if fresh or not was_stale:
        said = "The approved version fits again" if fresh else f"The approval does not fit any more: {words}"
        kind = "fits_again" if fresh else "stale"
        event_write(locked, kind=kind, words=said, actor=None, now=now, visible=True)
    return locked


def _nothing_open(review: Review) -> None:
    drafts = review.patches.filter(state=ReviewPatch.State.DRAFT).count()
    if drafts:
        raise ReviewNotPossible(f"{counted(drafts, 'change')} not sent yet: send or take back first.")
    waiting = review.patches.filter(state=ReviewPatch.State.SENT, kind__in=ANSWERED_BY_HER).count()
    if waiting:
        raise ReviewNotPossible(
            f"{counted(waiting, 'change')} not answered yet: wait for the applicant, or take back."
        )
