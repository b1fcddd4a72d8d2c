"""A run has one worker at a time, and only that one writes."""

import uuid
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import MatchRun
from matching.services.claim import (
    ClaimLost,
    RunClaim,
    run_claim,
    run_fail,
    run_finish,
    run_release,
    run_renew,
)
from tests.matching.factories import NOW, run_done_make, run_make, run_running_make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def claimed(run: MatchRun, *, now: datetime = NOW) -> RunClaim:
    claim = run_claim(run_id=run.pk, now=now)
    assert claim is not None
    return claim


def test_run_claim_takes_a_waiting_run(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.RUN_LEASE_SECONDS = 30
    run = run_make()

    with django_assert_num_queries(1):
        claim = claimed(run)

    run.refresh_from_db()
    assert run.state == "running"
    assert run.claim_token == claim.token
    assert run.claimed_until == NOW + timedelta(seconds=30)
    assert run.attempts == 1


def test_run_claim_is_exclusive_while_the_lease_lasts(settings: Settings) -> None:
    settings.RUN_LEASE_SECONDS = 30
    run = run_make()
    claimed(run)

    assert run_claim(run_id=run.pk, now=NOW) is None
    assert run_claim(run_id=run.pk, now=NOW + 30 * SECOND) is None
    assert run_claim(run_id=run.pk, now=NOW + 31 * SECOND) is not None


def test_run_claim_leaves_what_is_over_or_gone(settings: Settings) -> None:
    settings.RUN_ATTEMPTS = 3
    done = run_done_make()
    failed = run_make(state="failed", reason="r", finished_at=NOW)
    tried_out = run_make(attempts=3)

    for run_id in (done.pk, failed.pk, tried_out.pk, 0):
        assert run_claim(run_id=run_id, now=NOW) is None


def test_run_renew_begins_the_lease_anew(settings: Settings) -> None:
    settings.RUN_LEASE_SECONDS = 30
    run = run_make()
    claim = claimed(run)

    run_renew(claim=claim, now=NOW + 20 * SECOND, step=1)

    run.refresh_from_db()
    assert run.claimed_until == NOW + 50 * SECOND
    assert run_claim(run_id=run.pk, now=NOW + 40 * SECOND) is None


def test_run_finish_once_and_for_all() -> None:
    run = run_make()
    claim = claimed(run)

    run_finish(claim=claim, result=b"first", now=NOW + SECOND)
    with pytest.raises(ClaimLost):
        run_finish(claim=claim, result=b"second", now=NOW + 2 * SECOND)

    run.refresh_from_db()
    assert (run.state, bytes(run.result or b""), run.finished_at) == ("done", b"first", NOW + SECOND)
    assert run.claim_token is None
    assert run.claimed_until is None


def test_run_finish_after_the_lease_while_nobody_took_it() -> None:
    """Late but still the only one: its work is as good as ever."""
    run = run_make()
    claim = claimed(run, now=NOW - timedelta(hours=1))

    run_finish(claim=claim, result=b"late", now=NOW)

    run.refresh_from_db()
    assert bytes(run.result or b"") == b"late"


def test_run_stale_worker_writes_nothing() -> None:
    run = run_make()
    stale = claimed(run, now=NOW - timedelta(hours=1))
    fresh = claimed(run, now=NOW)

    with pytest.raises(ClaimLost):
        run_renew(claim=stale, now=NOW, step=1)
    with pytest.raises(ClaimLost):
        run_finish(claim=stale, result=b"stale", now=NOW)
    with pytest.raises(ClaimLost):
        run_fail(claim=stale, reason="stale", now=NOW)
    run_release(claim=stale)

    run.refresh_from_db()
    assert (run.state, run.claim_token, run.attempts) == ("running", fresh.token, 2)
    run_finish(claim=fresh, result=b"fresh", now=NOW)
    run.refresh_from_db()
    assert bytes(run.result or b"") == b"fresh"


def test_run_fail_says_why() -> None:
    run = run_make()

    run_fail(claim=claimed(run), reason="The model changed.", now=NOW + SECOND)

    run.refresh_from_db()
    assert (run.state, run.reason, run.finished_at) == ("failed", "The model changed.", NOW + SECOND)
    assert run_claim(run_id=run.pk, now=NOW + timedelta(days=1)) is None


def test_run_release_queues_it_with_its_attempt_counted() -> None:
    run = run_make()

    run_release(claim=claimed(run))

    run.refresh_from_db()
    assert (run.state, run.attempts, run.claim_token) == ("queued", 1, None)
    assert run_claim(run_id=run.pk, now=NOW) is not None


def test_run_claim_lost_when_the_run_is_gone() -> None:
    run = run_running_make(claimed_until=NOW + SECOND)
    claim = RunClaim(run_id=run.pk, token=run.claim_token or uuid.uuid4())
    run.delete()

    with pytest.raises(ClaimLost):
        run_finish(claim=claim, result=b"r", now=NOW)
