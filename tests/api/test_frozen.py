"""Version 1 keeps what it promised, and the comparison that says so sees what is taken away."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from smartpick.api_docs import openapi_document
from tests.api.frozen import FILE, broken, essentials

Promise = dict[str, Any]
CREATE, LIST, READ = "POST /api/v1/matches/", "GET /api/v1/programs/", "GET /api/v1/programs/{program_id}/"


@pytest.fixture(scope="module")
def promise() -> Promise:
    frozen: Promise = json.loads(FILE.read_text())
    return frozen


@pytest.fixture
def today(promise: Promise) -> Promise:
    return copy.deepcopy(promise)


def test_version_1_keeps_its_promise(promise: Promise) -> None:
    """Where this fails, mend the API. Only what was added is written down, by the command in the file."""
    now = json.loads(json.dumps(essentials(openapi_document())))

    assert broken(promise, now) == []
    assert now["operations"].keys() == promise["operations"].keys(), "added: write it down"
    assert now["schemas"].keys() == promise["schemas"].keys(), "added: write it down"


def parameter(name: str, at: str = LIST) -> Callable[[Promise], Promise]:
    return lambda today: today["operations"][at]["parameters"][name]


def schema(name: str) -> Callable[[Promise], Promise]:
    return lambda today: today["schemas"][name]


def member(of: str, name: str) -> Callable[[Promise], Promise]:
    return lambda today: today["schemas"][of]["properties"][name]


def operation(name: str) -> Callable[[Promise], Promise]:
    return lambda today: today["operations"][name]


def top(today: Promise) -> Promise:
    return today


TAKEN: list[tuple[str, Callable[[Promise], Promise], Callable[[Promise], Any]]] = [
    ("GET /api/v1/rings/: gone", top, lambda it: it["operations"].pop("GET /api/v1/rings/")),
    ("its id is another", operation(LIST), lambda it: it.update(id="programs_find")),
    ("its scope is another", operation(LIST), lambda it: it.update(scope="match")),
    ("needs a key now", operation(LIST), lambda it: it.update(key=True)),
    ("the parameter query ring is gone", operation(LIST), lambda it: it["parameters"].pop("query ring")),
    ("query ring is required now", parameter("query ring"), lambda it: it.update(required=True)),
    ("no longer national", parameter("query ring"), lambda it: it["items"]["enum"].remove("national")),
    ("a maximum above 100", parameter("query page_size"), lambda it: it.update(maximum=100)),
    ("a minimum below 2", parameter("query page_size"), lambda it: it.update(minimum=2)),
    ("no longer integer", parameter("query page_size"), lambda it: it.update(type=["string"])),
    ("no longer takes application/json", operation(CREATE), lambda it: it["takes"].clear()),
    ("422 is no longer told", operation(CREATE), lambda it: it["answers"].pop("422")),
    ("204 is a new way", operation(CREATE), lambda it: it["answers"].update({"204": {}})),
    ("200 is no longer given as", operation(LIST), lambda it: it["answers"]["200"]["content"].clear()),
    (
        "no longer has the header X-Request-Id",
        operation(LIST),
        lambda it: it["answers"]["200"]["headers"].remove("X-Request-Id"),
    ),
    ("AnswerRow/fit: gone", schema("AnswerRow"), lambda it: it["properties"].pop("fit")),
    ("AnswerRow/fit: may be missing now", schema("AnswerRow"), lambda it: it["required"].remove("fit")),
    ("ProfileDocument/wishes: gone", schema("ProfileDocument"), lambda it: it["properties"].pop("wishes")),
    ("ties: required now", schema("ProfileDocument"), lambda it: it["required"].append("ties")),
    ("newly null", member("AnswerRow", "selected"), lambda it: it.update(type=["boolean", "null"])),
    ("newly string", member("AnswerRow", "rank"), lambda it: it.update(type=["string"])),
    ("newly a minimum below 1", member("AnswerRow", "rank"), lambda it: it.pop("minimum")),
    ("no longer a maximum above 50", member("MatchOptions", "top"), lambda it: it.update(maximum=50)),
    ("another pattern", member("MatchOptions", "must_exclude"), lambda it: it["items"].update(pattern="^x$")),
    ("a maxItems above 5", member("MatchOptions", "must_exclude"), lambda it: it.update(maxItems=5)),
    ("max_usd: way 1 is no longer taken", member("MatchOptions", "max_usd"), lambda it: it["ways"].pop()),
    (
        "base: way 2 is a new one",
        member("AnswerRow", "base"),
        lambda it: it["ways"].append({"type": ["array"]}),
    ),
]


@pytest.mark.parametrize(("sentence", "place", "take"), TAKEN, ids=[words for words, _, _ in TAKEN])
def test_broken_sees_what_is_taken(
    promise: Promise, today: Promise, sentence: str, place: Any, take: Any
) -> None:
    take(place(today))

    assert any(sentence in said for said in broken(promise, today)), broken(promise, today)


ADDED: list[tuple[str, Callable[[Promise], Promise], Callable[[Promise], Any]]] = [
    ("operation", top, lambda it: it["operations"].update({"GET /api/v1/new/": {}})),
    (
        "optional parameter",
        operation(LIST),
        lambda it: it["parameters"].update({"query new": {"required": False, "type": ["string"]}}),
    ),
    ("value taken", parameter("query ring"), lambda it: it["items"]["enum"].append("moon")),
    ("range taken", parameter("query page_size"), lambda it: it.update(maximum=500)),
    ("value told", member("AnswerRow", "tier"), lambda it: it.get("enum", []).append("sure")),
    (
        "member told",
        schema("AnswerRow"),
        lambda it: (it["properties"].update(new={"type": ["string"]}), it["required"].append("new")),
    ),
    ("member taken", schema("MatchOptions"), lambda it: it["properties"].update(new={"type": ["string"]})),
    ("null no longer told", member("AnswerRow", "base"), lambda it: it["ways"].pop()),
    (
        "problem told",
        operation(LIST),
        lambda it: it["answers"].update({"418": {"content": {}, "headers": []}}),
    ),
    ("form taken", operation(CREATE), lambda it: it["takes"].update({"text/csv": {"type": ["string"]}})),
    ("open to all", operation(READ), lambda it: it.update(key=False)),
]


@pytest.mark.parametrize(("place", "add"), [one[1:] for one in ADDED], ids=[words for words, _, _ in ADDED])
def test_broken_allows_what_is_added(promise: Promise, today: Promise, place: Any, add: Any) -> None:
    add(place(today))

    assert broken(promise, today) == []
