"""Whatever goes wrong under /api/ is a problem, never HTML, and carries the request's id."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from smartpick.urls import urlpatterns as site_urls
from tests.api.conftest import problem_of

FAILURES: dict[str, Exception] = {}


class FailingView(APIView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        raise FAILURES["now"]


def failing_page(request: HttpRequest) -> HttpResponse:
    raise FAILURES["now"]


urlpatterns = [path("api/v1/failing/", FailingView.as_view()), path("api/plain/", failing_page), *site_urls]


@pytest.fixture
def failing(client: Client, settings: Settings) -> Iterator[Any]:
    """Calls a view that raises what it is given."""
    settings.ROOT_URLCONF = __name__

    def call(error: Exception, url: str = "/api/v1/failing/") -> Any:
        FAILURES["now"] = error
        return client.get(url)

    yield call
    FAILURES.clear()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404("secret words"), 404),
        (PermissionDenied("secret words"), 403),
        (SuspiciousOperation("secret words"), 400),
        (UnreadablePostError("secret words"), 400),
        (NotAcceptable(), 406),
        (OperationalError("secret words"), 503),
        (RedisConnectionError("secret words"), 503),
        (RuntimeError("secret words"), 500),
        (RecursionError("secret words"), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_error_is_a_problem_that_tells_no_secrets(failing: Any, error: Exception, status: int) -> None:
    response = failing(error)

    problem_of(response, status)
    assert b"secret" not in response.content
    assert ("Retry-After" in response) is (status == 503)


def test_error_unforeseen_is_logged_with_its_traceback(
    failing: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        failing(RuntimeError("what happened"))

    (record,) = [one for one in caplog.records if one.name == "smartpick.api_errors"]
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "what happened"


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(("error", "status"), [(RuntimeError("secret"), 500), (Http404("secret"), 404)])
def test_error_of_a_plain_view_is_a_problem(
    failing: Any, settings: Settings, debug: bool, error: Exception, status: int
) -> None:
    """Also the pages Django shows developers."""
    settings.DEBUG = debug

    response = failing(error, "/api/plain/")

    problem_of(response, status)
    assert b"secret" not in response.content
    assert response["X-Content-Type-Options"] == "nosniff"


def test_error_of_query_parameters_names_each(failing: Any) -> None:
    faults: Any = {"page_size": ["Too large.", "Not even."], "ring": {"0": ["Unknown."]}}

    problem = problem_of(failing(ValidationError(faults)), 400)

    assert [(fault["pointer"], fault["in"], fault["detail"]) for fault in problem["errors"]] == [
        ("/page_size", "query", "Too large."),
        ("/page_size", "query", "Not even."),
        ("/ring/0", "query", "Unknown."),
    ]


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize(
    "url",
    ["/api/", "/api/v1/", "/api/v2/matches/", "/api/v1/matches", "/api/v1/m\u00e4tches/", "/api/v1/%ff%fe/"],
)
def test_nothing_here_is_a_problem(
    client: Client, settings: Settings, debug: bool, method: str, url: str
) -> None:
    """Also without the last slash: no redirect, and no lecture about redirects."""
    settings.DEBUG = debug

    problem_of(getattr(client, method)(url), 404)


@pytest.mark.parametrize("url", ["/api/v1/matches/?a=%00", "/api/v1/a%00b/"])
def test_nul_in_the_address_is_a_problem(client: Client, url: str) -> None:
    problem_of(client.get(url), 400)


def test_host_not_ours_is_a_problem(client: Client) -> None:
    problem_of(client.get("/api/v1/matches/", headers={"host": "elsewhere.example"}), 400)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_accept_of_what_is_not_made_is_a_problem(client: Client, accept: str) -> None:
    problem_of(client.post("/api/v1/matches/", b"{}", "application/json", headers={"accept": accept}), 406)


def test_accept_cannot_be_said_in_the_query(client: Client, db: None) -> None:
    problem_of(client.post("/api/v1/matches/?format=html", b"[", "application/json"), 400)


def test_request_id_is_echoed_where_sane(client: Client) -> None:
    sane = client.get("/api/v1/x/", headers={"x-request-id": "partner-42"})
    other = client.get("/api/v1/x/", headers={"x-request-id": "<script>"})

    assert problem_of(sane, 404)["request_id"] == "partner-42"
    assert problem_of(other, 404)["request_id"] not in ("<script>", "partner-42")


def test_pages_keep_their_own_errors(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_answers_are_for_one_caller(client: Client) -> None:
    response = client.get("/api/v1/schema/")

    assert response["Cache-Control"] == "private, no-cache"
    assert "Authorization" in response["Vary"]


def test_get_answers_304_and_gzip(client: Client) -> None:
    first = client.get("/api/v1/schema/")
    again = client.get("/api/v1/schema/", headers={"if-none-match": first["ETag"]})
    packed = client.get("/api/v1/schema/", headers={"accept-encoding": "gzip"})

    assert (again.status_code, again.content) == (304, b"")
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(first.content) / 2
    assert client.get("/api/v1/schema/", headers={"if-none-match": packed["ETag"]}).status_code == 304
