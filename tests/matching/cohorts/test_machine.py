"""Cohorts of several partners under whatever workers, clocks and messages do, by a machine that tries.

Workers are claims in hands here: one that is killed drops its claim, one that is slow writes too late, one
message that comes twice is two workers. The machine knows by itself what waits and whose turn it is.
"""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings as site
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from matching.cohorts.claim import ChunkClaim, ChunkLost, chunk_claim, chunk_release
from matching.cohorts.finishing import chunk_finish, cohort_fail
from matching.cohorts.running import cohort_cancel, cohort_eta, cohort_open, cohorts_ring, cohorts_turn
from matching.models import ApiKey, Cohort, CohortChunk, WebhookDelivery
from matching.privacy.leftovers import cohorts_sweep
from tests.matching.cohorts.worked import (
    clock,
    cohort_staged,
    lines_give_up,
    lines_score,
    webhook_make,
)
from tests.matching.factories import NOW, key_make

PARTNERS = 3
ANY = st.integers(0, 99)  # which of those there are


class Cohorts(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = NOW
        self.keys = [key_make(name=f"partner {at}", scopes=["cohorts"])[0] for at in range(PARTNERS)]
        for key in self.keys:
            webhook_make(key)
        self.sent: dict[UUID, list[str]] = {}  # of each cohort its lines
        self.hands: list[ChunkClaim] = []  # workers at work, those that lost their claim among them
        self.past: list[ChunkClaim] = []  # what ended, whose writing may yet come a second time
        self.waited: Counter[str] = Counter()  # claims of others while a partner had something to take
        self.progress: dict[UUID, int] = {}
        self.ended: set[UUID] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # What partners do

    @rule(whose=st.integers(0, PARTNERS - 1), chunks=st.lists(st.integers(1, 3), max_size=4), bad=ANY)
    def send(self, whose: int, chunks: list[int], bad: int) -> None:
        names = [[f"{len(self.sent)}-{at}-{line}" for line in range(size)] for at, size in enumerate(chunks)]
        if names:
            names[bad % len(names)][0] = "bad " + names[bad % len(names)][0]
        cohort = cohort_staged(names, key=self.keys[whose], at=self.now)
        cohort_open(cohort=cohort, now=self.now)
        self.sent[cohort.pk] = [name for chunk in names for name in chunk]
        self.tick()

    @precondition(lambda self: self.sent)
    @rule(which=ANY)
    def cancel(self, which: int) -> None:
        if (cohort := self.some(which)) is not None:
            cohort_cancel(cohort=cohort, now=self.now)

    # What workers do

    @rule()
    def claim(self) -> None:
        expected = self.next_chunk()
        claim = chunk_claim(now=self.now)
        assert (claim.chunk if claim else None) == expected
        if claim is None:
            return
        self.served(claim.cohort.api_key_id)
        self.hands.append(claim)

    @precondition(lambda self: self.hands)
    @rule(who=ANY)
    def finish(self, who: int) -> None:
        claim = self.hands.pop(who % len(self.hands))
        self.past.append(claim)
        self.write(claim, holds=claim.rows().exists())

    @precondition(lambda self: self.past)
    @rule(who=ANY)
    def finish_again(self, who: int) -> None:
        self.write(self.past[who % len(self.past)], holds=False)

    @precondition(lambda self: self.hands)
    @rule(who=ANY)
    def put_back(self, who: int) -> None:
        chunk_release(claim=self.hands.pop(who % len(self.hands)))

    @precondition(lambda self: self.hands)
    @rule(who=ANY)
    def die(self, who: int) -> None:
        self.hands.pop(who % len(self.hands))

    @rule(seconds=st.sampled_from([0.0, 0.02]))
    def turn(self, seconds: float) -> None:
        """A message that comes, once or once more."""
        first = self.next_chunk()
        more = cohorts_turn(now_of=clock(self.now), seconds=seconds)
        assert first is not None or not more
        if first is not None:
            self.waited.clear()  # more than one may have been served
            self.now += timedelta(seconds=1)
            assert more == (self.next_chunk() is not None)

    @precondition(lambda self: self.sent)
    @rule(which=ANY)
    def model_changes(self, which: int) -> None:
        if (cohort := self.some(which)) is not None:
            cohort_fail(cohort_id=cohort.pk, reason="Changed.", now=self.now)

    # What time does

    @rule()
    def tick(self) -> None:
        self.now += timedelta(seconds=1)

    @rule()
    def lease_passes(self) -> None:
        self.now += timedelta(seconds=site.RUN_LEASE_SECONDS + 1)

    @rule()
    def beat_rings(self) -> None:
        waits = self.next_chunk() is not None
        self.now += timedelta(seconds=site.RUN_GRACE_SECONDS + 1)
        assert bool(cohorts_ring(self.now)) == (self.next_chunk() is not None) or not waits
        assert cohorts_ring(self.now) == 0

    @rule()
    def night_comes(self) -> None:
        self.now += timedelta(days=site.KEEP_DAYS["cohort"] + 1)
        over = set(Cohort.objects.filter(erase_at__lt=self.now).values_list("pk", flat=True))
        assert cohorts_sweep(now=self.now, dry_run=False) == len(over)
        for gone in over:
            del self.sent[gone]

    # What always holds

    @invariant()
    def counts_are_those_of_the_chunks(self) -> None:
        for cohort in self.cohorts():
            chunks = list(cohort.chunks.all())
            done = [chunk for chunk in chunks if chunk.state == "done"]
            if cohort.state != "cancelled":
                assert cohort.scored == sum(chunk.scored for chunk in done)
                assert cohort.rejected == sum(chunk.rejected for chunk in done)
                assert cohort.weight_done == sum(chunk.weight for chunk in done)
            expected = {"cancelled": 0, "failed": len(done)}.get(cohort.state)
            assert expected in (None, len(chunks))
            if expected is None:
                assert (cohort.state == "done") == (len(done) == len(chunks))
            assert cohort.scored + cohort.rejected >= self.progress.get(cohort.pk, 0)
            self.progress[cohort.pk] = cohort.scored + cohort.rejected

    @invariant()
    def each_line_is_there_at_most_once(self) -> None:
        for cohort in self.cohorts():
            blobs = cohort.chunks.filter(state="done").values_list("result", "errors")
            texts = [bytes(blob or b"").decode() for pair in blobs for blob in pair]
            lines = [line.removeprefix("given up ") for text in texts for line in text.split("\n") if line]
            assert not Counter(lines) - Counter(self.sent[cohort.pk])
            if cohort.state == "done":
                assert sorted(lines) == sorted(self.sent[cohort.pk])

    @invariant()
    def what_is_over_goes_and_was_told(self) -> None:
        for cohort in self.cohorts():
            over = cohort.state in Cohort.OVER
            assert over == (cohort.erase_at is not None)
            assert (cohort_eta(cohort, now=self.now) == 0) == (cohort.state == "done")
            if over:
                self.ended.add(cohort.pk)
        told = [bytes(body).decode() for body in WebhookDelivery.objects.values_list("body", flat=True)]
        assert len(told) == len(self.ended)
        assert all(sum(str(cohort) in body for body in told) == 1 for cohort in self.ended)

    @invariant()
    def nothing_is_in_two_hands(self) -> None:
        held = [claim.chunk.pk for claim in self.hands if claim.rows().exists()]
        assert len(held) == len(set(held))

    def cohorts(self) -> list[Cohort]:
        found = list(Cohort.objects.all()) if hasattr(self, "sent") else []
        assert {cohort.pk for cohort in found} == set(getattr(self, "sent", ()))
        return found

    def some(self, which: int) -> Cohort | None:
        return Cohort.objects.filter(pk=list(self.sent)[which % len(self.sent)]).first()

    def write(self, claim: ChunkClaim, *, holds: bool) -> None:
        text = bytes(claim.chunk.input or b"")
        done = (
            lines_give_up(chunk_input=text, first_line=claim.chunk.first_line)
            if claim.hopeless
            else lines_score(chunk_input=text, cohort=claim.cohort)
        )
        if holds:
            chunk_finish(claim=claim, done=done, now=self.now)
            return
        with pytest.raises(ChunkLost):
            chunk_finish(claim=claim, done=done, now=self.now)

    def next_chunk(self) -> CohortChunk | None:
        """Whose turn it is, worked out from all rows in plain Python."""
        free = [
            chunk
            for chunk in CohortChunk.objects.select_related("cohort")
            if chunk.cohort.state in Cohort.OPEN and takeable(chunk, self.now)
        ]
        served = {
            key.pk: max((c.served_at for c in key.cohorts.all() if c.served_at), default=None)
            for key in ApiKey.objects.all()
        }

        def order(chunk: CohortChunk) -> tuple[object, ...]:
            at = served[chunk.cohort.api_key_id]
            age = (chunk.cohort.created_at, chunk.cohort_id, chunk.number)
            return (at is not None, at or NOW, *age)

        return min(free, key=order, default=None)

    def served(self, key: str) -> None:
        """Nobody who has something to take is passed over more often than there are partners."""
        chunks = CohortChunk.objects.select_related("cohort").filter(cohort__state__in=Cohort.OPEN)
        waits = {chunk.cohort.api_key_id for chunk in chunks if takeable(chunk, self.now)}
        self.waited = Counter({one: self.waited[one] + 1 for one in waits if one != key})
        assert all(count < PARTNERS for count in self.waited.values())


def takeable(chunk: CohortChunk, now: datetime) -> bool:
    if chunk.state == "running":
        return chunk.claimed_until is not None and chunk.claimed_until < now
    return chunk.state == "queued"


@pytest.mark.django_db
@pytest.mark.usefixtures("lines_alone")
def test_cohorts_under_everything(settings: Settings) -> None:
    settings.RUN_ATTEMPTS = 2
    run_state_machine_as_test(Cohorts, settings=examples())


def examples() -> settings:
    """A fifth of what properties get: each example is dozens of steps with a database."""
    most = settings.default.max_examples if settings.default else 50
    return settings(max_examples=max(10, most // 5), stateful_step_count=40)
