"""How benches measure and print: CPU time in this process, interleaved rounds, medians, ratios, bars."""

import gc
import io
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from smartpick.gunicorn import GC_EVERY

ROUNDS = 120
Work = Callable[[int], object]


def setup(folder: str, *, database_url: str = "") -> None:
    """A production-like process: no debugging, no HTTPS redirect, rates out of the way, one BLAS thread.
    ``database_url``: of an empty database, else SQLite in ``folder``."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, below
    os.environ.update(
        DJANGO_SETTINGS_MODULE="smartpick.settings",
        DATABASE_URL=database_url or f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
        SECRET_KEY="bench-" + "x" * 50,
        DEBUG="0",
        USE_HTTPS="0",
        REDIS_URL="",
        LOG_LEVEL="WARNING",
        API_RATE_MATCH="1000000/s",
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "tests.bench.urls_api"
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=io.StringIO())


def medians(work: dict[str, Work], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each piece of work, interleaved; each warm, whatever came before it."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(-3, rounds):
        if not turn:
            gc.collect()
            gc.freeze()  # as a server does once it is warm: smartpick/gunicorn.py
            gc.set_threshold(GC_EVERY)
        for name, run in work.items():
            run(turn + 1)
            started = time.process_time_ns()
            run(turn)
            if turn >= 0:
                times[name].append((time.process_time_ns() - started) / 1e9)
    return {name: statistics.median(values) for name, values in times.items()}


def title(text: str) -> None:
    print(f"\n{text}")


def line(
    name: str,
    value: float,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    unit: str = "×",
    digits: int = 1,
) -> None:
    """One measured value with the bar it is held against, if any."""
    bar, verdict = "", ""
    if at_most is not None:
        bar, verdict = f"bar ≤ {at_most:g}{unit}", "met" if value <= at_most else "NOT met"
    if at_least is not None:
        bar, verdict = f"bar ≥ {at_least:g}{unit}", "met" if value >= at_least else "NOT met"
    print(f"  {name:<64}{value:>10.{digits}f}{unit:<7}{bar:<20}{verdict}".rstrip())


def note(text: str) -> None:
    """What is not a number."""
    print(f"  {text}")
