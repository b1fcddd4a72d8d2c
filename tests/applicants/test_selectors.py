import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from applicants.selectors import (
    profile_latest,
    profiles_for_request,
    program_ids_known,
    specialty_names,
)
from applicants.services import profile_save
from tests.applicants.documents import SEASON, valid
from tests.programs.factories import make_program, make_specialty

pytestmark = pytest.mark.django_db


def test_profiles_are_ones_own() -> None:
    ana, ben = User.objects.create(username="ana"), User.objects.create(username="ben")
    visitor = uuid.uuid4()
    of_ana = profile_save(document=valid({}), season=SEASON, owner=ana)
    of_visitor = profile_save(document=valid({}), season=SEASON, visitor=visitor)
    assert list(profiles_for_request(user=ana)) == [of_ana]
    assert list(profiles_for_request(user=ben, visitor=uuid.uuid4())) == []
    assert list(profiles_for_request(user=AnonymousUser(), visitor=visitor)) == [of_visitor]
    assert list(profiles_for_request(user=AnonymousUser())) == []
    assert list(profiles_for_request()) == []


def test_profile_latest_is_the_one_changed_last() -> None:
    visitor = uuid.uuid4()
    first = profile_save(document=valid({}), season=SEASON, visitor=visitor)
    second = profile_save(document=valid({}), season=SEASON, visitor=visitor)
    assert profile_latest(visitor=visitor) == second
    profile_save(document=valid({}), season=SEASON, row=first)
    assert profile_latest(visitor=visitor) == first
    assert profile_latest(visitor=uuid.uuid4()) is None


def test_specialties_and_programs_of_the_catalogue() -> None:
    make_specialty("psychiatry", name="Psychiatry")
    program = make_program(specialty="internal-medicine")
    assert specialty_names() == {"internal-medicine": "Internal medicine", "psychiatry": "Psychiatry"}
    assert program_ids_known({program.pk, "sp99999"}) == {program.pk}


def test_program_ids_none_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert program_ids_known(set()) == frozenset()
