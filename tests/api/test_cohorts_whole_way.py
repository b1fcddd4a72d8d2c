"""A class sent, followed, read and taken back over a real server: one process, no Redis."""

import csv
import gzip
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any, NamedTuple

import orjson
import pytest
from django.db import connection

from matching.api.cohorts.examples import CSV, JSONL, LINES
from matching.models import Cohort, CohortChunk
from tests.api.cohort_calls import COHORTS, Headers
from tests.api.conftest import KeyMaker
from tests.smartpick.processes import ROOT, clean_environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
PATIENCE_SECONDS = 60


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Caller(NamedTuple):
    """A partner's program: plain HTTP, a connection for each request."""

    host: str
    headers: Headers

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connected = HTTPConnection(self.host, timeout=PATIENCE_SECONDS)
        try:
            connected.request(method, path, body, {**self.headers, **named})
            return answer_of(connected.getresponse())
        finally:
            connected.close()

    def wait_for(self, path: str) -> dict[str, Any]:
        """As the documentation says: again and again, with the pauses it asks for, until it is over."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            answer = self.ask("GET", path)
            if answer.json()["state"] not in ("queued", "running"):
                told: dict[str, Any] = answer.json()
                return told
            assert int(answer.headers["Retry-After"]) >= 1
            time.sleep(0.2)
        raise AssertionError(f"{path} was never done")


def answer_of(response: HTTPResponse) -> Answer:
    return Answer(response.status, dict(response.getheaders()), response.read())


@pytest.fixture
def caller(key_headers: KeyMaker) -> Iterator[Caller]:
    headers = key_headers(scopes=["cohorts"])
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", "0"],
        cwd=ROOT,
        env=clean_environment(DATABASE_URL=database_url(), LOG_LEVEL="WARNING", PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Caller(host_told_by(server), headers)
    finally:
        server.terminate()
        server.wait(timeout=20)


def database_url() -> str:
    """The tests' own database, for a process beside them."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    secret = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    place = f"{told['HOST'] or '127.0.0.1'}:{told['PORT'] or 5432}"
    return f"postgresql://{told['USER']}{secret}@{place}/{told['NAME']}"


def host_told_by(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if "http://" in line:
            host: str = line.split("http://")[1].split("/")[0]
            return host
    raise AssertionError(f"the site did not start: it ended with {server.wait()}")


def known_here(text: str) -> bytes:
    """The documented class, of the one specialty that the tests' catalogue has."""
    for other in (',"family-medicine"', "|family-medicine"):
        text = text.replace(other, "")
    return text.replace("family-medicine", "internal-medicine").encode()


UPLOADS: list[tuple[str, bytes, dict[str, str]]] = [
    ("application/json", known_here(orjson.dumps(LINES).decode()), {}),
    ("application/jsonl", known_here(JSONL), {}),
    ("text/csv", known_here(CSV), {}),
    ("application/x-ndjson", gzip.compress(known_here(JSONL)), {"Content_Encoding": "gzip"}),
]


def test_class_the_whole_way(caller: Caller) -> None:
    taken = [
        caller.ask("POST", COHORTS, body, Content_Type=kind, Idempotency_Key=f"class-{place}", **more)
        for place, (kind, body, more) in enumerate(UPLOADS)
    ]
    assert [one.status for one in taken] == [202] * 4, [one.body for one in taken]
    addresses = [one.headers["Location"] for one in taken]

    for address in addresses:
        told = caller.wait_for(address)
        assert (told["state"], told["total"], told["scored"], told["rejected"]) == ("done", 3, 2, 1)

    whole = [caller.ask("GET", f"{address}results/") for address in addresses]
    lists = [[json.loads(line) for line in one.body.splitlines()] for one in whole]
    assert [references(lines) for lines in lists] == [[line["reference"] for line in LINES[:2]]] * 4
    assert [line["list"] for line in lists[0]] == [line["list"] for line in lists[2]]
    assert [line["summary"] is None for line in lists[1]] == [True, False]
    _ways_to_read(caller, addresses[0], whole[0].body)
    _taken_back(caller, addresses)
    _refused(caller)
    again = caller.ask("POST", COHORTS, UPLOADS[0][1], Content_Type=UPLOADS[0][0], Idempotency_Key="class-0")
    assert (again.status, again.body) == (202, taken[0].body)


def references(lines: list[dict[str, Any]]) -> list[str]:
    return [line["reference"] for line in lines]


def _ways_to_read(caller: Caller, address: str, results: bytes) -> None:
    packed = caller.ask("GET", f"{address}results/", Accept_Encoding="gzip")
    table = caller.ask("GET", f"{address}results/", Accept="text/csv")
    errors = caller.ask("GET", f"{address}errors/").json()["results"]

    assert gzip.decompress(packed.body) == results
    assert "Content-Length" not in packed.headers
    assert {row["reference"] for row in csv.DictReader(io.StringIO(table.body.decode()))} == set(
        references([json.loads(line) for line in results.splitlines()])
    )
    assert [line["line"] for line in errors] == [3]
    assert caller.ask("GET", f"{address}results/?after=3").body == b""


def _taken_back(caller: Caller, addresses: list[str]) -> None:
    for address in addresses:
        assert caller.ask("DELETE", address).status == 204
        assert caller.ask("GET", f"{address}results/").status == 404
        assert caller.ask("GET", address).json()["state"] == "cancelled"
    assert not CohortChunk.objects.exists()
    assert set(Cohort.objects.values_list("state", flat=True)) == {"cancelled"}


def _refused(caller: Caller) -> None:
    """What no test client shows: a body nobody reads, one that never comes whole, one of unsaid length."""
    jsonl = {"Content_Type": "application/jsonl"}

    assert caller.ask("POST", COHORTS, b"{}", Content_Type="text/plain").status == 415
    assert caller._replace(headers={}).ask("POST", COHORTS, b"{}", **jsonl).status == 401
    assert broken_off(caller).status == 400
    unsaid = caller.ask("POST", COHORTS, None, Transfer_Encoding="chunked", **jsonl)
    assert (unsaid.status, "Content-Length" in unsaid.json()["detail"]) == (400, True)
    assert Cohort.objects.count() == len(UPLOADS)


def broken_off(caller: Caller) -> Answer:
    """Half of a body, and then nothing more: the sending side is closed, the other still listens."""
    import socket  # noqa: PLC0415

    body = JSONL.encode()
    connected = HTTPConnection(caller.host, timeout=PATIENCE_SECONDS)
    connected.putrequest("POST", COHORTS)
    for name, value in {
        **caller.headers,
        "Content-Type": "application/jsonl",
        "Content-Length": str(len(body)),
    }.items():
        connected.putheader(name, value)
    connected.endheaders(body[:-50])
    connected.sock.shutdown(socket.SHUT_WR)
    try:
        return answer_of(connected.getresponse())
    finally:
        connected.close()
