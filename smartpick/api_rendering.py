"""JSON in and out: strict in what is read, orjson for what is written."""

from collections.abc import Iterable, Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.functional import Promise
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from matching import strict_json

CHARSETS = ("utf-8", "utf8")


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body may have at most {limit} bytes.")


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: object) -> str:
    if isinstance(value, Promise):  # a label still to be translated
        return str(value)
    raise TypeError(f"not JSON: {type(value).__name__}")


class JsonNegotiation(DefaultContentNegotiation):
    """Who accepts nothing but JSON, which is most callers, gets it without weighing media types."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        if request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", first.media_type):
            return first, first.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return chosen


class StrictJSONParser(BaseParser):
    """RFC 8259 to the letter: no repeated member, NaN or lone surrogate, and UTF-8 alone."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request = (parser_context or {})["request"]
        charset = request.content_params.get("charset", "utf-8")
        if charset.lower() not in CHARSETS:
            raise UnsupportedMediaType(f"application/json; charset={charset}", "JSON is read as UTF-8 only.")
        limit = settings.API_MAX_BODY_BYTES
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
            raise BodyTooLarge(limit)
        return json_strict(stream.read(limit))


def json_strict(raw: bytes) -> Any:
    """Parse, or raise ParseError with the place."""
    try:
        return strict_json.json_strict(raw)
    except strict_json.NotJSON as error:
        raise ParseError(str(error)) from None
