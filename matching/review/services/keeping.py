"""How every change of a review is written: its list and itself locked, one event, one revision more.

The list is locked before the review, here as where a list is written: two that want both never wait for one
another. Whoever comes second reads what the first one left.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from matching.models import Review, ReviewEvent, ReviewPatch, SavedList
from matching.review.mails import mails_later

APPLICANT, SITE = "applicant", "the site"
WORDS_MOST = ReviewEvent._meta.get_field("words").max_length or 0


def review_lock(review: Review) -> Review:
    """The review as it is now, held with its list until the transaction ends."""
    list(SavedList.objects.select_for_update().order_by().filter(pk=review.saved_list_id).values_list("pk"))
    rows = Review.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=review.pk)


def person_name(user: AbstractBaseUser | None) -> str:
    """What an advisor is called beside what she did."""
    if user is None:
        return SITE
    full = getattr(user, "get_full_name", str)()
    return (full or user.get_username())[:150]


def event_write(
    review: Review,
    *,
    kind: str,
    words: str,
    actor: AbstractBaseUser | None,
    now: datetime,
    patch: ReviewPatch | None = None,
    data: Mapping[str, Any] | None = None,
    visible: bool = False,
) -> ReviewEvent:
    """In the transaction of what it tells; ``data`` gets the revision it made. Some are told by mail too."""
    values = event_values(review, kind, words, actor, now, patch, data, visible)
    event = ReviewEvent.objects.create(**values)
    mails_later([event])
    return event


def event_values(
    review: Review,
    kind: str,
    words: str,
    actor: AbstractBaseUser | None,
    now: datetime,
    patch: ReviewPatch | None = None,
    data: Mapping[str, Any] | None = None,
    visible: bool = False,
) -> dict[str, Any]:
    applicant = actor is not None and actor.pk == review.saved_list.owner_id
    return {
        "review": review,
        "at": now,
        "actor_id": actor.pk if actor else None,
        "actor_name": APPLICANT if applicant else person_name(actor),
        "kind": kind,
        "words": words if len(words) <= WORDS_MOST else f"{words[: WORDS_MOST - 1]}…",
        "patch": patch,
        "data": {**(data or {}), "revision": review.revision},
        "visible": visible,
    }


def review_write(review: Review, now: datetime) -> None:
    """One revision more; before the event that tells of it."""
    review.revision += 1
    review.changed_at = now
    review.save()
