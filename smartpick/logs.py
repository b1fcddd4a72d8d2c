"""Log lines: one a record, with the id of the request that caused it."""

import logging

from django.http import HttpRequest

from smartpick.request_id import request_id_current, route_of


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id_current()
        return True


class RouteFilter(logging.Filter):
    """Puts the route where Django's records of a failed request name its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = route_of(request)
            record.args = tuple(route if each == request.path else each for each in record.args)
        return True


class OneLineFormatter(logging.Formatter):
    """Keeps a record on one line, so that a log line is a record and nobody's input can forge one."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")
