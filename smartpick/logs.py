"""Log lines: one a record, with the id of the request that caused it, and nothing about whom it was for."""

import copy
import logging
import re
from collections.abc import Iterator
from traceback import FrameSummary, TracebackException, format_list
from types import TracebackType

from django.http import HttpRequest

from smartpick.request_id import request_id_current, route_of

# Addresses that open something to whoever has them. Our own lines name the route; this is for all others.
PRIVATE_ADDRESS = re.compile(r"(/(?:l|w|plan/feed|plan/stop)/)[-\w]{8,}")
CELERY_TRACE = "celery.app.trace"


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
    """Keeps a record on one line, so that a log line is a record and nobody's input can forge one.

    Of an error it tells the kind and where it came from. What the error says is left out: a database's says
    which row failed, a validator's what was typed. ``texts`` tells it all the same, for one's own machine.
    """

    def __init__(self, format: str | None = None, datefmt: str | None = None, *, texts: bool = False) -> None:
        super().__init__(format, datefmt)
        self.texts = texts

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # as another handler wrote it, with its text
        if own.name == CELERY_TRACE and isinstance(own.args, dict) and not self.texts:
            own.args = {**own.args, "exc": str(own.args.get("exc", "")).partition("(")[0], "traceback": ""}
        line = PRIVATE_ADDRESS.sub(r"\1…", super().format(own))
        return line.replace("\r", "\\r").replace("\n", "\\n")

    def formatException(  # noqa: N802  (logging calls it so)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        if self.texts or ei[1] is None:
            return super().formatException(ei)
        return "".join(_told(TracebackException.from_exception(ei[1]))).rstrip()


def _told(error: TracebackException) -> Iterator[str]:
    """The way to an error and its kind, after those of the errors that led to it."""
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if led is not None:
        yield from _told(led)
    frames: list[FrameSummary] = list(error.stack)
    yield from format_list(frames)
    kind = error.exc_type
    yield f"{kind.__module__}.{kind.__qualname__}\n" if kind is not None else "error\n"
