"""The body of an upload as a stream: read once, in pieces, straight from the server, and never held whole."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.request import Request

from matching.api.alive import alive_tell
from matching.cohorts.forms import FORMS, Form, Readable
from matching.cohorts.reading.counted import Counted, inflated, too_large

CHARSETS = ("utf-8", "utf8")
PACKED = {"": False, "identity": False, "gzip": True, "x-gzip": True}
PIECE = 64 * 1024
MEGABYTE = 1024 * 1024


class Body(NamedTuple):
    """``stream``: what was sent, unpacked where it came packed."""

    form: Form
    stream: Readable


class Sent:
    """The bytes as they come over the wire: all, or ParseError; and CohortTooLarge beyond ``limit``."""

    def __init__(self, source: Readable, *, length: int | None, limit: int) -> None:
        self._source = source
        self._known, self._left = length is not None, limit if length is None else length
        self._limit = limit

    def read(self, size: int = PIECE, /) -> bytes:
        most = PIECE if size < 0 else size
        if self._known:
            most = min(most, self._left)
        if not most:
            return b""
        try:
            piece = self._source.read(most)
        except OSError:  # the connection is gone, or the chunks of the transfer are not as they should be
            raise broken_off() from None
        if self._known and not piece:
            raise broken_off()
        self._left -= len(piece)
        if self._left < 0:
            raise too_large(self._limit)
        return piece


class Paced:
    """The server hears of each megabyte. A line slower than one in its half a minute is given up: a byte sent
    now and then must not hold a process for ever."""

    def __init__(self, source: Readable) -> None:
        self._source, self._read = source, 0

    def read(self, size: int = PIECE, /) -> bytes:
        piece = self._source.read(size)
        before, self._read = self._read, self._read + len(piece)
        if self._read // MEGABYTE > before // MEGABYTE:
            alive_tell()
        return piece


def body_of(request: Request) -> Body:
    """By the headers alone raises UnsupportedMediaType, CohortTooLarge and ParseError: nothing is read yet.
    The stream raises the last two as well, and CohortUnreadable where it is not packed as it says."""
    http = request._request
    form = _form(http)
    encoding = http.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in PACKED:
        raise UnsupportedMediaType("", "Content-Encoding: identity and gzip are taken.")
    limit = bytes_at_most()
    length = _length(http)
    if length is not None and length > limit:
        raise too_large(limit)
    sent = Sent(_stream(http, length), length=length, limit=limit)
    return Body(form, Paced(inflated(sent, limit) if PACKED[encoding] else sent))


def bytes_at_most() -> int:
    return int(settings.COHORT_MAX_MB) * MEGABYTE


def digest_of(stream: Readable) -> str:
    """As staging tells it. Reads all of the body and keeps nothing."""
    counted = Counted(stream, bytes_at_most())
    while counted.read(PIECE):
        pass
    return counted.digest


def broken_off() -> ParseError:
    return ParseError("The body broke off before its end; nothing was kept.")


def _form(http: HttpRequest) -> Form:
    form = FORMS.get((http.content_type or "").lower())
    if form is None:
        raise UnsupportedMediaType("", f"A cohort is sent as one of: {', '.join(FORMS)}.")
    charset = str((http.content_params or {}).get("charset", "utf-8"))
    if charset.lower() not in CHARSETS:
        raise UnsupportedMediaType("", "A cohort is read as UTF-8 only.")
    return form


def _length(http: HttpRequest) -> int | None:
    """Of the body as it is sent; None where the transfer itself tells its end."""
    if "chunked" in http.headers.get("Transfer-Encoding", "").lower():
        if not http.META.get("wsgi.input_terminated"):
            raise ParseError("This server needs a Content-Length.")
        return None
    text = str(http.META.get("CONTENT_LENGTH") or "0")
    if not (text.isascii() and text.isdigit()):
        raise ParseError("Content-Length is not a number.")
    return int(text)


def _stream(http: HttpRequest, length: int | None) -> Readable:
    # Django gives no body to a request without a length; the server's own stream ends where the chunks do.
    source: Any = http if length is not None else http.META["wsgi.input"]
    return source  # type: ignore[no-any-return]
