"""What visitors without an account made: when it goes, that all of it goes, and what keeps it."""

import logging
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from applicants.models import Profile, ProfileDraft
from applicants.visitors import SESSION_KEY
from matching import engine
from matching.models import (
    ListLink,
    Match,
    MatchRun,
    OutcomeReport,
    Plan,
    PlanStep,
    Receipt,
    SavedList,
    Scenario,
)
from matching.privacy.retention import retention_sweep
from matching.privacy.visitors import visitors_delete, visitors_expired
from matching.services import match_start, run_score
from programs.models import DataVersion, FactReport, Program
from tests.matching.factories import list_make, match_make, program_make, run_make, run_running_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.people import account_make, profile_make
from tests.matching.privacy.leaving import kept_of, visitor_made

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=61)
LATELY = NOW - timedelta(days=59)


@pytest.fixture(autouse=True)
def periods(settings: Settings) -> None:
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "visitor": 60}


@pytest.fixture
def program() -> Program:
    return program_make()


def session_of(visitor: uuid.UUID, *, ends: datetime) -> None:
    store = SessionStore()
    store[SESSION_KEY] = str(visitor)
    store.save()
    store.model.objects.filter(pk=store.session_key).update(expire_date=ends)


def test_all_that_an_expired_visitor_made_goes(program: Program) -> None:
    gone, stays = visitor_made(LONG_AGO, program), visitor_made(LATELY, program)
    before = kept_of(stays)
    assert len(before) == 15  # one of everything, or the rest says nothing
    assert retention_sweep(now=NOW)["visitors"] == 1
    assert kept_of(gone) == {}
    assert kept_of(stays) == before
    assert (MatchRun.objects.count(), Receipt.objects.count()) == (2, 1)
    assert FactReport.objects.filter(said="Closed").count() == 2


def test_second_sweep_finds_nothing(program: Program) -> None:
    visitor_made(LONG_AGO, program)
    retention_sweep(now=NOW)
    assert set(retention_sweep(now=NOW).values()) == {0}


def test_dry_run_counts_and_keeps(program: Program) -> None:
    visitor = visitor_made(LONG_AGO, program)
    before = kept_of(visitor)
    assert retention_sweep(now=NOW, dry_run=True)["visitors"] == 1
    assert kept_of(visitor) == before


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        (Profile.objects, {"updated_at": LATELY}),
        (ProfileDraft.objects, {"updated_at": LATELY}),
        (Match.objects, {"created_at": LATELY}),
        (SavedList.objects, {"updated_at": LATELY}),
        (ListLink.objects, {"created_at": LATELY}),
        (ListLink.objects, {"expires_at": NOW + timedelta(days=1)}),
        (OutcomeReport.objects, {"updated_at": LATELY}),
        (Plan.objects, {"updated_at": LATELY}),
        (PlanStep.objects, {"updated_at": LATELY}),
        (Scenario.objects, {"updated_at": LATELY}),
        (Scenario.objects, {"token": "x" * 32, "shared_until": NOW + timedelta(days=1)}),
        (FactReport.objects, {"created_at": LATELY}),
    ],
    ids=lambda value: value.model.__name__ if hasattr(value, "model") else "".join(value),
)
def test_anything_done_lately_keeps_all_of_it(rows: Any, changed: dict[str, Any], program: Program) -> None:
    visitor = visitor_made(LONG_AGO, program)
    rows.update(**changed)
    before = kept_of(visitor)
    assert retention_sweep(now=NOW)["visitors"] == 0
    assert kept_of(visitor) == before


def test_revoked_link_with_a_later_end_keeps_nothing(program: Program) -> None:
    visitor = visitor_made(LONG_AGO, program)
    ListLink.objects.update(expires_at=NOW + timedelta(days=1), revoked_at=LONG_AGO)
    retention_sweep(now=NOW)
    assert kept_of(visitor) == {}


def test_visitor_whose_session_lives_loses_nothing_by_only_reading(program: Program) -> None:
    reader, ended = visitor_made(LONG_AGO, program), visitor_made(LONG_AGO, program)
    session_of(reader, ends=NOW + timedelta(seconds=1))
    session_of(ended, ends=NOW - timedelta(seconds=1))
    before = kept_of(reader)
    assert retention_sweep(now=NOW)["visitors"] == 1
    assert kept_of(reader) == before
    assert kept_of(ended) == {}


def test_run_that_another_answer_stands_on_stays(program: Program) -> None:
    visitor = visitor_made(LONG_AGO, program)
    shared = Match.objects.filter(visitor=visitor)[0].run
    match_make(run=shared, owner=account_make(), created_at=LONG_AGO)
    retention_sweep(now=NOW)
    assert kept_of(visitor) == {}
    assert list(MatchRun.objects.all()) == [shared]


def test_run_in_a_workers_hands_goes_and_the_worker_writes_nothing() -> None:
    """The claim finds no row: what a scorer does then is tested with the claims."""
    run = run_running_make(claimed_until=NOW + timedelta(seconds=30))
    match_make(run=run, created_at=LONG_AGO)
    retention_sweep(now=NOW)
    assert not MatchRun.objects.filter(pk=run.pk, claim_token=run.claim_token).update(step=1)


def test_answer_of_an_account_on_a_visitors_profile_stays_without_it() -> None:
    profile = profile_make(visitor=uuid.uuid4())
    Profile.objects.update(updated_at=LONG_AGO)
    match = match_make(owner=account_make(), profile=profile, created_at=LONG_AGO)
    retention_sweep(now=NOW)
    match.refresh_from_db()
    assert match.profile is None
    assert not Profile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_batch_with_what_is_anothers_is_left_and_said(caplog: pytest.LogCaptureFixture) -> None:
    """A list of an account on a visitor's answer cannot be by our services; should it, nothing of it goes."""
    visitor = uuid.uuid4()
    match = match_make(visitor=visitor, created_at=LONG_AGO)
    list_make(match=match, owner=account_make(), visitor=None, created_at=LONG_AGO, updated_at=LONG_AGO)
    with caplog.at_level(logging.ERROR, logger="matching.privacy"):
        assert visitors_delete([visitor]) == 0
    assert Match.objects.filter(pk=match.pk).exists()
    assert str(visitor) not in caplog.text
    assert "could not be deleted" in caplog.text


def test_batches_go_through_everybody_once() -> None:
    visitors = {uuid.uuid4() for _ in range(7)}
    for visitor in visitors:
        match_make(visitor=visitor, created_at=LONG_AGO)
    batches = list(visitors_expired(now=NOW, keep=timedelta(days=60), living=frozenset(), size=3))
    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert {visitor for batch in batches for visitor in batch} == visitors


def test_queries_of_a_batch_do_not_grow_with_its_rows(program: Program) -> None:
    def queries(visitors: list[uuid.UUID]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert visitors_delete(visitors) == len(visitors)
        return len(captured)

    one = queries([visitor_made(LONG_AGO, program)])
    assert queries([visitor_made(LONG_AGO, program) for _ in range(9)]) == one


def test_log_says_how_much_and_never_whose(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    visitor = visitor_made(LONG_AGO, program)
    with caplog.at_level(logging.DEBUG):
        retention_sweep(now=NOW)
    assert "retention: 1 visitors" in caplog.text
    assert str(visitor) not in caplog.text


def test_run_without_a_match_goes_after_a_day() -> None:
    run_make(created_at=NOW - timedelta(days=2))
    new = run_make(created_at=NOW - timedelta(hours=2))
    used = match_make(run=run_make(created_at=LONG_AGO), owner=account_make()).run
    assert retention_sweep(now=NOW)["runs"] == 1
    assert set(MatchRun.objects.all()) == {new, used}


def test_scorer_whose_answer_is_deleted_meanwhile_writes_nothing(
    small_catalogue: DataVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job comes while a worker has the run in its hands: the worker drops its result and goes on."""
    visitor = uuid.uuid4()
    match = match_start(profile=profile_of(), options=options_of(), visitor=visitor)
    Match.objects.update(created_at=LONG_AGO)
    compute = engine.answer_compute

    def meanwhile(**values: Any) -> Any:
        assert retention_sweep(now=NOW)["visitors"] == 1
        return compute(**values)

    monkeypatch.setattr(engine, "answer_compute", meanwhile)
    assert run_score(match.run_id) is False
    assert not MatchRun.objects.exists()
