"""Who has a review: claimed, given back, handed over, put off."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction

from matching.models import AdvisorGroup, Membership, Review
from matching.review.faults import AlreadyClaimed, ReviewNotPossible
from matching.review.states import step

from .keeping import event_write, person_name, review_lock, review_write

NOTE_MOST = Review._meta.get_field("snooze_note").max_length or 0


@transaction.atomic
def review_claim(*, review: Review, advisor: AbstractBaseUser, now: datetime) -> Review:
    """Take a review that nobody has; one's own stays as it is. Raises AlreadyClaimed, StepNotPossible."""
    locked = review_lock(review)
    state = step(locked.state, "claim")
    if locked.advisor_id == advisor.pk:
        return locked
    if locked.advisor is not None:
        raise AlreadyClaimed(f"{person_name(locked.advisor)} has this review already.")
    locked.state, locked.advisor_id = state, advisor.pk
    review_write(locked, now)
    words = f"{person_name(advisor)} looks at the list"
    event_write(locked, kind="claimed", words=words, actor=advisor, now=now, visible=True)
    return locked


@transaction.atomic
def review_release(*, review: Review, advisor: AbstractBaseUser, now: datetime) -> Review:
    """Give it back to the pool. Raises StepNotPossible, ReviewNotPossible where nobody has it."""
    locked = review_lock(review)
    state = step(locked.state, "release", claimed=False)
    if locked.advisor is None:
        raise ReviewNotPossible("Nobody has this review.")
    was = person_name(locked.advisor)
    locked.state, locked.advisor = state, None
    review_write(locked, now)
    event_write(locked, kind="released", words="Given back to the pool", actor=advisor, now=now,
                data={"from": was})  # fmt: skip
    return locked


@transaction.atomic
def review_hand_over(
    *,
    review: Review,
    advisor: AbstractBaseUser,
    to: User | None = None,
    group: AdvisorGroup | None = None,
    note: str = "",
    now: datetime,
) -> Review:
    """Give it to another advisor of its organisation, or to the pool of one of its groups.

    Raises StepNotPossible, ReviewNotPossible.
    """
    if (to is None) == (group is None):
        raise ReviewNotPossible("Say whom it goes to: one advisor or one group.")
    locked = review_lock(review)
    locked.state = step(locked.state, "hand_over", claimed=to is not None)
    before = person_name(locked.advisor) if locked.advisor_id else ""
    if to is not None:
        _advises(to, locked)
        locked.advisor, named = to, person_name(to)
    if group is not None:
        if group.organisation_id != locked.organisation_id:
            raise ReviewNotPossible("That group belongs to another organisation.")
        locked.advisor, locked.group, named = None, group, group.name
    locked.snoozed_until, locked.snooze_note = None, ""
    review_write(locked, now)
    event_write(
        locked, kind="handed_over", words=f"Handed over to {named}", actor=advisor, now=now,
        data={"from": before, "to": named, "note": note.strip()},
    )  # fmt: skip
    return locked


@transaction.atomic
def review_snooze(
    *, review: Review, advisor: AbstractBaseUser, until: date | None, note: str = "", now: datetime
) -> Review:
    """Out of the queue until a day; None: back in it. Raises StepNotPossible, ReviewNotPossible."""
    note = note.strip()
    if until is not None and until <= now.date():
        raise ReviewNotPossible("Choose a day after today.")
    if len(note) > NOTE_MOST:
        raise ReviewNotPossible(f"A note has at most {NOTE_MOST} characters.")
    locked = review_lock(review)
    locked.state = step(locked.state, "snooze")
    locked.snoozed_until, locked.snooze_note = until, note if until else ""
    review_write(locked, now)
    words = f"Put off until {until:%-d %B %Y}" if until else "Back in the queue"
    event_write(locked, kind="snoozed", words=words, actor=advisor, now=now, data={"note": note})
    return locked


def _advises(user: User, review: Review) -> None:
    staff = user.is_active and user.is_staff
    if not staff or not Membership.objects.filter(user=user, organisation=review.organisation_id).exists():
        raise ReviewNotPossible(f"{person_name(user)} does not advise for {review.organisation.name}.")
