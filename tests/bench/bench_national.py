"""Applicants by the thousand, from the upload to the last result: ``python -m tests.bench.bench_national``.

``--applicants 50000`` for as many as file one season, ``--lists 500`` for how many ask for a list of 80,
``--postgres`` for a database made on that server and dropped. gunicorn takes the upload over HTTP, a worker
of two processes scores it; both are warm, as on a site. Held against them: the kernel on the
applicants in two processes, which parses and stores nothing, and reading the file.
"""

import argparse
import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.measure import line, note, setup, title
from tests.bench.national import (
    PROCESSES,
    applicants_write,
    kernel,
    over_await,
    peaks,
    upload,
    web,
    worker,
)
from tests.parts import scratch_postgres, scratch_redis

WARMING = 40
APPLICATIONS = 80
BAR, BAR_MB = 3.0, 400


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--applicants", type=int, default=2_000)
    asked.add_argument("--lists", type=int, default=60)
    asked.add_argument("--postgres", action="store_true")
    options = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        setup(str(folder), database_url=stack.enter_context(scratch_postgres()) if options.postgres else "")
        environment = {**os.environ, "REDIS_URL": stack.enter_context(scratch_redis())}
        report(folder, environment, options.applicants, options.lists)


def report(folder: Path, environment: dict[str, str], applicants: int, lists: int) -> None:
    from django.conf import settings
    from django.db import connection

    from matching.catalogue import catalogue_current
    from matching.models import ApiKey

    tracks = len(catalogue_current().columns(settings.SEASON))
    _, secret = ApiKey.objects.create_key(name="bench", scopes=["cohorts"], rate="100000/s")
    files = {"odds alone": (folder / "odds.jsonl", applicants, 0)}
    files[f"with a list of {APPLICATIONS}"] = (folder / "lists.jsonl", lists, APPLICATIONS)
    with web(environment) as (port, web_pid), worker(environment) as worker_pid:
        warm(folder, port, secret)
        spent = {}
        for name, (path, count, applications) in files.items():
            applicants_write(path, count, applications=applications)
            cohort_id, seconds = upload(path, port=port, secret=secret)
            cohort = over_await(cohort_id)
            assert cohort.scored == count
            spent[name] = seconds, (cohort.finished_at - cohort.started_at).total_seconds()
        memory = peaks(web_pid)[1:] + peaks(worker_pid)[1:]
    for name, (path, count, _) in files.items():
        title(f"{count:,} applicants by {tracks:,} programs, {name} ({connection.vendor})")
        told(path, count * tracks, *spent[name], lists=name != "odds alone")
    line("peak memory of a process that takes the upload", memory[0], at_most=BAR_MB, unit=" MB")
    line("peak memory of a process that scores, the larger", max(memory[1:]), at_most=BAR_MB, unit=" MB")


def warm(folder: Path, port: int, secret: str) -> None:
    """Each process has its catalogue before anything counts."""
    applicants_write(folder / "warm.jsonl", WARMING, applications=APPLICATIONS)
    over_await(upload(folder / "warm.jsonl", port=port, secret=secret)[0])


def told(path: Path, pairs: int, taking: float, scoring: float, *, lists: bool) -> None:
    reading, bare = read(path), kernel(path, lists=lists)
    note(f"upload of {path.stat().st_size / 1e6:.1f} MB over HTTP, cut into chunks: {taking:.2f} s")
    note(f"scoring by {PROCESSES} processes, with all that is stored: {scoring:.2f} s")
    note(f"bare kernel in {PROCESSES} processes: {bare:.2f} s; reading the file: {reading:.2f} s")
    line("pairs a second, scored and stored", pairs / scoring / 1e6, unit=" M")
    line("pairs a second, bare kernel", pairs / bare / 1e6, unit=" M")
    line(
        "end to end / bare kernel and reading the upload", (taking + scoring) / (bare + reading), at_most=BAR
    )


def read(path: Path) -> float:
    """Seconds to have every line of it as an object."""
    import orjson

    started = time.perf_counter()
    with path.open("rb") as lines:
        assert all(orjson.loads(one) for one in lines)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
