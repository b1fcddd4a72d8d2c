import uuid

import pytest

from applicants.models import Profile, ProfileDraft
from applicants.selectors import draft_for_request, profile_latest
from matching.models import Match
from matching.services.claiming import Clash, draft_choose, work_claim
from tests.matching.factories import list_make, match_make
from tests.matching.people import account_make, draft_make, profile_make

pytestmark = pytest.mark.django_db


def test_work_claim_gives_everything_to_an_account_that_has_nothing() -> None:
    user, visitor = account_make(), uuid.uuid4()
    profile, draft = profile_make(visitor=visitor), draft_make("1", visitor=visitor)
    match = match_make(visitor=visitor, profile=profile)
    saved_list = list_make(match=match)

    assert not work_claim(visitor=visitor, user=user)

    for row in (profile, draft, match, saved_list):
        row.refresh_from_db()
        assert (row.owner, row.visitor) == (user, None)


def test_work_claim_keeps_two_profiles_and_the_accounts_counts() -> None:
    user, visitor = account_make(), uuid.uuid4()
    kept = profile_make(owner=user)
    brought = profile_make(visitor=visitor, graduation_year=2020)
    assert work_claim(visitor=visitor, user=user) == Clash(brought.pk, draft=False)
    assert profile_latest(user=user) == kept
    assert set(Profile.objects.filter(owner=user)) == {kept, brought}


def test_work_claim_makes_one_of_two_that_say_the_same() -> None:
    user, visitor = account_make(), uuid.uuid4()
    kept, brought = profile_make(owner=user), profile_make(visitor=visitor)
    match = match_make(visitor=visitor, profile=brought)
    assert not work_claim(visitor=visitor, user=user)
    match.refresh_from_db()
    assert match.profile == kept
    assert list(Profile.objects.all()) == [kept]


@pytest.mark.parametrize("kept", ["profile", "draft", "both"])
def test_work_claim_leaves_a_form_that_would_overwrite(kept: str) -> None:
    """A form sent is saved over the profile that counts: the browser's waits until its owner has chosen."""
    user, visitor = account_make(), uuid.uuid4()
    if kept != "draft":
        profile_make(owner=user)
    mine = draft_make("1", owner=user) if kept != "profile" else None
    draft_make("2", visitor=visitor)
    assert work_claim(visitor=visitor, user=user) == Clash(None, draft=True)
    assert draft_for_request(user=user, visitor=visitor) == mine
    assert ProfileDraft.objects.get(visitor=visitor).typed == {"a": ["2"]}


def test_work_claim_drops_a_form_typed_twice_alike() -> None:
    user, visitor = account_make(), uuid.uuid4()
    mine = draft_make("1", owner=user)
    draft_make("1", visitor=visitor)
    assert not work_claim(visitor=visitor, user=user)
    assert list(ProfileDraft.objects.all()) == [mine]


def test_work_claim_takes_nothing_of_other_visitors() -> None:
    user, other = account_make(), uuid.uuid4()
    profile_make(visitor=other)
    draft_make("1", visitor=other)
    match_make(visitor=other)
    work_claim(visitor=uuid.uuid4(), user=user)
    assert all(model.objects.get().visitor == other for model in (Profile, ProfileDraft, Match))


@pytest.mark.parametrize(("brought", "typed"), [(True, "2"), (False, "1")])
def test_draft_choose_keeps_one(brought: bool, typed: str) -> None:
    user, visitor = account_make(), uuid.uuid4()
    draft_make("1", owner=user)
    draft_make("2", visitor=visitor)
    draft_choose(visitor=visitor, user=user, brought=brought)
    row = ProfileDraft.objects.get()
    assert (row.owner, row.visitor, row.typed) == (user, None, {"a": [typed]})
