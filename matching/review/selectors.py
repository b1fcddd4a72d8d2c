"""Reads of reviews. The applicant never meets a draft or what is kept for the desk alone."""

import uuid
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from matching.models import Review, ReviewEvent, ReviewPatch, SavedList

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def review_of_list(saved_list: SavedList) -> Review | None:
    """The review a list is in, with its organisation and approved version; None where there is none."""
    return _whole().filter(saved_list=saved_list).exclude(state=Review.State.WITHDRAWN).first()


def review_for_owner(user: "AbstractBaseUser | AnonymousUser", review_id: uuid.UUID) -> Review:
    """A review of one's own list, withdrawn ones too. Raises Review.DoesNotExist for anybody else's."""
    return _whole().filter(saved_list__owner_id=user.pk, saved_list__owner__isnull=False).get(pk=review_id)


def patches_for_owner(review: Review) -> QuerySet[ReviewPatch]:
    """What was sent to her, settled or not, oldest first."""
    rows = ReviewPatch.objects.filter(review=review, private=False, sent_at__isnull=False)
    return rows.select_related("program__specialty", "other").order_by("id")


def events_for_owner(review: Review) -> QuerySet[ReviewEvent]:
    """What was done that she may read, oldest first."""
    return ReviewEvent.objects.filter(review=review, visible=True).order_by("id")


def patches_open(review: Review) -> QuerySet[ReviewPatch]:
    """What waits: drafts to be sent, and what was sent to be answered."""
    waiting = (ReviewPatch.State.DRAFT, ReviewPatch.State.SENT)
    return ReviewPatch.objects.filter(review=review, state__in=waiting).order_by("id")


def _whole() -> QuerySet[Review]:
    rows = Review.objects.select_related(
        "organisation", "approved_version", "advisor", "saved_list__match__run"
    )
    return rows.defer("saved_list__match__run__result", "saved_list__match__run__whole")
