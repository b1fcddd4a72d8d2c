"""Many at once on PostgreSQL: one run, no lost match, no orphan."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from matching.models import Match, MatchRun
from matching.services import match_delete, match_start, run_score, runs_unheard_take
from matching.services.claim import run_claim
from tests.faults.crowd import CROWD, at_once
from tests.matching.factories import NOW, key_make, run_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.postgres


def test_match_start_same_input_at_once_is_one_run(deployed: str, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()

    matches = at_once(lambda _: match_start(profile=profile_of(), options=options_of(), api_key=key))

    assert len({match.pk for match in matches}) == CROWD
    run = MatchRun.objects.get()
    assert {match.run_id for match in matches} == {run.pk}
    assert (run.state, run.attempts) == ("done", 1)


def test_match_start_other_input_at_once_is_other_runs(deployed: str, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()

    at_once(
        lambda number: match_start(
            profile=profile_of(graduation_year=2010 + number), options=options_of(), api_key=key
        )
    )

    assert MatchRun.objects.filter(state="done", attempts=1).count() == CROWD


@pytest.mark.parametrize("turn", range(4))
def test_match_start_while_the_last_match_goes(deployed: str, settings: Settings, turn: int) -> None:
    """Whoever comes first: nobody is left with a match without a run, and no run without a match."""
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()
    old = [match_start(profile=profile_of(), options=options_of(), api_key=key) for _ in range(CROWD // 2)]

    def join_or_leave(number: int) -> None:
        if number % 2:
            match_start(profile=profile_of(), options=options_of(), api_key=key)
        else:
            match_delete(match=Match.objects.get(pk=old[number // 2].pk))

    at_once(join_or_leave)

    assert Match.objects.count() == CROWD // 2
    run = MatchRun.objects.get()
    assert run.matches.count() == CROWD // 2
    assert run.state == "done"


def test_run_claim_at_once_has_one_winner(deployed: str) -> None:
    run = run_make()

    claims = at_once(lambda _: run_claim(run_id=run.pk, now=NOW))

    assert sum(claim is not None for claim in claims) == 1
    run.refresh_from_db()
    assert run.attempts == 1
    run.delete()


def test_run_score_at_once_finishes_it_once(deployed: str, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()
    run = match_start(profile=profile_of(), options=options_of(), api_key=key).run
    MatchRun.objects.filter(pk=run.pk).update(
        state="queued", result=None, finished_at=None, attempts=0
    )  # as if it had just been started

    finished = at_once(lambda _: run_score(run.pk))

    assert finished.count(True) == 1
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 1)


def test_runs_unheard_take_at_once_shares_the_runs(deployed: str) -> None:
    runs = [run_make(rung_at=NOW - timedelta(hours=1)) for _ in range(40)]

    taken = at_once(lambda _: runs_unheard_take(timezone.now()))

    assert sorted(run_id for part in taken for run_id in part) == [run.pk for run in runs]
    MatchRun.objects.all().delete()
