import uuid
from datetime import UTC, datetime

import pytest
from django.utils.functional import lazystr
from rest_framework.exceptions import NotAcceptable, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from matching.strict_json import MAX_DEPTH
from smartpick.api_rendering import JsonNegotiation, OrjsonRenderer, json_strict


def test_renderer_writes_what_answers_hold() -> None:
    data = {
        "id": uuid.UUID(int=1),
        "at": datetime(2026, 9, 1, 12, tzinfo=UTC),
        "label": lazystr("Los Angeles"),
        "unknown": None,
        "text": "Qu\u00e9bec",
        "number": 0.1,
    }

    assert (
        OrjsonRenderer().render(data)
        == (
            '{"id":"00000000-0000-0000-0000-000000000001","at":"2026-09-01T12:00:00Z",'
            '"label":"Los Angeles","unknown":null,"text":"Qu\u00e9bec","number":0.1}'
        ).encode()
    )
    assert OrjsonRenderer().render(None) == b""


def test_renderer_refuses_what_is_not_json() -> None:
    with pytest.raises(TypeError, match="not JSON serializable: object"):
        OrjsonRenderer().render({"a": object()})


@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_json_strict_depth(opened: str) -> None:
    closed = "]" if opened == "[" else "}"

    def nested(depth: int) -> bytes:
        return (opened * (depth - 1) + ("[]" if opened == "[" else "{}") + closed * (depth - 1)).encode()

    json_strict(nested(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, 500, 1023, 1024, 1025, 100_000):
        with pytest.raises(ParseError):
            json_strict(nested(depth))


def test_json_strict_wide_is_not_deep() -> None:
    assert json_strict(b"[" + b"[]," * 1000 + b"[]]") == [[]] * 1001


@pytest.mark.parametrize("raw", [b'{"a":1,"a":1}', b'[{"b":{"a":1,"\\u0061":2}}]', b'{"":1,"":2}'])
def test_json_strict_repeated_member(raw: bytes) -> None:
    with pytest.raises(ParseError, match="comes twice"):
        json_strict(raw)


def test_json_strict_same_member_in_two_objects() -> None:
    assert json_strict(b'[{"a":1},{"a":{"a":2}}]') == [{"a": 1}, {"a": {"a": 2}}]


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "*/*",
        "application/json",
        "application/*",
        "text/csv, */*;q=0.1",
        "application/json;q=0.5",
        "text/html",
    ],
)
def test_negotiation_chooses_as_the_framework_would(accept: str | None) -> None:
    headers = {} if accept is None else {"accept": accept}
    request = Request(APIRequestFactory().get("/", headers=headers))
    found: list[object] = []
    for way in (JsonNegotiation(), DefaultContentNegotiation()):
        try:
            renderer, media_type = way.select_renderer(request, [OrjsonRenderer()])
            found.append((type(renderer), media_type))
        except NotAcceptable:
            found.append(406)
    assert found[0] == found[1]
    assert (found[0] == 406) == (accept == "text/html")
