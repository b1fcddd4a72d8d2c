"""One id for each request, in its answer, in every log line it causes and in every problem it reports."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")

logger = logging.getLogger("smartpick.access")
_current: ContextVar[str] = ContextVar("request_id", default="-")


def request_id_current() -> str:
    """The id of the request being answered, "-" outside one."""
    return _current.get()


class RequestIdMiddleware:
    """Takes a caller's sane id or makes one, sends it back, and writes one access line for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        request_id = sent if SANE.fullmatch(sent) else uuid.uuid4().hex
        token = _current.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            log_access(request, response, time.perf_counter() - started)
            return response
        finally:
            _current.reset(token)


def log_access(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    # Static files and probes reach no route; they are not worth a line each unless they fail.
    level = logging.INFO if request.resolver_match or response.status_code >= 400 else logging.DEBUG
    route, milliseconds = route_of(request), round(seconds * 1000)
    logger.log(level, "%s %s %s %d ms", request.method, route, response.status_code, milliseconds)


def route_of(request: HttpRequest) -> str:
    """The URL pattern that answered, never the path: paths hold private links and queries hold searches."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no route)"
