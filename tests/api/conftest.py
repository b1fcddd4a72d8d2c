"""A small published catalogue, callers with and without a key, and what a problem must look like."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from matching.api.keys import ApiKeyAuthentication, api_key_create
from programs.services import data_version_publish
from smartpick.api_access import ScopeThrottle
from tests.matching.factories import program_make

KeyMaker = Callable[..., dict[str, str]]


@pytest.fixture
def catalogue(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of what is published: two tracks of one program and four more programs."""
    monkeypatch.setattr("matching.catalogue.CHECK_SECONDS", 0.0)  # each test publishes its own
    ids = [f"sp0000{number}" for number in range(1, 6)]
    for track_id in ids:
        program_make(track_id)
    second = program_make("sp00006", program_key="p00005", track="primary-care")
    data_version_publish()
    return [*ids, second.pk]


@pytest.fixture
def client() -> Client:
    """Reports a 500 as an answer, as a caller would see it."""
    return Client(raise_request_exception=False)


@pytest.fixture
def key_headers(db: None) -> KeyMaker:
    """Headers of a new key with every scope, unless told otherwise."""

    def make(**values: Any) -> dict[str, str]:
        values = {"name": "partner", "scopes": ["programs:read", "match"], **values}
        return {"authorization": f"Api-Key {api_key_create(**values)[1]}"}

    return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds by which rates are counted; they stand still until a test moves them."""
    now = [1_800_000_000.0]
    for counts in (ScopeThrottle, ApiKeyAuthentication):
        monkeypatch.setattr(counts, "clock", staticmethod(lambda: now[0]))
    return now


def problem_of(response: Any, status: int) -> dict[str, Any]:
    """The problem a response holds, after checking that it is one in every respect."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance", "request_id"} <= problem.keys()
    assert problem["status"] == status
    assert problem["request_id"] == response["X-Request-Id"]
    assert problem["detail"]
    return problem


def row_counts() -> dict[str, int]:
    """Rows of every table of ours: nothing may change where a request is refused."""
    return {
        model._meta.label: model._default_manager.count()
        for app in ("programs", "applicants", "matching", "sessions")
        for model in apps.get_app_config(app).get_models()
    }
