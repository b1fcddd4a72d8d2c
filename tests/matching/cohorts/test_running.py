"""Opening a cohort and working it through, by one worker at a time; several are met in the machine."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries, Settings

from matching.cohorts import scoring
from matching.cohorts.claim import chunk_claim
from matching.cohorts.faults import ModelChanged
from matching.cohorts.running import cohort_cancel, cohort_open, cohorts_open_of, cohorts_ring, cohorts_turn
from matching.models import Cohort, CohortChunk, WebhookDelivery
from tests.matching.cohorts.worked import (
    clock,
    cohort_staged,
    cohort_waiting,
    lines_score,
    results_of,
    webhook_make,
)
from tests.matching.factories import NOW, key_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lines_alone")]

HOUR = timedelta(hours=1)


def work_all(now: Any = NOW) -> None:
    assert not cohorts_turn(now_of=clock(now), seconds=1e6)


def test_cohort_open_queues_and_turn_ends_it() -> None:
    cohort = cohort_staged([["a", "bad-b"], ["c"]])
    assert not cohorts_turn(now_of=clock(), seconds=1)  # nobody is told of what is still coming in
    cohort.refresh_from_db()
    assert cohort.state == "receiving"

    cohort_open(cohort=cohort, now=NOW)
    assert cohort.state == "queued"
    work_all()

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.rejected) == ("done", 2, 1)
    assert cohort.weight_done == cohort.weight
    assert results_of(cohort) == ["a", "c"]
    assert not CohortChunk.objects.filter(input__isnull=False).exists()


def test_cohort_open_without_applicants_is_done() -> None:
    cohort = cohort_staged([])
    cohort_open(cohort=cohort, now=NOW)
    assert (cohort.state, cohort.finished_at) == ("done", NOW)
    assert cohort.erase_at == NOW + timedelta(days=14)


def test_cohort_open_again_changes_nothing() -> None:
    cohort = cohort_waiting(1)
    work_all()
    cohort_open(cohort=cohort, now=NOW + HOUR)
    assert (cohort.state, cohort.rung_at) == ("done", NOW)


def test_cohort_end_is_told_once() -> None:
    key, _ = key_make(scopes=["cohorts"])
    webhook_make(key)
    cohort = cohort_waiting(2, key=key)

    work_all()
    cohort_cancel(cohort=cohort, now=NOW + HOUR)

    told = WebhookDelivery.objects.get()
    assert (told.event, b'"state":"done"' in bytes(told.body)) == ("cohort.finished", True)


def test_turn_stops_when_its_time_is_over() -> None:
    cohort = cohort_waiting(5)

    assert cohorts_turn(now_of=clock(step=0.1), seconds=0.1)

    assert 0 < CohortChunk.objects.filter(cohort=cohort, state="done").count() < 5
    cohort.refresh_from_db()
    assert cohort.state == "running"


def test_turn_takes_partners_in_turn() -> None:
    """The first came long before with much, the second with little, the third with two cohorts."""
    first, second, third = (key_make(name=f"partner {at}")[0] for at in range(3))
    big = cohort_waiting(6, key=first, name="big")
    small = cohort_waiting(2, key=second, name="small", at=NOW + HOUR)
    older = cohort_waiting(1, key=third, name="older", at=NOW + 2 * HOUR)
    newer = cohort_waiting(1, key=third, name="newer", at=NOW + 3 * HOUR)
    names = {big.pk: "big", small.pk: "small", older.pk: "older", newer.pk: "newer"}

    taken = []
    while claim := chunk_claim(now=NOW + 4 * HOUR):  # the clock stands still: turns do not hang on it
        taken.append((names[claim.cohort.pk], claim.chunk.number))

    assert taken == [
        ("big", 0), ("small", 0), ("older", 0),
        ("big", 1), ("small", 1), ("newer", 0),
        ("big", 2), ("big", 3), ("big", 4), ("big", 5),
    ]  # fmt: skip


def test_turn_counts_what_a_partner_had_by_an_earlier_cohort() -> None:
    """Sending one small cohort after another does not put anybody in front again and again."""
    pushing, patient = key_make()[0], key_make()[0]
    cohort_waiting(1, key=pushing)
    work_all()
    waits = cohort_waiting(3, key=patient, at=NOW + HOUR)
    assert (claim := chunk_claim(now=NOW + HOUR))
    assert claim.cohort == waits

    cohort_waiting(1, key=pushing, name="again", at=NOW + 2 * HOUR)

    assert [chunk_claim(now=NOW + 2 * HOUR).cohort == waits for _ in range(3)] == [False, True, True]  # type: ignore[union-attr]


def test_turn_asks_few_queries_a_chunk(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Eight, however many chunks and cohorts there are; the rest are marks around the two transactions."""
    cohort_waiting(3, lines=5)
    with django_assert_num_queries(12):
        assert cohorts_turn(now_of=clock(), seconds=0)  # one chunk, and whether there are more
    cohort_waiting(30, lines=20, at=NOW + HOUR)
    cohort_waiting(30, lines=20, at=NOW + HOUR)
    with django_assert_num_queries(12):
        assert cohorts_turn(now_of=clock(), seconds=0)


def test_chunk_begun_too_often_is_given_up(settings: Settings) -> None:
    cohort = cohort_waiting(2)
    for begun in range(settings.RUN_ATTEMPTS):
        assert (claim := chunk_claim(now=NOW + begun * HOUR))
        assert (claim.chunk.number, claim.hopeless) == (0, False)  # its worker dies, its lease runs out

    work_all(NOW + 10 * HOUR)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.rejected) == ("done", 2, 2)
    assert results_of(cohort) == ["line-1-0", "line-1-1"]
    assert b"given up line-0-0" in bytes(cohort.chunks.get(number=0).errors or b"")


def test_chunk_that_meets_a_bug_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*, chunk_input: bytes, cohort: Cohort) -> scoring.ChunkDone:
        if b"line-0" in chunk_input:
            raise ZeroDivisionError
        return lines_score(chunk_input=chunk_input, cohort=cohort)

    monkeypatch.setattr(scoring, "chunk_score", breaks)
    cohort = cohort_waiting(2)
    work_all()

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.rejected) == ("done", 2, 2)
    assert set(cohort.chunks.values_list("attempts", flat=True)) == {1}
    assert "given up" in caplog.text


def test_chunk_that_meets_a_passing_error_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*, chunk_input: bytes, cohort: Cohort) -> scoring.ChunkDone:
        raise OperationalError("the database is away")

    cohort = cohort_waiting(1)
    with monkeypatch.context() as patch:
        patch.setattr(scoring, "chunk_score", away)
        with pytest.raises(OperationalError):
            cohorts_turn(now_of=clock(), seconds=1)
    assert cohort.chunks.get().state == "queued"

    work_all()  # without waiting for any lease
    assert results_of(cohort) == ["line-0-0", "line-0-1"]


def test_model_changed_fails_the_cohort_and_keeps_what_was_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(*, chunk_input: bytes, cohort: Cohort) -> scoring.ChunkDone:
        raise ModelChanged

    key, _ = key_make(scopes=["cohorts"])
    webhook_make(key)
    cohort = cohort_waiting(3, key=key)
    assert cohorts_turn(now_of=clock(), seconds=0)
    monkeypatch.setattr(scoring, "chunk_score", changed)
    other = cohort_waiting(1, at=NOW + HOUR)
    work_all(NOW + HOUR)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.finished_at is not None) == ("failed", 2, True)
    assert cohort.reason == "The scoring model changed while this cohort waited. Please send it again."
    assert results_of(cohort) == ["line-0-0", "line-0-1"]
    assert cohort.chunks.count() == 1  # what waited is not kept for nothing
    other.refresh_from_db()
    assert other.state == "failed"
    assert b'"state":"failed"' in bytes(WebhookDelivery.objects.get().body)


def test_cancel_amid_the_work_leaves_nothing_to_write(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def cancelled_meanwhile(*, chunk_input: bytes, cohort: Cohort) -> scoring.ChunkDone:
        cohort_cancel(cohort=cohort, now=NOW + HOUR)
        return lines_score(chunk_input=chunk_input, cohort=cohort)

    cohort = cohort_waiting(3)
    assert cohorts_turn(now_of=clock(), seconds=0)
    monkeypatch.setattr(scoring, "chunk_score", cancelled_meanwhile)
    work_all()

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.chunks.count()) == ("cancelled", 2, 0)
    assert (cohort.finished_at, cohort.erase_at) == (NOW + HOUR, NOW + HOUR + timedelta(days=14))
    assert "lost, result dropped" in caplog.text


def test_cancel_what_is_over_erases_it_and_keeps_its_end() -> None:
    cohort = cohort_waiting(1)
    work_all()
    ended = Cohort.objects.get(pk=cohort.pk).finished_at

    for _ in range(2):
        cohort_cancel(cohort=cohort, now=NOW + HOUR)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.finished_at, cohort.chunks.count()) == ("cancelled", ended, 0)


def test_ring_wakes_what_nobody_worked_on_for_the_grace(settings: Settings) -> None:
    grace = timedelta(seconds=settings.RUN_GRACE_SECONDS)
    waits, worked = cohort_waiting(1), cohort_waiting(2, at=NOW + HOUR)
    tick = timedelta(seconds=1)

    assert cohorts_ring(NOW + grace) == 0  # the message may still be on its way
    assert cohorts_ring(NOW + grace + tick) == 1
    waits.refresh_from_db()
    assert waits.rung_at == NOW + grace + tick
    assert cohorts_ring(NOW + grace + 2 * tick) == 0

    later = NOW + 2 * HOUR
    assert cohorts_turn(now_of=clock(later), seconds=0)
    assert cohorts_turn(now_of=clock(later), seconds=0)
    worked.refresh_from_db()
    assert worked.state == "running"
    assert cohorts_ring(later + tick) == 0  # somebody is at it
    assert cohorts_ring(later + HOUR) == 1


def test_ring_finds_a_chunk_whose_lease_is_over(settings: Settings) -> None:
    cohort_waiting(1)
    assert chunk_claim(now=NOW)
    lease = timedelta(seconds=settings.RUN_LEASE_SECONDS)

    assert cohorts_ring(NOW + lease) == 0
    assert chunk_claim(now=NOW + lease) is None
    assert cohorts_ring(NOW + lease + timedelta(seconds=1)) == 1
    assert chunk_claim(now=NOW + lease + timedelta(seconds=1))


def test_open_of_counts_what_waits_or_runs() -> None:
    key, _ = key_make()
    cohort_waiting(1)
    cohort_staged([["a"]], key=key)
    assert cohorts_open_of(key) == 0
    first, second = (cohort_waiting(2, key=key, at=NOW + HOUR) for _ in range(2))
    assert cohorts_turn(now_of=clock(), seconds=0)
    assert cohorts_turn(now_of=clock(), seconds=0)
    assert cohorts_open_of(key) == 2
    cohort_cancel(cohort=first, now=NOW)
    assert cohorts_open_of(key) == 1
    work_all()
    second.refresh_from_db()
    assert (second.state, cohorts_open_of(key)) == ("done", 0)
