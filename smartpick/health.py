"""``/healthz``: does this process answer, and does its database answer it?

A middleware and not a view, ahead of the checks of host and scheme: probes come by address over plain HTTP.
"""

import json
import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from smartpick.request_id import request_id_current

PATH = "/healthz"

logger = logging.getLogger(__name__)


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path == PATH else self.get_response(request)


def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return problem()
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def problem() -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer.",
        "instance": PATH,
        "request_id": request_id_current(),
    }
    return HttpResponse(
        json.dumps(body),
        status=503,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
