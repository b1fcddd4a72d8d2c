"""What a visitor made without an account becomes an account's own: all of it, and nothing overwritten."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from applicants.models import Profile, ProfileDraft
from applicants.selectors import profile_latest
from applicants.services import profile_claim
from matching.models import Match
from matching.planning.claiming import plan_claim

from .matches import matches_claim


@dataclass(frozen=True, slots=True)
class Clash:
    """What the account had already in another form: a profile she brought, a form she was filling in, and
    ``plan``, which settled itself: the account's was kept."""

    brought: uuid.UUID | None
    draft: bool
    plan: bool = False

    def __bool__(self) -> bool:
        return self.brought is not None or self.draft


@transaction.atomic
def work_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> Clash:
    """Give the account what its owner made before logging in.

    Two profiles are both kept, and the account's counts until she has chosen. A form waits with its profile.
    """
    kept, brought = profile_latest(user=user), profile_latest(visitor=visitor)
    profile_claim(visitor=visitor, user=user)
    matches_claim(visitor=visitor, user=user)
    two_plans = plan_claim(visitor=visitor, user=user)
    differ = kept is not None and brought is not None and kept.document != brought.document
    if kept and brought and not differ:
        _merge(kept=kept, brought=brought)
    if kept and differ:
        kept.save(update_fields=["updated_at"])  # the profile changed last is the one that counts
    waits = _draft_claim(
        visitor=visitor, user=user, free=kept is None or (brought is not None and not differ)
    )
    return Clash(brought.pk if brought and differ else None, waits, two_plans)


@transaction.atomic
def draft_choose(*, visitor: uuid.UUID, user: AbstractBaseUser, brought: bool) -> None:
    """Go on with the form of this browser or with the account's; the other one is dropped."""
    if brought:
        ProfileDraft.objects.filter(owner_id=user.pk).delete()
        ProfileDraft.objects.filter(visitor=visitor).update(owner_id=user.pk, visitor=None)
    else:
        ProfileDraft.objects.filter(visitor=visitor).delete()


def _draft_claim(*, visitor: uuid.UUID, user: AbstractBaseUser, free: bool) -> bool:
    """An account has one draft. The browser's becomes it where that overwrites nothing (``free``: no profile
    either); else it waits under its visitor. True where it waits.
    """
    brought = ProfileDraft.objects.select_for_update().filter(visitor=visitor).first()
    if brought is None:
        return False
    kept = ProfileDraft.objects.filter(owner_id=user.pk).first()
    if kept is not None and kept.typed == brought.typed:
        brought.delete()
        return False
    if kept is not None or not free:
        return True
    brought.owner_id, brought.visitor = user.pk, None
    brought.save(update_fields=["owner", "visitor"])
    return False


def _merge(*, kept: Profile, brought: Profile) -> None:
    Match.objects.filter(profile=brought).update(profile=kept)
    brought.delete()
