"""Cohorts for tests of how they are run: chunks of plain lines, and a stand-in for scoring that returns them.

A line is its reference. One that begins with ``bad`` is rejected.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from matching.cohorts.running import cohort_open
from matching.cohorts.scoring import ChunkDone
from matching.models import ApiKey, Cohort, CohortChunk, Webhook
from tests.matching.factories import NOW, key_make


def clock(start: datetime = NOW, step: float = 0.01) -> Callable[[], datetime]:
    """A clock that goes on by ``step`` seconds whenever it is looked at."""
    ticks = iter(range(10**9))
    return lambda: start + timedelta(seconds=step * next(ticks))


def webhook_make(key: ApiKey) -> Webhook:
    """One that listens for the end of cohorts."""
    return Webhook.objects.create(
        api_key=key,
        url="https://partner.example/hook",
        events=["cohort.finished"],
        secret="unused",
        challenge="unused",
        state="active",
        created_at=NOW,
        verified_at=NOW,
    )


def cohort_staged(
    references: list[list[str]], *, key: ApiKey | None = None, at: datetime = NOW, weight: int = 1
) -> Cohort:
    """Received, a chunk for each list of references, each applicant of one weight."""
    cohort = Cohort.objects.create(
        api_key=key or key_make()[0],
        season="2027",
        model_version="m1",
        data_version="d1",
        total=sum(map(len, references)),
        weight=weight * sum(map(len, references)),
        created_at=at,
        rung_at=at,
    )
    first = 1
    for number, lines in enumerate(references):
        CohortChunk.objects.create(
            cohort=cohort,
            number=number,
            first_line=first,
            lines=len(lines),
            weight=weight * len(lines),
            input="\n".join(lines).encode(),
        )
        first += len(lines)
    return cohort


def cohort_waiting(
    chunks: int, *, key: ApiKey | None = None, at: datetime = NOW, name: str = "line", lines: int = 2
) -> Cohort:
    """Open, with so many chunks of so many lines each."""
    made = [[f"{name}-{number}-{line}" for line in range(lines)] for number in range(chunks)]
    cohort = cohort_staged(made, key=key, at=at)
    cohort_open(cohort=cohort, now=at)
    return cohort


def lines_score(*, chunk_input: bytes, cohort: Cohort) -> ChunkDone:
    lines = chunk_input.decode().split("\n")
    good = [line for line in lines if not line.startswith("bad")]
    bad = [line for line in lines if line.startswith("bad")]
    return ChunkDone("\n".join(good).encode(), "\n".join(bad).encode(), len(good), len(bad))


def lines_give_up(*, chunk_input: bytes, first_line: int) -> ChunkDone:
    lines = chunk_input.decode().split("\n")
    return ChunkDone(b"", "\n".join(f"given up {line}" for line in lines).encode(), 0, len(lines))


def results_of(cohort: Cohort) -> list[str]:
    """Every line of its results, in order."""
    blobs = CohortChunk.objects.filter(cohort=cohort, state="done").order_by("number")
    return [
        line
        for blob in blobs.values_list("result", flat=True)
        for line in bytes(blob or b"").decode().split("\n")
        if line
    ]
