"""What holds for every answer of the API, asked at every address there is."""

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from matching.models.api_key import SCOPES
from tests.api.conftest import KeyMaker, problem_of
from tests.api.owned import OWNED, V1, addresses
from tests.matching.factories import link_make, list_make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

Headers = dict[str, str]
EVERY = list(addresses())
WITHOUT_LIMIT = {f"{V1}schema/", f"{V1}docs/"}
LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


@pytest.fixture
def headers(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=list(SCOPES), rate="100000/min")


@pytest.fixture
def paths(headers: Headers) -> dict[str, str]:
    """Every address with what there is to read at it, by its pattern."""
    values = {name: make(headers) for name, make in OWNED.items()}
    values |= {"program_id": "sp00001", "token": link_make(list_make()).token}
    return {address.path: address.of(values) for address in EVERY}


def ask(method: str, path: str, headers: Headers, **more: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    client = Client(raise_request_exception=False)
    return client.generic(method, path, b"", headers={**headers, **named})


def read(paths: dict[str, str], headers: Headers) -> dict[str, Any]:
    """What GET answers, by path, where it may be asked."""
    answers = {path: ask("GET", path, headers) for path in paths.values()}
    return {path: answer for path, answer in answers.items() if answer.status_code != 405}


def test_every_get_says_what_every_answer_says(paths: dict[str, str], headers: Headers) -> None:
    for path, answer in read(paths, headers).items():
        assert answer.status_code == 200, path
        assert re.fullmatch("[0-9a-f]{32}", answer["X-Request-Id"]), path
        assert "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"], path
        assert "Authorization" in answer["Vary"], path
        told = [answer.get(name) for name in LIMITS]
        if path in WITHOUT_LIMIT:
            assert told == [None] * 3
        else:
            assert all(str(value).isdigit() for value in told), (path, told)
            assert int(told[1]) < int(told[0])


def test_every_get_answers_304_to_who_has_it(paths: dict[str, str], headers: Headers) -> None:
    for path, answer in read(paths, headers).items():
        if (tag := answer.get("ETag")) is None:
            assert answer.streaming, path  # its length nobody knows before it ends
            continue
        ways = (tag, f"W/{tag}", f'"other", {tag}', f'W/"other" , W/{tag},"third"', "*")
        large = len(answer.content) > 100_000  # the document: once is enough
        for held in ways[:1] if large else ways:
            again = ask("GET", path, headers, if_none_match=held)
            assert (again.status_code, again.content) == (304, b""), (path, held)
            assert again["ETag"] == tag
            assert again["X-Request-Id"] != answer["X-Request-Id"]
            assert (again.get("RateLimit-Limit") is None) == (path in WITHOUT_LIMIT)
        for other in () if large else ('"other"', tag.strip('"'), f"{tag[:-2]}0", '""', "", "nonsense, ,"):
            if other != tag:
                assert ask("GET", path, headers, if_none_match=other).status_code == 200, (path, other)


def test_every_get_is_packed_for_who_can_unpack(paths: dict[str, str], headers: Headers) -> None:
    packed = 0
    for path, answer in read(paths, headers).items():
        if answer.streaming:
            continue
        smaller = ask("GET", path, headers, accept_encoding="gzip, deflate, br")
        if smaller.get("Content-Encoding") != "gzip":
            assert len(answer.content) < 1000, path
            continue
        packed += 1
        assert gzip.decompress(smaller.content) == answer.content
        assert "Accept-Encoding" in smaller["Vary"]
        assert smaller["ETag"] == f"W/{answer['ETag']}"
        for held in (smaller["ETag"], answer["ETag"]):
            again = ask("GET", path, headers, accept_encoding="gzip", if_none_match=held)
            assert (again.status_code, again.content) == (304, b"")
        assert "Content-Encoding" not in ask("GET", path, headers, accept_encoding="br")
    assert packed >= 5


def test_every_get_has_its_head(paths: dict[str, str], headers: Headers) -> None:
    for path, answer in read(paths, headers).items():
        head = ask("HEAD", path, headers)
        assert (head.status_code, head["Content-Type"]) == (200, answer["Content-Type"]), path
        assert b"".join(head.streaming_content if head.streaming else [head.content]) == b""
        assert head.get("Content-Length") == answer.get("Content-Length")
        assert head.get("RateLimit-Limit") == answer.get("RateLimit-Limit")


def test_every_address_refuses_other_methods(paths: dict[str, str], headers: Headers) -> None:
    """OPTIONS like any other: no page of another site is meant to ask with a partner's key."""
    for pattern, path in paths.items():
        answers = {
            method: ask(method, path, headers) for method in ("OPTIONS", "PUT", "PATCH", "TRACE", "FOO")
        }
        for method, refused in answers.items():
            problem_of(refused, 405)
            allowed = refused["Allow"].split(", ")
            assert set(allowed) <= {"GET", "HEAD", "POST", "DELETE"}, (pattern, allowed)
            assert method not in allowed
            assert ("GET" in allowed) == ("HEAD" in allowed)
            assert (refused.get("RateLimit-Limit") is None) == (path in WITHOUT_LIMIT)


def test_every_address_refuses_what_it_cannot_write(paths: dict[str, str], headers: Headers) -> None:
    for path in paths.values():
        if path != f"{V1}docs/":  # the one page
            problem_of(ask("GET", path, headers, accept="image/png"), 406)


def test_every_refusal_is_a_problem(paths: dict[str, str], key_headers: KeyMaker, settings: Settings) -> None:
    """Whoever asks, however: an error is never HTML, and after the key is known it says how much is left."""
    settings.API_RATE_WRONG_KEYS = "100000/min"
    outsiders = {
        401: {"authorization": "Api-Key abcdefgh.abcdefghijklmnopqrstuvwxyzABCDEF"},
        403: key_headers(networks=["192.0.2.0/24"], rate="100000/min"),
    }
    for path in paths.values():
        if path in WITHOUT_LIMIT:
            continue
        for status, refused in outsiders.items():
            answer = ask("GET", path, refused)
            problem_of(answer, status)
            assert all(name in answer for name in LIMITS), path
            assert "ETag" not in answer


@pytest.mark.parametrize("sent", ["a-1.b_2", "x" * 64])
def test_request_id_comes_back(headers: Headers, sent: str) -> None:
    for path in (f"{V1}rings/", f"{V1}nothing/", f"{V1}matches/1/"):
        assert ask("GET", path, headers, x_request_id=sent)["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["x" * 65, "a b", "a/b", "<script>", "\u00e9", "a,b"])
def test_request_id_that_is_not_sane_is_replaced(headers: Headers, sent: str) -> None:
    answer = ask("GET", f"{V1}matches/1/", headers, x_request_id=sent)

    assert re.fullmatch("[0-9a-f]{32}", answer["X-Request-Id"])
    assert problem_of(answer, 404)["request_id"] == answer["X-Request-Id"]


@pytest.mark.parametrize("size", [1, 4, 200])
def test_pages_lead_there_and_back(headers: Headers, size: int) -> None:
    """By what was answered alone: the addresses hold all that is needed, filters too."""
    there = walk(f"{V1}programs/?state=CA&page_size={size}", "next", headers)
    back = walk(there[-1][0], "previous", headers)

    assert [ids for _, ids in back[::-1]] == [ids for _, ids in there]
    assert sum(len(ids) for _, ids in there) == 6
    assert all("state=CA" in url for url, _ in there + back)


def walk(url: str | None, way: str, headers: Headers) -> list[tuple[str, list[str]]]:
    pages = []
    while url:
        answer = ask("GET", url.removeprefix("http://testserver"), headers)
        page = json.loads(answer.content)
        pages.append((url, [row["id"] for row in page["results"]]))
        url = page[way]
    return pages


@pytest.mark.parametrize("change", ["cut", "turned", "swapped"])
def test_cursor_changed_by_hand_is_a_fault(headers: Headers, change: str) -> None:
    cursor = walk(f"{V1}programs/?page_size=2", "next", headers)[1][0].split("cursor=")[1].split("&")[0]
    body, _, signature = cursor.rpartition("%3A")
    made = {
        "cut": cursor[:-1],
        "turned": f"{body[::-1]}%3A{signature}",
        "swapped": f"{signature}%3A{body}",
    }[change]

    answer = ask("GET", f"{V1}programs/?page_size=2&cursor={made}", headers)

    assert [fault["pointer"] for fault in problem_of(answer, 400)["errors"]] == ["/cursor"]
