"""What the applicant does with a review as a whole: send a list, send it again, take it back."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.caseload import group_for_new
from matching.models import AdvisorMark, Organisation, Review, ReviewPatch, ReviewVersion, SavedList
from matching.review.faults import ReviewNotPossible
from matching.review.freezing import version_freeze
from matching.review.states import OPEN, step
from matching.review.words import counted
from matching.services.list_writing import list_lock

from .asks import asks_settle
from .keeping import event_write, review_lock, review_write
from .risks import risk_write

MESSAGE_MOST = Review._meta.get_field("message").max_length or 0


@transaction.atomic
def review_submit(
    *, saved_list: SavedList, organisation: Organisation, message: str, actor: AbstractBaseUser, now: datetime
) -> Review:
    """Send a list to be looked at, frozen as it is. Raises ReviewNotPossible."""
    locked = list_lock(saved_list)
    _may_send(locked, organisation)
    review = Review.objects.create(
        saved_list=locked,
        organisation=organisation,
        group=group_for_new(organisation),
        message=message_clean(message),
        submitted_at=now,
        changed_at=now,
    )
    version = version_freeze(review, reason=ReviewVersion.Reason.SUBMITTED, now=now)
    words = f"Sent the list to {organisation.name}"
    data = {"version": version.number, "message": review.message}
    event_write(review, kind="submitted", words=words, actor=actor, now=now, data=data, visible=True)
    risk_write(review, now)
    return review


@transaction.atomic
def review_resubmit(*, review: Review, message: str, actor: AbstractBaseUser, now: datetime) -> Review:
    """Send it again as it is by now: to its advisor, or to whoever claims it. Raises ReviewNotPossible."""
    locked = review_lock(review)
    state = step(locked.state, "resubmit", claimed=locked.advisor_id is not None)
    approved = locked.approved_version
    if approved and not locked.stale_since and approved.list_version == locked.saved_list.version:
        raise ReviewNotPossible("Nothing has changed since it was approved.")
    locked.state, locked.message = state, message_clean(message)
    locked.snoozed_until, locked.snooze_note = None, ""
    approval_end(locked)
    review_write(locked, now)
    version = version_freeze(locked, reason=ReviewVersion.Reason.SUBMITTED, now=now)
    data = {"version": version.number, "message": locked.message}
    event_write(
        locked, kind="resubmitted", words="Sent the list again", actor=actor, now=now, data=data, visible=True
    )
    asks_settle(locked, now)
    risk_write(locked, now)
    return locked


@transaction.atomic
def review_withdraw(*, review: Review, actor: AbstractBaseUser, now: datetime) -> Review:
    """Take a list back. What waited for an answer is closed, and what an advisor's word held in place beside
    its programs ends with it. Raises StepNotPossible."""
    locked = review_lock(review)
    locked.state = step(locked.state, "withdraw")
    approval_end(locked)
    review_write(locked, now)
    waiting = (ReviewPatch.State.DRAFT, ReviewPatch.State.SENT)
    closed = locked.patches.filter(state__in=waiting).update(
        state=ReviewPatch.State.WITHDRAWN, settled_at=now
    )
    marks = AdvisorMark.objects.filter(saved_list=locked.saved_list_id, withdrawn_at=None)
    ended = marks.update(withdrawn_at=now)
    event_write(
        locked, kind="withdrawn", words="Took the list back", actor=actor, now=now,
        data={"closed": closed, "marks_ended": ended}, visible=True,
    )  # fmt: skip
    return locked


def approval_end(review: Review) -> None:
    """It does not stand approved any more; the version that was stays among its versions."""
    review.approved_version, review.approved_by, review.approved_at = None, "", None
    review.stale_since, review.stale_reason = None, ""


def message_clean(message: str) -> str:
    """Raises ReviewNotPossible."""
    message = message.strip()
    if len(message) > MESSAGE_MOST:
        over = counted(len(message) - MESSAGE_MOST, "character")
        raise ReviewNotPossible(f"A message has at most {MESSAGE_MOST:,} characters: this is {over} more.")
    return message


def _may_send(saved_list: SavedList, organisation: Organisation) -> None:
    if saved_list.owner_id is None:
        raise ReviewNotPossible("An advisor answers an account: log in or make one, then send the list.")
    if not organisation.takes_lists:
        raise ReviewNotPossible(f"{organisation.name} takes no lists at present.")
    if not saved_list.entries.exists():
        raise ReviewNotPossible("The list is empty: put a program on it first.")
    if Review.objects.filter(saved_list=saved_list, state__in=OPEN).exists():
        raise ReviewNotPossible("This list was sent already: take it back before you send it elsewhere.")
