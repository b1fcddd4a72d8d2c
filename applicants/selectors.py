"""Reads of profiles. What is another's is not found: nobody learns that it exists."""

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from applicants.models import Profile, ProfileDraft
from programs.models import Program, Specialty

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Asker = AbstractBaseUser | AnonymousUser | None


def profiles_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[Profile]:
    """One's own profiles, the one last changed first: the account's, or the visitor's before login."""
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own |= Q(owner_id=user.pk)
    if visitor is not None:
        own |= Q(visitor=visitor)
    return Profile.objects.filter(own)


def profile_latest(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> Profile | None:
    """One's own profile that was changed last."""
    return profiles_for_request(user=user, visitor=visitor).first()


def draft_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> ProfileDraft | None:
    """What one typed so far: the account's draft alone, else the visitor's.

    A visitor's draft that waits beside an account's profile is asked about first: it would overwrite that.
    """
    if user is not None and user.is_authenticated:
        return ProfileDraft.objects.filter(owner_id=user.pk).first()
    return ProfileDraft.objects.filter(visitor=visitor).first() if visitor is not None else None


def specialty_names() -> dict[str, str]:
    """Every specialty of the catalogue, slug to name, by name."""
    return dict(Specialty.objects.order_by("name").values_list("slug", "name"))


def program_ids_known(ids: Collection[str]) -> frozenset[str]:
    """Those of ``ids`` that name a program track."""
    if not ids:
        return frozenset()
    return frozenset(Program.objects.filter(pk__in=ids).values_list("pk", flat=True))
