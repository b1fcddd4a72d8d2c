"""Several workers at the same moment, a thread and a connection each; on SQLite, and where the suite runs on
PostgreSQL on that."""

import pytest
from django.utils import timezone

from matching.cohorts.claim import chunk_claim
from matching.cohorts.finishing import chunk_finish
from matching.cohorts.running import cohort_cancel, cohorts_turn
from matching.models import CohortChunk, WebhookDelivery
from tests.faults.crowd import at_once
from tests.matching.cohorts.worked import cohort_waiting, lines_score, results_of, webhook_make
from tests.matching.factories import key_make

CROWD = 4


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("lines_alone")]


def test_chunks_are_claimed_by_one_each() -> None:
    cohort_waiting(CROWD - 2, at=timezone.now())
    claims = at_once(lambda _: chunk_claim(now=timezone.now()), crowd=CROWD)
    taken = sorted(claim.chunk.number for claim in claims if claim)
    assert taken == sorted(set(taken))
    while claim := chunk_claim(now=timezone.now()):  # who was too late for one left it to the next
        taken.append(claim.chunk.number)
    assert sorted(taken) == list(range(CROWD - 2))
    assert set(CohortChunk.objects.values_list("attempts", flat=True)) == {1}


def test_last_chunks_at_once_end_the_cohort_once() -> None:
    key, _ = key_make(scopes=["cohorts"])
    webhook_make(key)
    cohort = cohort_waiting(CROWD, key=key, at=timezone.now())
    claims = [chunk_claim(now=timezone.now()) for _ in range(CROWD)]

    def finish(at: int) -> None:
        claim = claims[at]
        assert claim is not None
        done = lines_score(chunk_input=bytes(claim.chunk.input or b""), cohort=cohort)
        chunk_finish(claim=claim, done=done, now=timezone.now())

    at_once(finish, crowd=CROWD)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.scored, cohort.weight_done) == ("done", cohort.total, cohort.weight)
    assert WebhookDelivery.objects.filter(webhook__api_key=key).count() == 1


def test_cohorts_worked_on_by_a_crowd_have_each_line_once() -> None:
    cohorts = [cohort_waiting(12, name=f"c{at}", at=timezone.now()) for at in range(3)]
    at_once(lambda _: cohorts_turn(now_of=timezone.now, seconds=30), crowd=CROWD)
    for at, cohort in enumerate(cohorts):
        cohort.refresh_from_db()
        assert (cohort.state, cohort.scored) == ("done", 24)
        assert results_of(cohort) == [f"c{at}-{number}-{line}" for number in range(12) for line in range(2)]


def test_cancel_amid_a_crowd_leaves_nothing() -> None:
    cohort = cohort_waiting(30, at=timezone.now())
    other = cohort_waiting(3, name="other", at=timezone.now())

    def work(at: int) -> None:
        if at:
            cohorts_turn(now_of=timezone.now, seconds=30)
        else:
            cohort_cancel(cohort=cohort, now=timezone.now())

    at_once(work, crowd=CROWD)

    cohort.refresh_from_db()
    assert (cohort.state, cohort.chunks.count()) == ("cancelled", 0)
    other.refresh_from_db()
    assert other.state == "done"
