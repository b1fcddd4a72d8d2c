"""A short load on a real server of this machine: ``python -m tests.bench.load``; with ``--connections 500
--seconds 60`` a long one by many at once instead (crowd.py).

gunicorn with two processes on a free loopback port and a scratch database; eight connections ask a bounded
number of times, first a bare view, then for answers, then for a page. Prints the median, the 99th percentile
and the errors of each; any error fails the run.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from tests.bench.bench_api import FULL, ODDS_ALONE, SHORT, bodies
from tests.bench.measure import line, setup, title

CONNECTIONS = 8
REQUESTS = 100  # by each connection and kind
WARMING = 10
PATIENCE_SECONDS = 60
BAR_P99 = 4.0


@dataclass
class Kind:
    """One kind of request with what became of it: seconds of each, and what went wrong."""

    name: str
    method: str
    path: str
    body: list[bytes]
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[98]


@contextmanager
def server(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi_load"]
    command += ["--config", "python:smartpick.gunicorn", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env={**os.environ, "WEB_WORKERS": "2"})
    try:
        await_answer(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def await_answer(port: int) -> None:
    """Until the server answers. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server on port {port}")


def ask(port: int, kind: Kind, requests: int, lock: threading.Lock) -> None:
    """One connection's share of the requests, each on a connection of its own."""
    for turn in range(requests):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        body = kind.body[turn % len(kind.body)] if kind.body else None
        started = time.perf_counter()
        try:
            connection.request(kind.method, kind.path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            error = "" if answer.status == 200 else f"status {answer.status}"
        except OSError as fault:
            error = repr(fault)
        finally:
            connection.close()
        with lock:
            kind.seconds.append(time.perf_counter() - started)
            if error:
                kind.errors.append(error)


def load(port: int, kind: Kind, requests: int) -> None:
    """``requests`` on each connection, all at once."""
    lock = threading.Lock()
    threads = [threading.Thread(target=ask, args=(port, kind, requests, lock)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def median_of(kind: Kind) -> float:
    return statistics.median(kind.seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--connections", type=int, help="so many at once, by wrk")
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    if asked.connections:
        from tests.bench.crowd import run

        return run(connections=asked.connections, seconds=asked.seconds)
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        from django.core.management import call_command

        short = bodies(SHORT)
        kinds = [
            Kind("a bare view", "POST", "/api/bare/", short),
            Kind("25 rows, odds alone", "POST", "/api/v1/matches/", bodies(ODDS_ALONE)),
            Kind("25 rows, list and ranges", "POST", "/api/v1/matches/", short),
            Kind("200 rows, 25 explained", "POST", "/api/v1/matches/", bodies(FULL)),
            Kind("the catalogue's page", "GET", "/programs/?ring=los-angeles", []),
        ]
        port = free_port()
        call_command("collectstatic", interactive=False, verbosity=0)
        with server(port):
            for kind in kinds:  # what a process does once is not of interest here
                load(port, replace(kind, seconds=[], errors=[]), WARMING)
            for kind in kinds:
                load(port, kind, REQUESTS)
    title(f"{CONNECTIONS} connections, {CONNECTIONS * REQUESTS} requests of each kind, two processes")
    for kind in kinds:
        told = (
            f"median {median_of(kind) * 1e3:.0f} ms, p99 {kind.p99() * 1e3:.0f} ms, errors {len(kind.errors)}"
        )
        print(f"  {kind.name:<28}{told}")
        for error in sorted(set(kind.errors))[:5]:
            print(f"    {error}")
    bare = kinds[0]
    line("p99 of 25 rows, odds alone / p99 of a bare view", kinds[1].p99() / bare.p99(), at_most=BAR_P99)
    line("the same with list and ranges", kinds[2].p99() / bare.p99())
    line("the same between medians", median_of(kinds[2]) / median_of(bare))
    return 1 if any(kind.errors for kind in kinds) else 0


if __name__ == "__main__":
    sys.exit(main())
