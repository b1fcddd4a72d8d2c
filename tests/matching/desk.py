"""What the desk's tests look at: lists that were really scored and saved, and who looks."""

import uuid
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from applicants.services import profile_save
from matching.advisors import ADVISORS
from matching.models import Match, SavedList
from matching.services import list_save, match_start, run_score
from tests.matching.inputs import options_of, profile_of

EMAIL = "ana.private@example.org"


def client_of(**members: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"user-{uuid.uuid4().hex[:8]}", **members))
    return client


def advisor_client() -> Client:
    client = Client()
    user = User.objects.create_user("advisor", is_staff=True)
    user.groups.add(Group.objects.get(name=ADVISORS))
    client.force_login(user)
    return client


def account(name: str = "ana") -> User:
    return User.objects.create_user(name, email=EMAIL, password="a password of hers")


def match_scored(*, owner: User | None = None, max_applications: int = 6, **profile: Any) -> Match:
    """A match with its profile, scored, of an account or of a visitor."""
    who: dict[str, Any] = {"owner": owner} if owner else {"visitor": uuid.uuid4()}
    document = profile_of(**profile)
    row = profile_save(document=document, season="2027", name="My profile", **who)
    options = options_of(max_applications=max_applications)
    match = match_start(profile=document, options=options, profile_row=row, **who)
    run_score(match.run_id)
    return Match.objects.select_related("run").get(pk=match.pk)


def list_saved(**members: Any) -> SavedList:
    return list_save(match=match_scored(**members), name="Autumn list", note="Evenings only")
