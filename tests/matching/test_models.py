"""The invariants of runs, matches and lists are the database's own: no service is asked here."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from matching.models import ApiKey, ListEntry, Match, MatchRun, SavedList
from tests.matching.factories import (
    NOW,
    key_make,
    link_make,
    list_make,
    match_make,
    program_make,
    run_done_make,
    run_make,
    run_running_make,
)

pytestmark = pytest.mark.django_db


def refused(constraint: str, write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("run_state_known", {"state": "sleeping"}),
        ("run_result_when_done", {"state": "done", "finished_at": NOW}),
        ("run_result_when_done", {"result": b"early"}),
        ("run_result_when_done", {"state": "failed", "reason": "r", "finished_at": NOW, "result": b"half"}),
        ("run_claim_when_running", {"state": "running"}),
        ("run_claim_when_running", {"state": "running", "claim_token": uuid.uuid4()}),
        ("run_claim_when_running", {"state": "running", "claimed_until": NOW}),
        ("run_claim_when_running", {"claim_token": uuid.uuid4(), "claimed_until": NOW}),
        ("run_reason_when_failed", {"state": "failed", "finished_at": NOW}),
        ("run_reason_when_failed", {"reason": "but still waiting"}),
        ("run_finished_when_over", {"state": "failed", "reason": "r"}),
        ("run_finished_when_over", {"finished_at": NOW}),
        ("attempts", {"attempts": -1}),
    ],
)
def test_run_refuses_state_that_contradicts_itself(constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, lambda: run_make(**values))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"state": "running", "claim_token": uuid.uuid4(), "claimed_until": NOW},
        {"state": "done", "result": b"r", "finished_at": NOW},
        {"state": "failed", "reason": "r", "finished_at": NOW},
    ],
)
def test_run_takes_every_whole_state(values: dict[str, Any]) -> None:
    assert run_make(**values).state == values.get("state", "queued")


def test_run_digest_once() -> None:
    first = run_make()
    refused("digest", lambda: run_make(digest=first.digest))


def test_run_claimable_queued_or_lease_over() -> None:
    queued = run_make()
    over = run_running_make(claimed_until=NOW - timedelta(seconds=1))
    held = run_running_make(claimed_until=NOW)
    done = run_done_make()
    failed = run_make(state="failed", reason="r", finished_at=NOW)

    claimable = set(MatchRun.objects.claimable(now=NOW))

    assert claimable == {queued, over}
    assert not claimable & {held, done, failed}


def test_run_unheard_after_grace_or_death() -> None:
    grace = timedelta(seconds=20)
    lost = run_make(rung_at=NOW - timedelta(seconds=21))
    just_rung = run_make(rung_at=NOW - timedelta(seconds=19))
    died = run_running_make(claimed_until=NOW - timedelta(seconds=1), rung_at=NOW - timedelta(seconds=5))
    died_rung_again = run_running_make(claimed_until=NOW - timedelta(seconds=5), rung_at=NOW)

    unheard = set(MatchRun.objects.unheard(now=NOW, grace=grace))

    assert unheard == {lost, died}
    assert not unheard & {just_rung, died_rung_again}


def test_match_has_one_owner() -> None:
    refused("match_one_owner", lambda: match_make(visitor=None))
    refused(
        "match_one_owner", lambda: match_make(visitor=uuid.uuid4(), owner=User.objects.create_user("ana"))
    )


def test_match_owned_by_account_session_or_key() -> None:
    key, _ = key_make()
    run = run_done_make()
    match_make(run=run, owner=User.objects.create_user("ana"))
    match_make(run=run, visitor=uuid.uuid4())
    match_make(run=run, api_key=key)

    assert run.matches.count() == 3


def test_list_has_one_owner_and_a_name() -> None:
    refused("list_one_owner", lambda: list_make(owner=None, visitor=None))
    refused("list_one_owner", lambda: list_make(owner=User.objects.create_user("ana"), visitor=uuid.uuid4()))
    refused("list_has_name", lambda: list_make(name=""))


def test_link_token_is_its_own() -> None:
    saved_list = list_make()
    first, second = link_make(saved_list), link_make(saved_list)

    assert len(first.token) >= 32
    assert first.token != second.token
    refused("token", lambda: link_make(saved_list, token=first.token))


def test_list_keeps_its_match() -> None:
    saved_list = list_make()

    with pytest.raises(RestrictedError):
        saved_list.match.delete()

    assert Match.objects.filter(pk=saved_list.match_id).exists()


def test_account_goes_with_all_it_owns() -> None:
    user = User.objects.create_user("ana")
    saved_list = list_make(match=match_make(owner=user))
    ListEntry.objects.create(saved_list=saved_list, program=program_make(), position=1, tier="reach")

    user.delete()

    assert not SavedList.objects.exists()
    assert not Match.objects.exists()
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("entry_position_from_one", {"position": 0}),
        ("entry_tier_known", {"tier": "dream"}),
        ("entry_range_whole", {"probability": 0.2}),
        ("entry_range_whole", {"probability": 0.2, "low": 0.1}),
        ("entry_range_whole", {"probability": 1.2, "low": 0.1, "high": 0.3}),
        ("entry_range_whole", {"probability": 0.2, "low": -0.1, "high": 0.3}),
        ("entry_range_whole", {"probability": 0.2, "low": 0.3, "high": 0.1}),
    ],
)
def test_entry_refuses(constraint: str, values: dict[str, Any]) -> None:
    saved_list, program = list_make(), program_make()
    refused(
        constraint,
        lambda: ListEntry.objects.create(
            **{"saved_list": saved_list, "program": program, "position": 1, "tier": "reach", **values}
        ),
    )


def test_entry_program_and_position_once_a_list() -> None:
    first, second = list_make(), list_make()
    harbor, bay = program_make("sp00001"), program_make("sp00002")
    ListEntry.objects.create(saved_list=first, program=harbor, position=1)
    ListEntry.objects.create(saved_list=second, program=harbor, position=1)

    refused(
        "program_id|entry_program_once",
        lambda: ListEntry.objects.create(saved_list=first, program=harbor, position=2),
    )
    refused(
        "position|entry_position_once",
        lambda: ListEntry.objects.create(saved_list=first, program=bay, position=1),
    )


def test_api_key_secret_is_not_kept() -> None:
    key, secret = key_make(scopes=["match"])

    assert ApiKey.objects.get_from_key(secret) == key
    assert secret.partition(".")[2] not in key.hashed_key
    assert key.scopes == ["match"]
    assert key.networks == []


def test_api_key_clean_names_the_unknown_scope() -> None:
    key, _ = key_make(scopes=["match", "everything"])

    with pytest.raises(ValidationError, match="No such scope: everything"):
        key.clean()
