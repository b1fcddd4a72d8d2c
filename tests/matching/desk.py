"""What the desk's tests look at: lists that were really scored and saved, and who looks."""

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from applicants.services import profile_save
from matching.models import Match, Membership, Organisation, Review, SavedList
from matching.services import list_save, match_start, run_score
from tests.matching.factories import NOW
from tests.matching.inputs import options_of, profile_of

EMAIL = "ana.private@example.org"


def client_of(**members: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"user-{uuid.uuid4().hex[:8]}", **members))
    return client


def office(name: str = "Office of advice") -> Organisation:
    return Organisation.objects.get_or_create(name=name)[0]


def staff(name: str, organisation: Organisation | None = None, role: str = "advisor") -> User:
    """A member of staff, in an organisation where one is named; her groups come with that."""
    user = User.objects.create_user(name, is_staff=True)
    if organisation:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def advisor_client() -> Client:
    client = Client()
    client.force_login(staff("advisor", office()))
    return client


def review_of(saved_list: SavedList, *, organisation: Organisation | None = None, **members: Any) -> Review:
    """Under review by the advisor of the tests, unless another is named."""
    advisor = User.objects.filter(username="advisor").first()
    given: dict[str, Any] = {"advisor": advisor, "state": "in_review", "submitted_at": NOW, "changed_at": NOW}
    return Review.objects.create(
        saved_list=saved_list, organisation=organisation or office(), **(given | members)
    )


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


def list_sent(**members: Any) -> SavedList:
    """A saved list that the tests' advisor looks at."""
    saved_list = list_saved(**members)
    review_of(saved_list)
    return saved_list
