"""What the fault tests do with cohorts."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import orjson
import psycopg2
from django.db import transaction
from django.utils import timezone

from matching.cohorts.blobs import blob_read
from matching.cohorts.running import cohort_open
from matching.cohorts.scoring import chunk_score
from matching.cohorts.staging import cohort_stage
from matching.models import ApiKey, Cohort, CohortChunk
from tests.faults.deployment import PATIENCE_SECONDS, wait_for
from tests.matching.factories import key_make
from tests.matching.inputs import PROFILE


class Sent(NamedTuple):
    """A cohort that is open, and what was sent, by chunk."""

    cohort: Cohort
    inputs: dict[int, bytes]

    def fresh(self) -> Cohort:
        return Cohort.objects.get(pk=self.cohort.pk)

    def chunks_done(self) -> int:
        return CohortChunk.objects.filter(cohort=self.cohort, state="done").count()


def cohort_send(count: int, *, key: ApiKey | None = None, applications: int = 0) -> Sent:
    """Applicants who differ in score and year. ``applications``: each wants a list of so many."""
    lines = (
        orjson.dumps(
            {
                "reference": f"r{at}",
                "profile": {
                    **PROFILE,
                    "graduation_year": 2010 + at % 16,
                    "step2ck": {"status": "pass", "score": 214 + at % 50, "attempts": 1},
                },
                "options": {"max_applications": applications, "top": 12},
            }
        )
        for at in range(count)
    )
    now = timezone.now()
    stream = io.BytesIO(b"\n".join(lines))
    staged = cohort_stage(stream=stream, form="jsonl", key=key or key_make(scopes=["cohorts"])[0], now=now)
    kept = CohortChunk.objects.filter(cohort=staged.cohort).values_list("number", "input")
    inputs = {number: bytes(sent or b"") for number, sent in kept}
    with transaction.atomic():
        cohort_open(cohort=staged.cohort, now=now)
    return Sent(staged.cohort, inputs)


def wait_until_over(sent: Sent) -> Cohort:
    wait_for("the cohort is over", lambda: sent.fresh().state in Cohort.OVER)
    done = sent.fresh()
    assert (done.state, done.reason) == ("done", "")
    return done


def assert_each_line_once(sent: Sent) -> None:
    """The counts, every line exactly once and in order, and the bytes that scoring it once gives."""
    cohort = sent.fresh()
    chunks = list(CohortChunk.objects.filter(cohort=cohort).order_by("number"))
    assert (cohort.state, cohort.scored, cohort.rejected) == ("done", cohort.total, 0)
    assert cohort.weight_done == cohort.weight
    assert [chunk.number for chunk in chunks] == sorted(sent.inputs)
    numbers = [line.number for chunk in chunks for line in blob_read(bytes(chunk.result or b""))]
    assert numbers == list(range(1, cohort.total + 1))
    for chunk in chunks[:: max(1, len(chunks) // 5)]:
        again = chunk_score(chunk_input=sent.inputs[chunk.number], cohort=cohort)
        assert bytes(chunk.result or b"") == again.result


class Held(NamedTuple):
    """A chunk whose worker can write nothing: the database process that holds it, and which it is."""

    pid: int
    chunk_id: int


@contextmanager
def chunk_held(database_url: str) -> Iterator[Held]:
    """One that a worker has in its hands, locked by a connection of its own before it could be written."""
    connection = psycopg2.connect(database_url, options="-c idle_in_transaction_session_timeout=120s")
    try:
        yield Held(connection.info.backend_pid, _running_lock(connection))
    finally:
        with suppress(psycopg2.InterfaceError):
            connection.close()


def _running_lock(connection: "psycopg2.extensions.connection") -> int:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM matching_cohortchunk WHERE state = 'running' LIMIT 1 FOR UPDATE SKIP LOCKED"
            )
            row = cursor.fetchone()
            if row is not None:
                return int(row[0])
        connection.rollback()
        time.sleep(0.002)
    raise AssertionError("no worker takes a chunk")
