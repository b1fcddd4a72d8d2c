"""What is left lying is taken up again, and not for ever."""

import uuid
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import MatchRun
from matching.services import ring, run_ring, runs_unheard_take
from tests.matching.factories import NOW, run_done_make, run_make, run_running_make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
LONG_AGO = NOW - timedelta(minutes=5)


def test_runs_unheard_take_lost_ring_and_dead_worker() -> None:
    lost = run_make(rung_at=LONG_AGO)
    died = run_running_make(claimed_until=NOW - SECOND, rung_at=NOW - 40 * SECOND)
    just_rung = run_make(rung_at=NOW - SECOND)
    at_work = run_running_make(claimed_until=NOW + SECOND, rung_at=LONG_AGO)
    done = run_done_make(rung_at=LONG_AGO)

    taken = runs_unheard_take(NOW)

    assert taken == [lost.pk, died.pk]
    rung = set(MatchRun.objects.filter(rung_at=NOW).values_list("id", flat=True))
    assert rung == {lost.pk, died.pk}
    assert not rung & {just_rung.pk, at_work.pk, done.pk}


def test_runs_unheard_take_once_a_grace(settings: Settings) -> None:
    settings.RUN_GRACE_SECONDS = 20
    run = run_make(rung_at=LONG_AGO)

    assert runs_unheard_take(NOW) == [run.pk]
    assert runs_unheard_take(NOW + 20 * SECOND) == []
    assert runs_unheard_take(NOW + 21 * SECOND) == [run.pk]


def test_runs_unheard_take_oldest_first_and_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "RING_MOST", 2)
    newest, oldest, middle = (run_make(rung_at=LONG_AGO + n * SECOND) for n in (2, 0, 1))

    assert runs_unheard_take(NOW) == [oldest.pk, middle.pk]
    assert runs_unheard_take(NOW) == [newest.pk]


def test_runs_unheard_take_gives_up_with_a_reason(settings: Settings) -> None:
    settings.RUN_ATTEMPTS = 3
    queued = run_make(attempts=3, rung_at=LONG_AGO)
    died = run_running_make(claimed_until=NOW - SECOND, attempts=3)
    last_try = run_running_make(claimed_until=NOW + SECOND, attempts=3)

    assert runs_unheard_take(NOW) == []

    for run in (queued, died):
        run.refresh_from_db()
        assert (run.state, run.finished_at, run.claim_token) == ("failed", NOW, None)
        assert run.reason.startswith("Scoring was begun 3 times")
    last_try.refresh_from_db()
    assert last_try.state == "running"


def test_runs_unheard_take_queries_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(30):
        run_make(rung_at=LONG_AGO)

    with django_assert_num_queries(5):  # savepoint, give up, select, update, release
        assert len(runs_unheard_take(NOW)) == 30


def test_run_ring_with_nothing_to_do_writes_nothing() -> None:
    run_done_make(rung_at=LONG_AGO, claim_token=None)
    run_running_make(claimed_until=NOW + SECOND, claim_token=uuid.uuid4())

    assert run_ring(NOW) == []
    assert not MatchRun.objects.filter(rung_at=NOW).exclude(state="running").exists()
