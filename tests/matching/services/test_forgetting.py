"""Whoever is forgotten leaves nothing; whoever is not loses nothing."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User

from applicants.models import Profile, ProfileDraft
from matching.models import ListEntry, ListLink, ListVersion, Match, MatchRun, SavedList
from matching.services.forgetting import owner_forget, visitor_forget
from programs.models import FactReport
from tests.matching.factories import NOW, link_make, list_make, match_make, program_make, run_done_make

pytestmark = pytest.mark.django_db
KEPT = (Profile, ProfileDraft, SavedList, ListEntry, ListLink, ListVersion, Match, MatchRun)


def everything_of(run: MatchRun | None = None, **whose: Any) -> None:
    """A row of every kind that belongs to somebody."""
    profile = Profile.objects.create(season=2027, document={}, **whose)
    ProfileDraft.objects.create(typed={"step2ck": ["224"]}, **whose)
    match = match_make(run=run or run_done_make(), profile=profile, **whose)
    saved_list = list_make(match=match)
    ListEntry.objects.create(saved_list=saved_list, program_id="sp00001", position=1)
    ListVersion.objects.create(saved_list=saved_list, number=1, entries=[], change="Saved", created_at=NOW)
    link_make(saved_list)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}


def test_visitor_forget_leaves_nothing() -> None:
    program, visitor = program_make(), uuid.uuid4()
    everything_of(visitor=visitor)
    FactReport.objects.create(program=program, said="It moved.", reporter=visitor, created_at=NOW)

    visitor_forget(visitor=visitor)

    assert counts() == dict.fromkeys((model.__name__ for model in KEPT), 0)
    assert FactReport.objects.get().reporter is None


def test_visitor_forget_leaves_what_is_anothers() -> None:
    program_make()
    visitor, run = uuid.uuid4(), run_done_make()
    everything_of(run, visitor=visitor)
    everything_of(run, visitor=uuid.uuid4())
    everything_of(owner=User.objects.create_user("ana"))

    visitor_forget(visitor=visitor)

    assert counts() == dict.fromkeys((model.__name__ for model in KEPT), 2)


def test_owner_forget_leaves_the_account_and_nothing_else_of_it() -> None:
    program_make()
    ana, visitor = User.objects.create_user("ana"), uuid.uuid4()
    everything_of(owner=ana)
    everything_of(visitor=visitor)

    owner_forget(owner=ana)

    assert counts() == dict.fromkeys((model.__name__ for model in KEPT), 1)
    assert SavedList.objects.get().visitor == visitor
    assert User.objects.filter(pk=ana.pk).exists()
