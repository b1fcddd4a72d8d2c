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
# Each as often as it is said, so that there is something left to end.
KINDS: tuple[str, ...] = 4 * ("claims", "finish") + 3 * ("lease passes",) + 2 * ("finish again",)
KINDS += ("turn", "put back", "die", "cancel", "model changes", "beat rings", "night")


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
        for whose, chunks in (
            (0, [2, 1, 1]),
            (1, [1, 2]),
            (1, [1]),
            (0, []),
        ):  # so that no example is about nothing
            self.send(whose=whose, chunks=chunks, bad=whose)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # What partners do

    @precondition(lambda self: len(self.sent) < 5)
    @rule(whose=st.integers(0, PARTNERS - 1), chunks=st.lists(st.integers(1, 3), max_size=4), bad=ANY)
    def send(self, whose: int, chunks: list[int], bad: int) -> None:
        names = [[f"{len(self.sent)}-{at}-{line}" for line in range(size)] for at, size in enumerate(chunks)]
        if names:
            names[bad % len(names)][0] = "bad " + names[bad % len(names)][0]
        cohort = cohort_staged(names, key=self.keys[whose], at=self.now)
        cohort_open(cohort=cohort, now=self.now)
        self.sent[cohort.pk] = [name for chunk in names for name in chunk]
        self.now += timedelta(seconds=1)

    @rule(kind=st.sampled_from(KINDS), which=ANY)
    def step(self, kind: str, which: int) -> None:
        """One rule for all: of many rules the tool leaves out some by turns, and these belong together."""
        if kind in ("finish", "put back", "die"):
            self.ends_work(kind, which)
        elif kind in ("cancel", "model changes"):
            self.ends_cohort(kind, which)
        elif kind == "finish again" and self.past:
            self.write(self.past[which % len(self.past)], holds=False)
        elif kind == "claims":
            self.claims(1 + which % 4)
        elif kind == "turn":
            self.turn(seconds=0.02 * (which % 2))
        elif kind == "lease passes":
            self.now += timedelta(seconds=site.RUN_LEASE_SECONDS + 1)
        elif kind == "beat rings":
            self.beat_rings()
        elif kind == "night":
            self.night()

    # What workers do

    def ends_work(self, kind: str, which: int) -> None:
        if not self.hands:
            return
        claim = self.hands.pop(which % len(self.hands))
        if kind == "finish":
            self.past.append(claim)
            self.write(claim, holds=self.holds(claim))
        elif kind == "put back":
            chunk_release(claim=claim)

    def claims(self, times: int) -> None:
        for _ in range(times):
            expected = self.next_chunk()
            claim = chunk_claim(now=self.now)
            assert (claim.chunk if claim else None) == expected
            if claim is not None:
                self.served(claim.cohort.api_key_id)
                self.hands.append(claim)

    def turn(self, seconds: float) -> None:
        """A message that comes, once or once more."""
        first = self.next_chunk()
        more = cohorts_turn(now_of=clock(self.now), seconds=seconds)
        assert first is not None or not more
        if first is not None:
            self.waited.clear()  # more than one may have been served
            self.now += timedelta(seconds=1)
            assert more == (self.next_chunk() is not None)

    # What ends cohorts, and what time does

    def ends_cohort(self, kind: str, which: int) -> None:
        if not self.sent:
            return
        cohort = Cohort.objects.get(pk=list(self.sent)[which % len(self.sent)])
        if kind == "cancel":
            cohort_cancel(cohort=cohort, now=self.now)
        else:
            cohort_fail(cohort_id=cohort.pk, reason="Changed.", now=self.now)

    def beat_rings(self) -> None:
        self.now += timedelta(seconds=site.RUN_GRACE_SECONDS + 1)
        assert bool(cohorts_ring(self.now)) == (self.next_chunk() is not None)
        assert cohorts_ring(self.now) == 0

    def night(self) -> None:
        self.now += timedelta(days=site.KEEP_DAYS["cohort"] + 1)
        over = set(Cohort.objects.filter(erase_at__lt=self.now).values_list("pk", flat=True))
        assert cohorts_sweep(now=self.now, dry_run=False) == len(over)
        for gone in over:
            del self.sent[gone]
        if over:
            self.waited.clear()  # with her last cohort goes when a partner was served: she counts as new

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
        held = [claim.chunk.pk for claim in self.hands if self.holds(claim)]
        assert len(held) == len(set(held))

    def cohorts(self) -> list[Cohort]:
        found = list(Cohort.objects.all()) if hasattr(self, "sent") else []
        assert {cohort.pk for cohort in found} == set(getattr(self, "sent", ()))
        return found

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

    def holds(self, claim: ChunkClaim) -> bool:
        """Whether it was the last to take the chunk, of a cohort that is not over."""
        row = CohortChunk.objects.filter(pk=claim.chunk.pk, cohort__state__in=Cohort.OPEN).first()
        return row is not None and row.claim_token == claim.token

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
    """A sixth of what properties get: each example is dozens of steps with a database."""
    most = settings.default.max_examples if settings.default else 50
    return settings(max_examples=max(8, most // 6), stateful_step_count=25)
