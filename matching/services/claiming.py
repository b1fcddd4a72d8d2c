"""What a visitor made without an account becomes an account's own: all of it, and nothing overwritten."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from applicants.models import Profile, ProfileDraft
from applicants.selectors import profile_latest
from applicants.services import profile_claim
from matching.models import Match

from .matches import matches_claim


@transaction.atomic
def work_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> uuid.UUID | None:
    """Give the account what its owner made before logging in.

    Returns the profile she brought where the account has another: both are kept, the account's counts until
    she has chosen.
    """
    kept, brought = profile_latest(user=user), profile_latest(visitor=visitor)
    profile_claim(visitor=visitor, user=user)
    draft_claim(visitor=visitor, user=user)
    matches_claim(visitor=visitor, user=user)
    if kept is None or brought is None:
        return None
    if kept.document == brought.document:
        _merge(kept=kept, brought=brought)
        return None
    kept.save(update_fields=["updated_at"])  # the profile changed last is the one that counts
    return brought.pk


@transaction.atomic
def draft_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> None:
    """An account has one draft. Where it has another already, the browser's waits under its visitor."""
    brought = ProfileDraft.objects.select_for_update().filter(visitor=visitor).first()
    if brought is None:
        return
    kept = ProfileDraft.objects.filter(owner_id=user.pk).first()
    if kept is None:
        brought.owner_id, brought.visitor = user.pk, None
        brought.save(update_fields=["owner", "visitor"])
    elif kept.typed == brought.typed:
        brought.delete()


@transaction.atomic
def draft_choose(*, visitor: uuid.UUID, user: AbstractBaseUser, brought: bool) -> None:
    """Go on with the draft of this browser or with the account's; the other one is dropped."""
    if brought and ProfileDraft.objects.filter(visitor=visitor).exists():
        ProfileDraft.objects.filter(owner_id=user.pk).delete()
        ProfileDraft.objects.filter(visitor=visitor).update(owner_id=user.pk, visitor=None)
    else:
        ProfileDraft.objects.filter(visitor=visitor).delete()


def _merge(*, kept: Profile, brought: Profile) -> None:
    Match.objects.filter(profile=brought).update(profile=kept)
    brought.delete()
