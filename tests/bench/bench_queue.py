"""What the queue of reviews costs as it grows: ``python -m tests.bench.bench_queue``.

CPU time and queries of calls into the application as a lead of an organisation, nine in ten of 100, 1,000 and
10,000 reviews of 20 programs each, warm, medians; the bar is the one every page is held to, 150 ms. With
``--postgres`` on PostgreSQL, in a database made for it and dropped: there the server's own time is not in the
CPU time, so the time on the clock stands beside it.
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
from tests.bench.measure import line, medians, note, setup, title
from tests.parts import scratch_postgres

ROUNDS = 5
BAR_MS = 150
SIZES = (100, 1_000, 10_000)
PLACES = {
    "my organisation": "",
    "pool": "?view=pool",
    "page 20": "?p=20",
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
        for size in SIZES:
            measured(size)


def measured(size: int) -> None:
    from django.db import connection, transaction

    from tests.bench.reviews import reviews_make

    with transaction.atomic():
        started = time.perf_counter()
        world = reviews_make(size, entries=20)
        took = time.perf_counter() - started
        title(f"The queue, {size:,} reviews ({connection.vendor}; made in {took:.0f} s)")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages = visits(world.lead)
        times = medians(pages, ROUNDS)
        for name, seconds in times.items():
            clock, queries = on_the_clock(pages[name])
            line(name, seconds * 1e3, at_most=BAR_MS, unit=" ms")
            note(f"    {queries} queries, {clock * 1e3:.0f} ms on the clock")
        transaction.set_rollback(True)


def visits(lead: Any) -> dict[str, Callable[[int], object]]:
    """Each place of the queue and the report, as calls of a client who is logged in."""
    from django.test import Client
    from django.urls import reverse

    from matching.models import AdvisorGroup

    client = Client(headers={"host": "localhost"})
    client.force_login(lead)
    group = AdvisorGroup.objects.values_list("pk", flat=True).first()
    queue, report = reverse("admin:matching_review_changelist"), reverse("admin:matching_disagreement")
    addresses = {name: f"{queue}{query.format(group=group)}" for name, query in PLACES.items()}

    def visit(address: str) -> Callable[[int], object]:
        def call(turn: int) -> object:
            response = client.get(address, follow=True)
            assert response.status_code == 200, (address, response.status_code)
            return response

        return call

    return {name: visit(address) for name, address in {**addresses, "disagreement": report}.items()}


def on_the_clock(run: Callable[[int], object], rounds: int = 5) -> tuple[float, int]:
    """Median seconds that pass, and how many queries one call asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    passed = []
    for turn in range(rounds):
        started = time.perf_counter()
        run(turn)
        passed.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as seen:
        run(0)
    return statistics.median(passed), len(seen)


if __name__ == "__main__":
    main()
