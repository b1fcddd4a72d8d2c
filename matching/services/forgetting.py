"""Forgetting a person: all that is kept of her goes, at once and for good."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet

from applicants.models import Profile, ProfileDraft
from matching.models import Match, Plan, Receipt, SavedList
from programs.models import FactReport


@transaction.atomic
def visitor_forget(*, visitor: uuid.UUID) -> None:
    """Delete what one session made, with the runs nobody else's answer stands on.

    What she reported about a program stays, for it is about the program; who said it is forgotten.
    """
    _forget(Q(visitor=visitor))
    FactReport.objects.filter(reporter=visitor).update(reporter=None)


@transaction.atomic
def owner_forget(*, owner: AbstractBaseUser) -> None:
    """Delete what an account owns. The account itself, and what its session still holds, are the caller's."""
    _forget(Q(owner_id=owner.pk))


def _forget(own: Q) -> None:
    # A receipt goes with its runs. Of two runs that others share it says that somebody had both: it goes too,
    # and whoever else has both can have it worked out again.
    runs = Match.objects.filter(own).order_by().values("run")
    Receipt.objects.filter(before__in=runs, after__in=runs).delete()
    # Links, entries and versions go with their list, steps with their plan, and lists and plans before the
    # matches they stand on.
    rows: tuple[
        QuerySet[Plan] | QuerySet[SavedList] | QuerySet[Match] | QuerySet[ProfileDraft] | QuerySet[Profile],
        ...,
    ] = (
        Plan.objects.filter(own),
        SavedList.objects.filter(own),
        Match.objects.filter(own),
        ProfileDraft.objects.filter(own),
        Profile.objects.filter(own),
    )
    for each in rows:
        each.delete()
