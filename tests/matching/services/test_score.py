"""A run is scored by the real core, finished once, and its failures are told apart."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import MatchRun
from matching.services import TRANSIENT_ERRORS, match_start, run_score
from matching.services import score as score_module
from matching.services.claim import RunClaim, run_claim
from matching.services.score import REASON_FAULT, REASON_MODEL
from programs.models import DataVersion
from tests.matching.factories import key_make, run_done_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(small_catalogue: DataVersion) -> MatchRun:
    """A started run; inside a test's transaction nothing commits, so nobody was told of it."""
    key, _ = key_make()
    return match_start(profile=profile_of(), options=options_of(), api_key=key).run


def test_run_score_finishes_the_run(queued: MatchRun) -> None:
    assert run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.reason) == ("done", 1, "")
    assert queued.result
    assert queued.finished_at is not None


def test_run_score_a_second_delivery_finds_nothing(
    queued: MatchRun, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run_score(queued.pk)
    queued.refresh_from_db()
    finished_at, result = queued.finished_at, bytes(queued.result or b"")

    with django_assert_num_queries(1):
        assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.finished_at, bytes(queued.result or b""), queued.attempts) == (finished_at, result, 1)


def test_run_score_same_input_same_bytes(queued: MatchRun) -> None:
    run_score(queued.pk)
    first = bytes(MatchRun.objects.get(pk=queued.pk).result or b"")
    MatchRun.objects.filter(pk=queued.pk).update(state="queued", result=None, finished_at=None)

    run_score(queued.pk)

    assert bytes(MatchRun.objects.get(pk=queued.pk).result or b"") == first


def test_run_score_in_constant_queries(
    queued: MatchRun, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key, _ = key_make()
    run_score(queued.pk)  # this process knows the catalogue from now on
    for options in (options_of(), options_of(top=1, explain=0), options_of(max_applications=1)):
        run = match_start(profile=profile_of(graduation_year=2019), options=options, api_key=key).run
        with django_assert_num_queries(7):  # claim, read, renew, savepoint, finish, who is told, release
            assert run_score(run.pk)


def test_run_score_unknown_run() -> None:
    assert not run_score(0)


def test_run_score_leaves_a_done_run_alone() -> None:
    run = run_done_make()

    assert not run_score(run.pk)

    run.refresh_from_db()
    assert bytes(run.result or b"") == b"result"


def test_run_score_of_a_model_that_is_gone_fails_with_that_reason(queued: MatchRun) -> None:
    MatchRun.objects.filter(pk=queued.pk).update(model_version="0.0-long-ago")

    assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.reason) == ("failed", REASON_MODEL)


def test_run_score_marks_any_other_error_and_logs_it(
    queued: MatchRun, caplog: pytest.LogCaptureFixture
) -> None:
    MatchRun.objects.filter(pk=queued.pk).update(data_version="never-published")

    with caplog.at_level(logging.ERROR, logger="matching"):
        assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.reason, queued.result) == ("failed", REASON_FAULT, None)
    assert "never-published" not in queued.reason
    assert f"run {queued.pk}: failed" in caplog.text
    assert "DoesNotExist" in caplog.text  # the log knows what the reason does not say


def test_run_score_of_a_profile_no_longer_valid_fails(queued: MatchRun) -> None:
    MatchRun.objects.filter(pk=queued.pk).update(profile={"applicant_type": "martian"})

    assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.reason) == ("failed", REASON_FAULT)


@pytest.mark.parametrize("error", [OperationalError("gone away"), InterfaceError("closed")])
def test_run_score_puts_the_run_back_on_a_transient_error(
    queued: MatchRun, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def away(**_: Any) -> None:
        raise error

    monkeypatch.setattr(score_module, "run_renew", away)
    with pytest.raises(TRANSIENT_ERRORS):
        run_score(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.claim_token) == ("queued", 1, None)

    monkeypatch.undo()
    assert run_score(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == ("done", 2)


def test_run_score_leaves_the_run_to_its_lease_when_it_cannot_be_put_back(
    queued: MatchRun, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError("gone away")

    monkeypatch.setattr(score_module, "run_renew", away)
    monkeypatch.setattr(score_module, "run_release", away)
    with pytest.raises(OperationalError):
        run_score(queued.pk)

    queued.refresh_from_db()
    assert queued.state == "running"
    assert "left to its lease" in caplog.text


def test_run_score_drops_its_result_when_the_lease_was_lost(
    queued: MatchRun, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Another takes the run in the middle of the work: the slow one writes nothing."""
    taken: list[RunClaim | None] = []

    def overtaken(*, claim: RunClaim, **_: Any) -> None:
        later = timezone.now() + timedelta(seconds=settings.RUN_LEASE_SECONDS + 1)
        taken.append(run_claim(run_id=claim.run_id, now=later))

    monkeypatch.setattr(score_module, "run_renew", overtaken)

    assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert taken[0] is not None
    assert (queued.state, queued.claim_token, queued.result) == ("running", taken[0].token, None)


def test_run_score_drops_its_failure_when_the_lease_was_lost(
    queued: MatchRun, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def overtaken_then_broken(*, claim: RunClaim, **_: Any) -> None:
        later = timezone.now() + timedelta(seconds=settings.RUN_LEASE_SECONDS + 1)
        assert run_claim(run_id=claim.run_id, now=later)
        raise ZeroDivisionError

    monkeypatch.setattr(score_module, "run_renew", overtaken_then_broken)

    assert not run_score(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.reason) == ("running", "")
