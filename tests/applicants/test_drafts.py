"""A draft keeps what was typed for its account or visitor, and for nobody else."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from applicants.models import ProfileDraft
from applicants.selectors import draft_for_request
from applicants.services import draft_delete, draft_save
from applicants.typed import Typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create(username="ana")


def keep(typed: Typed, **whose: Any) -> ProfileDraft:
    return draft_save(change=lambda before: {**before, **typed}, start={}, **whose)


def test_draft_starts_from_what_was_shown_and_changes_from_then_on() -> None:
    visitor = uuid.uuid4()
    draft_save(change=lambda before: {**before, "b": ["2"]}, start={"a": ["1"]}, visitor=visitor)
    draft_save(change=lambda before: {**before, "c": ["3"]}, start={"lost": ["x"]}, visitor=visitor)
    assert ProfileDraft.objects.get().typed == {"a": ["1"], "b": ["2"], "c": ["3"]}


def test_draft_takes_anything_typed() -> None:
    visitor = uuid.uuid4()
    keep({"school_name": ["a\x00b", "<script>", "\U0001f600" * 100]}, visitor=visitor)
    assert ProfileDraft.objects.get().typed["school_name"][0] == "a\ufffdb"


def test_draft_is_one_of_each(user: User) -> None:
    visitor = uuid.uuid4()
    keep({"a": ["visitor"]}, visitor=visitor)
    keep({"a": ["account"]}, owner=user)
    keep({"a": ["account again"]}, owner=user, visitor=visitor)
    assert ProfileDraft.objects.count() == 2
    assert ProfileDraft.objects.get(owner=user).typed == {"a": ["account again"]}


def test_draft_for_request_is_ones_own(user: User, django_assert_num_queries: Any) -> None:
    visitor = uuid.uuid4()
    of_visitor = keep({"a": ["1"]}, visitor=visitor)
    assert draft_for_request(user=user, visitor=visitor) is None  # it waits to be asked for
    of_user = keep({"a": ["2"]}, owner=user)
    with django_assert_num_queries(1):
        assert draft_for_request(user=user, visitor=visitor) == of_user
    assert draft_for_request(user=AnonymousUser(), visitor=visitor) == of_visitor
    assert draft_for_request(user=AnonymousUser(), visitor=uuid.uuid4()) is None
    assert draft_for_request() is None
    assert draft_for_request(user=User.objects.create(username="ben")) is None


def test_draft_delete_leaves_anothers(user: User) -> None:
    visitor, other = uuid.uuid4(), uuid.uuid4()
    keep({"a": ["1"]}, visitor=visitor)
    keep({"a": ["2"]}, owner=user)
    kept = keep({"a": ["3"]}, visitor=other)
    draft_delete(user=user, visitor=visitor)
    draft_delete()
    draft_delete(user=AnonymousUser())
    assert list(ProfileDraft.objects.all()) == [kept]
