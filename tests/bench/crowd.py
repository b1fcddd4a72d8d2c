"""Five hundred at once: ``python -m tests.bench.load --connections 500 --seconds 60``.

wrk (a load tool: ``apt install wrk``) keeps so many connections busy for so long against gunicorn with two
workers as deployed, first by itself and then, where nginx is installed, behind it as a proxy that buffers.
Seven in ten ask the catalogue, three have an applicant scored. Prints requests a second, the median and the
99th percentile, and every error: no answer, a broken connection, a wait beyond a minute, or a status that is
not 200. What is under way when the time is over, one a connection at most, is not counted.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.bench_api import SHORT, bodies
from tests.bench.measure import line, note, setup, title

PATIENCE = 60  # seconds for one answer
CATALOGUE = (
    "/api/v1/programs/",
    "/api/v1/programs/?ring=los-angeles&specialty=internal-medicine&page_size=25",
    "/api/v1/programs/sp01483/",
    "/api/v1/programs/?search=harbor",
    "/api/v1/programs/sp01056/",
    "/api/v1/specialties/",
    "/api/v1/rings/",
)
# wrk calls `request` for each request of a thread and `done` once. In a round of ten seven read.
SCRIPT = """
local reads, bodies = %(reads)s, %(bodies)s
local turn = 0
local headers = {["Content-Type"] = "application/json", ["Accept-Encoding"] = "gzip"}
function request()
  turn = turn + 1
  local place = turn %% 10
  if place < 3 then
    return wrk.format("POST", "/api/v1/matches/", headers, bodies[turn %% #bodies + 1])
  end
  return wrk.format("GET", reads[place - 2], headers)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.stderr:write(string.format(
    '{"requests": %%d, "microseconds": %%d, "median": %%d, "p99": %%d, "longest": %%d, ' ..
    '"connect": %%d, "read": %%d, "write": %%d, "timeout": %%d, "status": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    e.connect, e.read, e.write, e.timeout, e.status))
end
"""
NGINX = """
daemon off; worker_processes 1; pid %(folder)s/nginx.pid; error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path %(folder)s/body; proxy_temp_path %(folder)s/proxy; fastcgi_temp_path %(folder)s/fcgi;
  uwsgi_temp_path %(folder)s/uwsgi; scgi_temp_path %(folder)s/scgi;
  server {
    listen 127.0.0.1:%(front)d backlog=2048;
    location / {
      proxy_pass http://127.0.0.1:%(back)d;
      proxy_set_header Host $http_host;
      proxy_read_timeout %(patience)ds; proxy_connect_timeout %(patience)ds;
    }
  }
}
"""


@dataclass(frozen=True)
class Crowd:
    """What wrk saw. Times in seconds."""

    requests: int
    seconds: float
    median: float
    p99: float
    longest: float
    errors: dict[str, int]

    def told(self) -> None:
        failed = sum(self.errors.values())
        rate = f"{self.requests / self.seconds:.0f} a second"
        note(f"{self.requests} answers in {self.seconds:.0f} s, {rate}")
        note(f"median {self.median:.2f} s, p99 {self.p99:.2f} s, longest {self.longest:.2f} s")
        kinds = ", ".join(f"{name} {count}" for name, count in self.errors.items())
        note(f"errors {failed} ({kinds})")
        line("error rate", 100 * failed / max(1, self.requests), at_most=0.0, unit=" %", digits=2)


def crowd(port: int, *, connections: int, seconds: int, folder: Path) -> Crowd:
    """Asks the server on ``port`` and waits until wrk is done."""
    script = folder / "mixed.lua"
    script.write_text(
        SCRIPT % {"reads": _lua(CATALOGUE), "bodies": _lua(one.decode() for one in bodies(SHORT))}
    )
    command = [
        "wrk",
        f"-t{min(2, connections)}",
        f"-c{connections}",
        f"-d{seconds}s",
        f"--timeout={PATIENCE}s",
        f"-s{script}",
    ]
    run = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 120,
    )
    told: dict[str, Any] = json.loads(run.stderr.strip().splitlines()[-1])
    million = 1e6
    return Crowd(
        requests=told["requests"],
        seconds=told["microseconds"] / million,
        median=told["median"] / million,
        p99=told["p99"] / million,
        longest=told["longest"] / million,
        errors={name: told[name] for name in ("connect", "read", "write", "timeout", "status")},
    )


@contextmanager
def proxy(front: int, back: int, folder: Path) -> Iterator[None]:
    """nginx on ``front``, buffering for the server on ``back``."""
    settings = folder / "nginx.conf"
    settings.write_text(NGINX % {"folder": folder, "front": front, "back": back, "patience": PATIENCE})
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(settings)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def run(*, connections: int, seconds: int) -> int:
    """The exit code: 1 where anything failed, 2 where wrk is missing."""
    from tests.bench.load import WARMING, Kind, await_answer, free_port, load, server

    if shutil.which("wrk") is None:
        print("The load needs wrk, which is not installed here: apt install wrk")
        return 2
    os.environ["API_RATE_PROGRAMS"] = "1000000/s"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup(name)
        back, front = free_port(), free_port()
        found: list[Crowd] = []
        with server(back):
            for _ in range(2):  # what a process does once is not of interest here
                load(back, Kind("warming", "POST", "/api/v1/matches/", bodies(SHORT)), WARMING)
            title(f"{connections} connections for {seconds} s, gunicorn with two workers")
            found.append(crowd(back, connections=connections, seconds=seconds, folder=folder))
            found[-1].told()
            # Whom nobody waits for any longer still stands in the line, and is answered.
            load(back, Kind("waiting", "POST", "/api/v1/matches/", bodies(SHORT)), 1)
            title("The same behind nginx, which buffers")
            if shutil.which("nginx") is None:
                note("NOT MEASURED: nginx is not installed here (apt install nginx-light)")
            else:
                with proxy(front, back, folder):
                    await_answer(front)
                    found.append(crowd(front, connections=connections, seconds=seconds, folder=folder))
                found[-1].told()
    return 1 if any(sum(one.errors.values()) for one in found) else 0


def _lua(values: Any) -> str:
    """A list of strings. JSON's escapes of these are Lua's too."""
    return "{" + ", ".join(json.dumps(value) for value in values) + "}"
