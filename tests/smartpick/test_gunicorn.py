import gc
import json
import logging
import socket
from types import SimpleNamespace

import pytest
from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.config import Config  # type: ignore[import-untyped]

from matching.catalogue import CatalogueEmpty
from smartpick.gunicorn import GC_EVERY, QuietLogger, post_worker_init
from smartpick.logs import OneLineFormatter


def test_post_worker_init_warms_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr("matching.catalogue.catalogue_warm", lambda: warmed.append(True))
    before = gc.get_threshold()
    try:
        post_worker_init(SimpleNamespace(notify=lambda: None))
        assert (warmed, gc.get_threshold()[0]) == ([True], GC_EVERY)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_server_leaves_out_the_address_of_a_request_that_broke(caplog: pytest.LogCaptureFixture) -> None:
    logger = QuietLogger(Config())
    logger.error_log.propagate = True
    try:
        raise OSError("marker")
    except OSError:
        logger.exception("Error handling request %s %s", "GET", "/l/marker-token/")
    assert [record.getMessage() for record in caplog.records] == ["Error handling a request"]
    assert all(isinstance(each.formatter, OneLineFormatter) for each in logger.error_log.handlers)


def test_post_worker_init_serves_without_a_catalogue(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nothing() -> None:
        raise CatalogueEmpty("nothing is published")

    monkeypatch.setattr("matching.catalogue.catalogue_warm", nothing)
    with caplog.at_level(logging.WARNING, logger="smartpick"):
        post_worker_init(SimpleNamespace(notify=lambda: None))
    assert "load_catalogue" in caplog.text


def test_server_refuses_what_is_no_http_by_a_problem() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        util.write_error(ours, 400, "Bad Request", "Invalid HTTP Header: <b>marker</b>")
        ours.shutdown(socket.SHUT_WR)
        head, _, body = theirs.recv(4096).partition(b"\r\n\r\n")

    problem = json.loads(body)
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"Content-Type: application/problem+json" in head
    assert f"X-Request-Id: {problem['request_id']}".encode() in head
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert b"marker" not in body
