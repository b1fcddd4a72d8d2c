import uuid

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import transaction

from applicants.models import Profile, ProfileDraft
from applicants.schema import ProfileDocument
from applicants.services import profile_delete
from matching.catalogue import CatalogueEmpty
from matching.models import Match
from matching.schema import MatchOptions
from programs.models import FactReport

from .matches import match_start


@transaction.atomic
def profile_choose(*, profile: Profile, drop: Profile | None = None) -> Profile:
    """Make one of an account's profiles the one that counts, with its answer the latest; ``drop`` the other.

    Matches and lists of both stay. The answer costs no work where its input was scored before.
    """
    if drop is not None:
        profile_delete(profile=drop)
    profile.save(update_fields=["updated_at"])
    last = (
        profile.matches.select_related("run")
        .defer("run__result", "run__whole")
        .order_by("-created_at")
        .first()
    )
    if last is not None and profile.owner is not None:
        _answer_anew(profile, last)
    return profile


@transaction.atomic
def account_delete(*, user: User, visitor: uuid.UUID | None) -> None:
    """Delete an account and all that is its: profiles, answers, lists with their links, addresses, sessions.

    A report of a wrong fact stays with the program, without whom it came from.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    if visitor is not None:
        ProfileDraft.objects.filter(visitor=visitor).delete()
        FactReport.objects.filter(reporter=visitor).update(reporter=None)
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
