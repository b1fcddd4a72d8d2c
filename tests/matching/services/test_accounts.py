import uuid

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from applicants.models import Profile, ProfileDraft
from applicants.selectors import profile_latest
from matching.models import ListLink, Match, MatchRun, SavedList
from matching.services import match_start
from matching.services.accounts import account_delete, profile_choose
from matching.services.claiming import work_claim
from programs.models import DataVersion, FactReport, Program, Publication
from tests.matching.factories import link_make, list_make, match_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.people import account_make, draft_make, profile_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account_make()


def test_profile_choose_makes_it_the_one_that_counts_with_its_answer(
    user: User, small_catalogue: DataVersion
) -> None:
    first, second = profile_make(owner=user), profile_make(owner=user, graduation_year=2020)
    for row, members in ((first, {}), (second, {"graduation_year": 2020})):
        match_start(profile=profile_of(**members), options=options_of(), owner=user, profile_row=row)
    assert profile_latest(user=user) == second

    profile_choose(profile=first)

    assert profile_latest(user=user) == first
    latest = Match.objects.filter(owner=user)[0]
    assert latest.profile == first
    assert (Match.objects.count(), MatchRun.objects.count()) == (3, 2)  # the same input is the same run


def test_profile_choose_drops_the_other_and_keeps_its_answers(
    user: User, small_catalogue: DataVersion
) -> None:
    first, second = profile_make(owner=user), profile_make(owner=user, graduation_year=2020)
    answer = match_start(profile=profile_of(), options=options_of(), owner=user, profile_row=first)
    profile_choose(profile=second, drop=first)
    answer.refresh_from_db()
    assert list(Profile.objects.all()) == [second]
    assert answer.profile is None


@pytest.mark.parametrize(("brought", "typed"), [(True, "2"), (False, "1")])
def test_profile_choose_takes_its_form_with_it(user: User, brought: bool, typed: str) -> None:
    visitor = uuid.uuid4()
    kept, new = profile_make(owner=user), profile_make(visitor=visitor, graduation_year=2020)
    draft_make("1", owner=user)
    draft_make("2", visitor=visitor)
    work_claim(visitor=visitor, user=user)
    new.refresh_from_db()
    profile_choose(profile=new if brought else kept, visitor=visitor, brought=brought)
    assert ProfileDraft.objects.get().typed == {"a": [typed]}


def test_profile_choose_of_an_older_one_without_a_form_starts_from_it(user: User) -> None:
    older = profile_make(owner=user)
    profile_make(owner=user, graduation_year=2020)
    draft_make("1", owner=user)
    profile_choose(profile=older)
    assert not ProfileDraft.objects.exists()


def test_profile_choose_without_a_catalogue_still_counts(user: User, small_catalogue: DataVersion) -> None:
    first = profile_make(owner=user)
    match_start(profile=profile_of(), options=options_of(), owner=user, profile_row=first)
    profile_make(owner=user, graduation_year=2020)
    Publication.objects.all().delete()
    profile_choose(profile=first)
    assert profile_latest(user=user) == first


def test_account_delete_leaves_no_row_that_names_her(user: User, small_catalogue: DataVersion) -> None:
    visitor = uuid.uuid4()
    row = profile_make(owner=user)
    draft_make("1", owner=user)
    draft_make("2", visitor=visitor)
    match = match_start(profile=profile_of(), options=options_of(), owner=user, profile_row=row)
    report = FactReport.objects.create(
        program=Program.objects.all()[0], said="Closed", reporter=visitor, created_at=timezone.now()
    )
    assert match.owner_id == user.pk

    account_delete(user=user, visitor=visitor)

    report.refresh_from_db()
    assert report.reporter is None
    kept = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ("matching", "applicants", "account", "usersessions", "auth")
        and model._meta.label not in ("auth.Permission", "auth.Group")
        and model._default_manager.exists()
    }
    assert kept == set()


def test_account_delete_takes_lists_and_their_links(user: User) -> None:
    saved_list = list_make(match=match_make(owner=user))
    link_make(saved_list)
    account_delete(user=user, visitor=None)
    assert not SavedList.objects.exists()
    assert not ListLink.objects.exists()
    assert not MatchRun.objects.exists()
