import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from smartpick.request_id import RequestIdMiddleware, request_id_current


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request_id_current())


def test_request_id_sane_is_echoed_and_current(rf: RequestFactory) -> None:
    response = RequestIdMiddleware(answer)(rf.get("/", headers={"X-Request-Id": "a-1.b_2"}))
    assert response["X-Request-Id"] == "a-1.b_2"
    assert response.content == b"a-1.b_2"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "a\nb", "<script>", "é"])
def test_request_id_other_is_replaced(rf: RequestFactory, sent: str) -> None:
    response = RequestIdMiddleware(answer)(rf.get("/", HTTP_X_REQUEST_ID=sent))
    assert response["X-Request-Id"] != sent
    assert len(response["X-Request-Id"]) == 32


def test_request_id_is_gone_after_the_request(rf: RequestFactory) -> None:
    RequestIdMiddleware(answer)(rf.get("/"))
    assert request_id_current() == "-"


def test_request_id_is_gone_after_an_error(rf: RequestFactory) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(broken)(rf.get("/"))
    assert request_id_current() == "-"


def test_access_line_names_route_and_no_path_or_query(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    request = rf.get("/programs/sp00001/?search=secret")
    request.resolver_match = resolve("/programs/sp00001/")
    with caplog.at_level(logging.INFO, logger="smartpick.access"):
        RequestIdMiddleware(answer)(request)
    line = caplog.messages[0]
    assert line.startswith("GET /programs/<")
    assert " 200 " in line
    assert "secret" not in line
    assert "sp00001" not in line


@pytest.mark.parametrize(("status", "level"), [(200, logging.DEBUG), (404, logging.INFO)])
def test_access_line_without_a_route_is_quiet_unless_it_fails(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture, status: int, level: int
) -> None:
    middleware = RequestIdMiddleware(lambda request: HttpResponse(status=status))
    with caplog.at_level(logging.DEBUG, logger="smartpick.access"):
        middleware(rf.get("/no/such/page"))
    (line,) = caplog.records
    assert line.levelno == level
    assert line.getMessage().startswith(f"GET (no route) {status} ")
