"""What the queue of reviews costs as it grows: ``python -m tests.bench.bench_queue``.

CPU time and queries of calls into the application as a lead of an organisation, nine in ten of 100, 1,000 and
10,000 reviews, warm, medians; the bar is the one every page is held to, 150 ms. The report on where advisors
disagree is measured over the 1,000, with 20 programs on each list. With ``--postgres`` on PostgreSQL, in a
database made for it and dropped: there the server's own time is not in the CPU time, so what it says itself
of the queue's query is printed.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.bench_pages import static_collect
from tests.bench.measure import line, note, setup, title
from tests.parts import scratch_postgres

ROUNDS = 3
BAR_MS = 150
MINE, POOL, ORGANISATION = "mine", "pool", "organisation"
SIZES = {100: 0, 1_000: 20, 10_000: 0}  # with how many programs on each list
PLACES = {
    "my organisation": "",
    "pool": "?view=pool",
    "page 2": "?p=2",
    "by deadline": "?o=5",
    "by applicant": "?o=2",
    "deadline within 14 days": "?deadline=14",
    "no interview 50% or more": "?none=1",
    "strict fails": "?strict=1",
    "unused signals": "?signals=1",
    "over budget": "?budget=1",
    "missing facts": "?missing=1",
    "approval out of date": "?stale=1",
    "snoozed": "?snoozed=only",
    "of one season": "?season=2027",
    "every state": "?state=all",
    "of nobody yet": "?advisor=nobody",
    "of one group": "?group={group}",
    "search, a family name": "?q=chen",
    "search, an address": "?q=applicant-7@example.org",
    "search, nobody": "?q=zzzz",
}


def main() -> None:
    os.environ["STAFF_TWO_FACTOR"] = "0"  # it asks once a session
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        postgres = "--postgres" in sys.argv[1:]
        setup(folder, database_url=stack.enter_context(scratch_postgres()) if postgres else "")
        static_collect(Path(folder) / "static")
        for size, entries in SIZES.items():
            measured(size, entries)


def measured(size: int, entries: int) -> None:
    from django.db import connection, transaction

    from tests.bench.reviews import reviews_make

    with transaction.atomic():
        started = time.perf_counter()
        world = reviews_make(size, entries=entries)
        took = time.perf_counter() - started
        title(f"The queue, {size:,} reviews ({connection.vendor}; made in {took:.0f} s)")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for name, call in visits(world.lead, report=bool(entries)).items():
            seconds, queries = spent(call)
            line(f"{name}, {queries} queries", seconds * 1e3, at_most=BAR_MS, unit=" ms")
        for view in (MINE, POOL, ORGANISATION):
            note(f"{view}: {explained(world.advisor if view == MINE else world.lead, view)}")
        transaction.set_rollback(True)


def spent(call: Callable[[], object]) -> tuple[float, int]:
    """Median CPU seconds of a call that is warm, and how many queries it asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        call()
        queries = len(seen)
    times = []
    for _ in range(ROUNDS):
        started = time.process_time_ns()
        call()
        times.append((time.process_time_ns() - started) / 1e9)
    return statistics.median(times), queries


def explained(user: Any, view: str) -> str:
    """How the database finds the first page of a view, and where it says so how long that takes."""
    from django.db import connection
    from django.utils import timezone

    from matching.review.queue.rows import OPEN, awake, desk_of, queue_rows

    rows = queue_rows(desk_of(user), view).filter(OPEN, awake(timezone.now().date()))
    first = rows.order_by("-danger", "submitted_at", "id")[:50]
    told = first.explain(analyze=True) if connection.vendor == "postgresql" else first.explain()
    kept = ("review_queue", "Seq Scan on matching_review", "SCAN matching_review", "Execution")
    return "; ".join(part.strip() for part in told.splitlines() if any(word in part for word in kept))


def visits(lead: Any, *, report: bool) -> dict[str, Callable[[], object]]:
    """Each place of the queue, and the report, as calls of a client who is logged in."""
    from django.test import Client
    from django.urls import reverse

    from matching.models import AdvisorGroup

    client = Client(headers={"host": "localhost"})
    client.force_login(lead)
    group = AdvisorGroup.objects.values_list("pk", flat=True).first()
    queue = reverse("admin:matching_review_changelist")
    addresses = {name: f"{queue}{query.format(group=group)}" for name, query in PLACES.items()}
    if report:
        addresses["where advisors disagree"] = reverse("admin:matching_disagreement")

    def visit(address: str) -> Callable[[], object]:
        def call() -> object:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            return response

        return call

    client.get(queue)  # the first of a session notes the session
    return {name: visit(address) for name, address in addresses.items()}


if __name__ == "__main__":
    main()
