import logging

import pytest

from matching.catalogue import CatalogueEmpty
from smartpick.gunicorn import post_worker_init


def test_post_worker_init_warms_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr("matching.catalogue.catalogue_warm", lambda: warmed.append(True))
    post_worker_init(object())
    assert warmed == [True]


def test_post_worker_init_serves_without_a_catalogue(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nothing() -> None:
        raise CatalogueEmpty("nothing is published")

    monkeypatch.setattr("matching.catalogue.catalogue_warm", nothing)
    with caplog.at_level(logging.WARNING, logger="smartpick"):
        post_worker_init(object())
    assert "load_catalogue" in caplog.text
