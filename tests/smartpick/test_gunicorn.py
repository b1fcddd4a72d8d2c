import gc
import logging
from types import SimpleNamespace

import pytest
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
