from typing import NamedTuple

import pytest
from django.contrib.auth.models import User

from matching.models import Organisation, Review, SavedList
from programs.models import DataVersion
from tests.matching.review.making import (
    advisor_make,
    list_of_owner,
    organisation_make,
    owner_make,
    review_claimed,
)


class Desk(NamedTuple):
    """A review with its advisor, a lead of the same organisation, and whose list it is."""

    review: Review
    saved_list: SavedList
    owner: User
    advisor: User
    lead: User
    organisation: Organisation


@pytest.fixture
def desk(small_catalogue: DataVersion) -> Desk:
    return desk_make()


def desk_make() -> Desk:
    """With a catalogue that is published."""
    organisation, owner = organisation_make(), owner_make()
    saved_list = list_of_owner(owner)
    review, advisor = review_claimed(saved_list, organisation)
    lead = advisor_make(organisation, "lead", "lead")
    return Desk(review, saved_list, owner, advisor, lead, organisation)
