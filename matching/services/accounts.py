import uuid

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import transaction

from applicants.models import Profile, ProfileDraft
from applicants.schema import ProfileDocument
from applicants.selectors import profile_latest
from applicants.services import profile_delete
from matching.catalogue import CatalogueEmpty
from matching.models import Match
from matching.schema import MatchOptions

from .forgetting import owner_forget, visitor_forget
from .matches import match_start


@transaction.atomic
def profile_choose(
    *,
    profile: Profile,
    drop: Profile | None = None,
    visitor: uuid.UUID | None = None,
    brought: bool = False,
) -> Profile:
    """Make one of an account's profiles the one that counts, with its answer the latest; ``drop`` the other.

    Matches and lists of both stay. The form goes with its profile: a ``brought`` one has the visitor's. The
    answer costs no work where its input was scored before.
    """
    if profile != profile_latest(user=profile.owner):
        ProfileDraft.objects.filter(owner=profile.owner).delete()
    waiting = ProfileDraft.objects.filter(visitor=visitor, visitor__isnull=False)
    if brought:
        waiting.update(owner=profile.owner, visitor=None)
    else:
        waiting.delete()
    if drop is not None:
        profile_delete(profile=drop)
    profile.save(update_fields=["updated_at"])
    matches = profile.matches.select_related("run").defer("run__result", "run__whole")
    last = matches.order_by("-created_at").first()
    if last is not None:
        _answer_anew(profile, last)
    return profile


@transaction.atomic
def account_delete(*, user: User, visitor: uuid.UUID | None) -> None:
    """Delete an account and all that is its; its sessions end, and this session's leftovers go too.

    A report of a wrong fact stays with the program, without whom it came from.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    if visitor is not None:
        visitor_forget(visitor=visitor)
    owner_forget(owner=user)
    user.delete()


def _answer_anew(profile: Profile, last: Match) -> None:
    try:
        match_start(
            profile=ProfileDocument.model_validate(profile.document),
            options=MatchOptions.model_validate(last.run.options | {"explain": last.explain}),
            owner=profile.owner,
            profile_row=profile,
        )
    except CatalogueEmpty:
        return  # nothing to choose from yet; the profile counts all the same
