"""A list of an account that was sent to an advisor, in the fewest words a test needs."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User

from matching.models import Membership, Organisation, Review, SavedList
from matching.review.services import review_claim, review_submit
from matching.selectors import match_for_request
from matching.services import list_save, match_start, run_score
from tests.matching.inputs import options_of, profile_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def owner_make(name: str = "applicant") -> User:
    return User.objects.create_user(name, email=f"{name}@example.org")


def organisation_make(name: str = "Harbor Advising", **values: Any) -> Organisation:
    return Organisation.objects.create(name=name, **values)


def advisor_make(organisation: Organisation, name: str = "advisor", role: str = "advisor") -> User:
    user = User.objects.create_user(name, first_name=name.title(), last_name="Hale", is_staff=True)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def list_of_owner(owner: User, *, programs: int = 4, options: Any = None, **members: Any) -> SavedList:
    """The first programs of the small catalogue, as recommended to an account."""
    asked = options_of(max_applications=programs, **(options or {}))
    match = match_start(profile=profile_of(**members), options=asked, owner=owner)
    run_score(match.run_id)
    return list_save(match=match_for_request(match.pk, user=owner), name="My list")


def review_make(saved_list: SavedList, organisation: Organisation, message: str = "") -> Review:
    assert saved_list.owner is not None
    return review_submit(
        saved_list=saved_list, organisation=organisation, message=message, actor=saved_list.owner, now=NOW
    )


def review_claimed(saved_list: SavedList, organisation: Organisation) -> tuple[Review, User]:
    """Sent, and taken by an advisor of its own."""
    advisor = advisor_make(organisation)
    review = review_make(saved_list, organisation)
    return review_claim(review=review, advisor=advisor, now=NOW), advisor
