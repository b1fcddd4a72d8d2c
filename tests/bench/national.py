"""Parts of ``bench_national``: the applicants, the site's processes, and how much memory each took."""

import http.client
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.load import PATIENCE_SECONDS, await_answer, free_port

PROCESSES = 2
TOP = 200


def applicants_write(path: Path, count: int, *, applications: int) -> None:
    """A JSON line an applicant: the sample profiles with seeded scores, years and publications."""
    from applicants.personas import PERSONAS

    rng = random.Random(2027)
    with path.open("w") as lines:
        for at in range(count):
            profile = {
                **PERSONAS[at % len(PERSONAS)].document,
                "step2ck": {"status": "pass", "score": rng.randrange(214, 271), "attempts": 1},
                "graduation_year": rng.randrange(2010, 2027),
                "research": {"projects": rng.randrange(4), "publications": rng.randrange(8)},
            }
            profile.pop("practice_score", None)
            options = {"max_applications": applications, "top": TOP}
            json.dump({"reference": f"n{at}", "profile": profile, "options": options}, lines)
            lines.write("\n")


def upload(path: Path, *, port: int, secret: str) -> tuple[str, float]:
    """The cohort's id, and the seconds from the first byte sent to the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Authorization": f"Api-Key {secret}", "Content-Type": "application/jsonl"}
    started = time.perf_counter()
    with path.open("rb") as body:
        headers["Content-Length"] = str(path.stat().st_size)
        connection.request("POST", "/api/v1/cohorts/", body, headers)
        answer = connection.getresponse()
        told = answer.read()
    seconds = time.perf_counter() - started
    connection.close()
    assert answer.status == 202, (answer.status, told[:500])
    return str(json.loads(told)["id"]), seconds


def over_await(cohort_id: str) -> Any:
    """The cohort once it is done; its scoring is from the first chunk taken to the last written."""
    from matching.models import Cohort

    while (cohort := Cohort.objects.get(pk=cohort_id)).state in Cohort.OPEN:
        time.sleep(0.2)
    assert (cohort.state, cohort.rejected) == ("done", 0), (cohort.state, cohort.rejected)
    return cohort


@contextmanager
def web(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """gunicorn as it is deployed, of one process: its port and its id."""
    port = free_port()
    command = ["gunicorn", "smartpick.wsgi", "--config", "python:smartpick.gunicorn"]
    command = [sys.executable, "-m", *command, "--bind", f"127.0.0.1:{port}", "--timeout", "600"]
    with started(command, {**environment, "WEB_WORKERS": "1"}) as process:
        await_answer(port)
        yield port, process.pid


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[int]:
    command = [sys.executable, "-m", "celery", "-A", "smartpick", "worker", "--loglevel", "WARNING"]
    with started([*command, "--concurrency", str(PROCESSES)], environment) as process:
        yield process.pid


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def peaks(pid: int) -> list[float]:
    """MB at most so far of a process and each of its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [_peak(one) for one in (str(pid), *children)]


def _peak(pid: str) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(row.split()[1] for row in told.splitlines() if row.startswith("VmHWM:"))
    return int(kilobytes) / 1024


def kernel(path: Path, *, lists: bool) -> float:
    """Seconds of the bare work on ``path``, shared by as many processes as the worker has."""
    command = [sys.executable, "-m", "tests.bench.national_kernel", str(path), "list" if lists else "odds"]
    processes = [
        subprocess.Popen(
            [*command, str(share), str(PROCESSES)],
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for share in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    return max(float(process.communicate()[0]) for process in processes)
