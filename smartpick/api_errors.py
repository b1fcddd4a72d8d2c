"""Every failure of the API as one shape: application/problem+json (RFC 9457).

``type`` is always about:blank: the status says what kind it is, ``detail`` and ``errors`` say the rest.
A fault's ``pointer`` is a JSON pointer into the body; into the query parameters where ``in`` is "query".
"""

import logging
import math
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.encoding import escape_uri_path
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.views import set_rollback

from matching.api.errors import RequestInvalid
from smartpick.request_id import request_id_current

MEDIA_TYPE = "application/problem+json"
PART_DOWN = (OperationalError, InterfaceError, RedisConnectionError, RedisTimeoutError)
RETRY_AFTER_DOWN = "5"
DJANGO_ERRORS = (
    (Http404, 404, "There is nothing here, or it is not yours."),
    (PermissionDenied, 403, "This is not allowed."),
    (UnreadablePostError, 400, "The body broke off before its stated length."),
    (SuspiciousOperation, 400, "The request cannot be read."),
)

logger = logging.getLogger(__name__)


def problem_response(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": escape_uri_path(request.path),
        "request_id": request_id_current(),
    }
    if faults := list(errors):
        body["errors"] = faults
    return HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE, headers=headers)


def problem_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """REST_FRAMEWORK's exception handler. What nobody foresaw is logged, reported and answered 500."""
    request: HttpRequest = context["request"]._request
    set_rollback()
    if isinstance(exc, APIException):
        return _from_api_exception(request, exc)
    for kind, status, detail in DJANGO_ERRORS:
        if isinstance(exc, kind):
            return problem_response(request, status, detail)
    if isinstance(exc, PART_DOWN):
        logger.error("a part is down", exc_info=exc)
        detail = "A part this needs is down; nothing was lost or stored. Try again."
        return problem_response(request, 503, detail, headers={"Retry-After": RETRY_AFTER_DOWN})
    logger.error("unforeseen", exc_info=exc)
    got_request_exception.send(sender=None, request=request)
    return problem_response(
        request, 500, "Something failed on our side; the request id names it in our logs."
    )


def _from_api_exception(request: HttpRequest, exc: APIException) -> HttpResponse:
    headers: dict[str, str] = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, math.ceil(wait)))
    if exc.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER_DOWN
    if isinstance(exc, RequestInvalid):
        return problem_response(request, exc.status_code, str(exc.detail), errors=exc.errors, headers=headers)
    if isinstance(exc, ValidationError):
        errors = list(_query_faults(exc.get_full_details()))
        return problem_response(
            request, exc.status_code, "A query parameter is not valid.", errors=errors, headers=headers
        )
    return problem_response(request, exc.status_code, str(exc.detail), headers=headers)


def _query_faults(details: Any, pointer: str = "") -> Iterable[dict[str, str]]:
    """DRF's nested details as a flat list. The API's bodies never come this way, only query parameters."""
    if isinstance(details, Mapping) and {"message", "code"} == set(details):
        yield {
            "pointer": pointer,
            "in": "query",
            "code": str(details["code"]),
            "detail": str(details["message"]),
        }
    elif isinstance(details, Mapping):
        for name, inner in details.items():
            yield from _query_faults(inner, f"{pointer}/{name}")
    else:
        for inner in details:
            yield from _query_faults(inner, pointer)
