"""JSON in and out: strict in what is read, orjson for what is written."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.functional import Promise
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

MAX_DEPTH = 32
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
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error}.") from None
    # Counting brackets bounds the depth from above; only a body with many of them is walked.
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        raise ParseError(f"The body is nested more than {MAX_DEPTH} deep.")
    _UNIQUE.decode(raw.decode())  # valid JSON by now: read again only to see the members orjson drops
    return value


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        repeated = next(name for name, count in counts.items() if count > 1)
        raise ParseError(f"The member {repeated[:80]!r} comes twice in one object.")
    return members


_UNIQUE = json.JSONDecoder(object_pairs_hook=_unique)
