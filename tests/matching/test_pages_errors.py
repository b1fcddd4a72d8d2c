from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error


def test_page_not_found_says_where_to_go(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()
    assert 'href="/lists/"' in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (server_error, 500, "Something broke on our side"),
        (lambda request: bad_request(request, ValueError("x")), 400, "We could not read this request"),
        (lambda request: permission_denied(request, ValueError("x")), 403, "This is not open to you"),
        (csrf_failure, 403, "This form is no longer valid"),
    ],
)
def test_error_pages_need_neither_database_nor_session(
    rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse], status: int, words: str
) -> None:
    response = view(rf.get("/"))
    assert response.status_code == status
    assert words in response.content.decode()
    assert "<script>" not in response.content.decode()
