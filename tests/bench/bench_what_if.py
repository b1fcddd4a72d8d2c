"""What one change on the what-if page costs, end to end: ``python -m tests.bench.bench_what_if``.

CPU time of the whole POST in this process: middleware, profile check, re-score, writing, drawing the answer;
each time to a value that was not tried just before. Medians and the slowest of the rounds, over the real
catalogue in a scratch database. The bar is 200 ms a change.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.bench_pages import PERSONA, Visitor, static_collect
from tests.bench.measure import line, note, setup, title

ROUNDS = 40
BAR_MS = 200
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "answer"}

# By what it is called here: two values to go between, as the page sends them.
CHANGES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "Step 3 passed": ({"step3_passed": "yes"}, {"step3_passed": "no"}),
    "hands-on weeks, dragged": ({"hands_on_weeks": "5"}, {"hands_on_weeks": "6"}),
    "one more specialty": ({"field_pediatrics": "yes"}, {"field_pediatrics": "no"}),
    "Los Angeles weight": ({"la_weight": "60"}, {"la_weight": "5"}),
    "budget": ({"max_usd": "900"}, {"max_usd": "600"}),
    "150 programs, not 80": ({"max_applications": "150"}, {"max_applications": "80"}),
    "signals": ({"signals": "no"}, {"signals": "yes"}),
}


def measured(visitor: Visitor, address: str, turns: Sequence[dict[str, str]]) -> list[float]:
    """CPU seconds of each of the rounds, warm; each answers with a part of the page."""
    times = []
    for turn in range(-4, ROUNDS):
        sent = turns[turn % 2]
        started = time.process_time_ns()
        content = visitor.part(f"{address}try/", HTMX, **sent)
        if turn >= 0:
            times.append((time.process_time_ns() - started) / 1e9)
        assert len(content) > 1000
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        static_collect(Path(folder) / "static")
        from django.core.wsgi import get_wsgi_application

        visitor = Visitor(get_wsgi_application())
        visitor.get("/profile/")  # the token of the forms
        address = f"{visitor.post(f'/personas/{PERSONA}/')}what-if/"
        visitor.get(address)
        visitor.part(f"{address}try/", HTMX, signals="no")
        gc.collect()
        gc.freeze()  # as a server does once it is warm
        title("What if: one change, from the request to the answer drawn")
        for name, turns in CHANGES.items():
            times = measured(visitor, address, turns)
            line(name, statistics.median(times) * 1e3, at_most=BAR_MS, unit=" ms")
            note(f"    slowest of {ROUNDS}: {max(times) * 1e3:.1f} ms")
            visitor.post(f"{address}baseline/")


if __name__ == "__main__":
    main()
