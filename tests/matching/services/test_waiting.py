from datetime import timedelta

import pytest
from django.utils import timezone

from applicants.models import Profile
from matching.models import Match, MatchRun
from matching.services import MatchHasLists
from matching.services.claim import ClaimLost, run_claim, run_finish, run_renew
from matching.services.waiting import MatchOver, match_cancel
from tests.matching.factories import NOW, list_make, match_make, run_done_make, run_make, run_running_make

pytestmark = pytest.mark.django_db


def test_match_cancel_takes_the_run_with_it_and_leaves_the_profile() -> None:
    profile = Profile.objects.create(visitor="7d0f2a1e-6a3c-4b53-9a2f-0c5a4ad7b0cf", season=2027, document={})
    match_cancel(match=match_make(run=run_make(), profile=profile))
    assert not Match.objects.exists()
    assert not MatchRun.objects.exists()
    assert Profile.objects.filter(pk=profile.pk).exists()


def test_match_cancel_leaves_a_run_that_others_wait_for() -> None:
    run = run_make()
    mine, theirs = match_make(run=run), match_make(run=run)
    match_cancel(match=mine)
    assert list(run.matches.all()) == [theirs]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_match_cancel_of_what_is_over_deletes_nothing(state: str) -> None:
    run = run_done_make() if state == "done" else run_make(state="failed", reason="x", finished_at=NOW)
    match = match_make(run=run)
    with pytest.raises(MatchOver):
        match_cancel(match=match)
    assert Match.objects.filter(pk=match.pk).exists()


def test_match_cancel_of_one_that_lists_stand_on_deletes_nothing() -> None:
    match = match_make(run=run_make())
    list_make(match=match)
    with pytest.raises(MatchHasLists):
        match_cancel(match=match)
    assert Match.objects.filter(pk=match.pk).exists()


def test_match_cancel_amid_the_work_the_worker_writes_nothing() -> None:
    run = run_make()
    match = match_make(run=run)
    claim = run_claim(run_id=run.pk, now=timezone.now())
    assert claim is not None
    match_cancel(match=match)
    with pytest.raises(ClaimLost):
        run_renew(claim=claim, now=timezone.now(), step=1)
    with pytest.raises(ClaimLost):
        run_finish(claim=claim, result=b"late", now=timezone.now())
    assert not MatchRun.objects.exists()


def test_match_cancel_of_a_run_in_a_workers_hands() -> None:
    run = run_running_make(claimed_until=timezone.now() + timedelta(seconds=20))
    match_cancel(match=match_make(run=run))
    assert not MatchRun.objects.exists()
