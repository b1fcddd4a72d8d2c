"""One POST to servers that are slow, wrong or hostile: real ones, on this machine."""

import socket
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from urllib3.util import connection as urllib3_connection

from matching.webhooks.sending import Limits, Outcome, request_send
from tests.matching.webhooks.certificates import certificate_files, client_side, server_side
from tests.matching.webhooks.partner import Answer, Partner, Taken, status

SHORT = Limits(connect=0.4, whole=0.5)
HEADERS = {"Content-Type": "application/json", "SmartPick-Event": "run.finished"}
BODY = b'{"id": 1}'


def send(url: str, **more: Any) -> Outcome:
    return request_send(url=url, headers=HEADERS, body=BODY, **{"private": True, **more})


def test_request_send_arrives_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes and headers as given, no proxy of the environment, no cookie."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with Partner(status(204, headers={"Set-Cookie": "a=b"})) as partner:
        outcomes = [send(f"{partner.url}?a=1&b=%20") for _ in range(2)]

    assert [(one.status, one.error, one.arrived) for one in outcomes] == [(204, "", True)] * 2
    for taken in partner.taken:
        assert (taken.path, taken.body) == ("/told/?a=1&b=%20", BODY)
        assert taken.headers["Host"] == f"127.0.0.1:{partner.port}"
        assert taken.headers["Content-Type"] == "application/json"
        assert taken.headers["SmartPick-Event"] == "run.finished"
        assert taken.headers["User-Agent"] == "SmartPick-Webhooks/1"
        assert taken.headers["Content-Length"] == str(len(BODY))
        assert "Cookie" not in taken.headers


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_request_send_follows_no_redirect(code: int) -> None:
    with Partner() as elsewhere, Partner(status(code, headers={"Location": elsewhere.url})) as partner:
        outcome = send(partner.url)

    assert (outcome.status, outcome.arrived) == (code, False)
    assert outcome.error == "Redirects are not followed."
    assert elsewhere.taken == []


@pytest.mark.parametrize(
    ("code", "arrived"), [(200, True), (299, True), (400, False), (410, False), (500, False)]
)
def test_request_send_tells_the_status(code: int, arrived: bool) -> None:
    with Partner(status(code, b"words")) as partner:
        outcome = send(partner.url)

    assert (outcome.status, outcome.arrived, outcome.answer) == (code, arrived, b"words")


def _drip(part: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        handler.wfile.write(part)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    ("part", "code"),
    [(b"", None), (b"HTTP/1.1 200 OK\r\nX-", None), (b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", 200)],
    ids=["status", "headers", "body"],
)
def test_request_send_cuts_what_drips(part: bytes, code: int | None) -> None:
    """A byte now and then begins a socket's own timeout anew: the whole is limited."""
    with Partner(_drip(part)) as partner:
        began = time.monotonic()
        outcome = send(partner.url, limits=SHORT)
        took = time.monotonic() - began

    assert took < 2.0
    assert outcome.milliseconds >= 450
    assert (outcome.status, outcome.error) == (code, "" if code else "No answer in time.")


def test_request_send_cuts_what_goes_on_with_100_continue() -> None:
    def on_and_on(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        while True:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.02)

    with Partner(on_and_on) as partner:
        outcome = send(partner.url, limits=SHORT)

    assert (outcome.status, outcome.error) == (None, "No answer in time.")


def test_request_send_reads_no_more_than_four_kilobytes() -> None:
    written: list[int] = []
    over = Event()

    def pour(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(64):
                written.append(handler.wfile.write(b"x" * 1024 * 1024))
        finally:
            over.set()

    with Partner(pour) as partner:
        outcome = send(partner.url)
        assert over.wait(10)

    assert (outcome.status, len(outcome.answer)) == (200, 4096)
    assert sum(written) < 64 * 1024 * 1024  # the rest found nobody there


def test_request_send_of_a_server_that_takes_nothing() -> None:
    """It listens and never accepts; and where nobody listens at all."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        outcome = send(f"http://127.0.0.1:{port}/", limits=SHORT)
    nobody = send(f"http://127.0.0.1:{port}/", limits=SHORT)

    assert (outcome.status, outcome.error) == (None, "No answer in time.")
    assert (nobody.status, nobody.error) == (None, "No connection.")


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x15\x03\x01\x00\x02\x02", b"HTTP/9 nonsense\r\n"]
)
def test_request_send_of_what_is_not_http(said: bytes) -> None:
    def other(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        handler.wfile.write(said)

    with Partner(other) as partner:
        outcome = send(partner.url)

    assert outcome.status is None
    assert outcome.error in ("The answer was not HTTP.", "The connection broke.")
    assert "SSH" not in outcome.error


def test_request_send_of_a_server_that_hangs_up() -> None:
    def hang_up(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    with Partner(hang_up) as partner:
        outcome = send(partner.url)

    assert (outcome.status, outcome.error) == (None, "The connection broke.")


def test_request_send_proves_the_name(tmp_path: Path) -> None:
    """The connection goes to the address that was looked at; the certificate has to be the name's."""
    files = certificate_files(tmp_path, "office.example.org")
    with Partner(tls=server_side(files)) as partner:
        url = f"https://office.example.org:{partner.port}/told/"
        known = {"tls": client_side(files), "resolve": lambda host, port: ["127.0.0.1"]}
        good = send(url, **known)
        other_name = send(url.replace("office", "another"), **known)
        unknown = send(url, resolve=known["resolve"])

    assert (good.status, good.error) == (204, "")
    assert partner.taken[0].headers["Host"] == f"office.example.org:{partner.port}"
    assert other_name.status is None
    assert "mismatch" in other_name.error
    assert unknown.status is None
    assert "self" in unknown.error
    assert len(partner.taken) == 1


def test_request_send_cuts_a_handshake_that_drips() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        began = time.monotonic()
        outcome = send(url, limits=SHORT)
        took = time.monotonic() - began

    assert outcome.status is None
    assert outcome.error in ("No connection in time.", "No answer in time.")
    assert took < 2.0


def test_request_send_looks_the_name_up_once(tmp_path: Path) -> None:
    """A name that leads elsewhere the second time (DNS rebinding) is not asked a second time."""
    with Partner(host="127.0.0.2") as first, Partner(host="127.0.0.1", port=first.port) as second:
        answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])
        url = f"http://office.example.org:{first.port}/"
        outcome = send(url, resolve=lambda host, port: next(answers))

    assert outcome.status == 204
    assert len(first.taken) == 1
    assert second.taken == []


def test_request_send_connects_to_what_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public at the look and loopback at the next: the connection asks for the public address by number."""
    asked: list[Any] = []

    def create_connection(address: Any, *args: Any, **kwargs: Any) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(urllib3_connection, "create_connection", create_connection)
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])

    outcome = send("https://rebind.example.org/", private=False, resolve=lambda host, port: next(answers))
    refused = send("https://rebind.example.org/", private=False, resolve=lambda host, port: next(answers))

    assert asked == [("93.184.215.14", 443)]
    assert outcome.error == "No connection."
    assert refused.error == "The host's name leads to an address that is not public."
    assert (outcome.status, refused.status) == (None, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254"])
def test_request_send_never_reaches_inside(host: str) -> None:
    with Partner() as partner:
        outcome = send(f"http://{host}:{partner.port}/", private=False)

    assert (outcome.status, outcome.error) == (
        None,
        "The host's name leads to an address that is not public.",
    )
    assert partner.taken == []


def test_request_send_tries_the_next_address() -> None:
    with Partner(host="127.0.0.3") as partner:
        url = f"http://office.example.org:{partner.port}/"
        outcome = send(url, resolve=lambda host, port: ["127.0.0.4", "127.0.0.3"], limits=Limits(connect=1))

    assert outcome.status is not None
    assert len(partner.taken) == 1
