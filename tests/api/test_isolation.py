"""Object by object: no partner can tell that another's exists, by no address, method, header or count."""

import gzip
import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from matching.models import Cohort, CohortChunk, IdempotencyKey, Match, MatchRun, Webhook, WebhookDelivery
from matching.models.api_key import SCOPES
from matching.services import run_score
from tests.api.bodies import changed
from tests.api.cohort_calls import applicants, as_jsonl, send
from tests.api.conftest import KeyMaker
from tests.api.owned import HOOK, OF_ALL, OWNED, V1, Address, addresses, never_was

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

Headers = dict[str, str]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EVERY = list(addresses())
WITH_OWNER = [address for address in EVERY if set(address.parameters) & OWNED.keys()]
# Of each answer's own: the rest must be the same to the byte.
OWN = {"x-request-id", "ratelimit-remaining", "ratelimit-reset", "content-length"}
BODY = b'{"url": "https://other.example/", "store": true}'
ASKED: tuple[Headers, ...] = (
    {},
    {"if-none-match": "*"},
    {"if-match": "*"},
    {"accept": "text/csv"},
    {"accept-encoding": "gzip"},
    {"idempotency-key": "order-1"},
    {"range": "bytes=0-1"},
)


@pytest.fixture
def owner(key_headers: KeyMaker) -> Headers:
    return key_headers(name="owner", scopes=list(SCOPES), rate="100000/min")


@pytest.fixture
def other(key_headers: KeyMaker) -> Headers:
    return key_headers(name="other", scopes=list(SCOPES), rate="100000/min")


@pytest.fixture
def hers(owner: Headers) -> dict[str, str]:
    """One of everything the owner may have, by the parameter that names it."""
    return {name: make({**owner, "idempotency-key": f"of-{name}"}) for name, make in OWNED.items()}


def ask(method: str, path: str, headers: Headers) -> Any:
    client = Client(raise_request_exception=False)
    return client.generic(method, path, BODY, "application/json", headers=headers)


def told(response: Any, path: str) -> tuple[int, dict[str, str], bytes]:
    """All of an answer but what is its own; the address that was asked for stands as PATH."""
    headers = {name.lower(): value for name, value in response.items() if name.lower() not in OWN}
    content = response.content
    # Whether so short an answer is packed at all hangs on the padding, which is drawn by lot.
    if headers.pop("content-encoding", "") == "gzip" and content:
        content = gzip.decompress(content)
    if response.get("Content-Type") == "application/problem+json" and content:
        problem = json.loads(content)
        del problem["request_id"]
        content = json.dumps(problem).encode()
    return response.status_code, headers, content.replace(path.encode(), b"PATH")


def never(address: Address) -> dict[str, str]:
    return {name: never_was(name) for name in address.parameters}


def everything_kept() -> str:
    kinds = (Match, Cohort, CohortChunk, Webhook, WebhookDelivery, IdempotencyKey)
    rows = [row for kind in kinds for row in kind._default_manager.order_by("pk")]
    return str(serializers.serialize("json", rows))


def test_every_id_of_the_api_is_known_here() -> None:
    """An address that names something new: say in tests/api/owned.py whose it is."""
    named = {name for address in EVERY for name in address.parameters}

    assert named == OWNED.keys() | OF_ALL
    assert not OWNED.keys() & OF_ALL


def test_owner_reads_what_she_has(owner: Headers, hers: dict[str, str]) -> None:
    """Else the rest of this module would show nothing."""
    read = 0
    for address in WITH_OWNER:
        response = ask("GET", address.of(hers), owner)
        assert response.status_code in (200, 405), (address, response.status_code)
        read += response.status_code == 200
    assert read >= len(OWNED)


def test_anothers_is_as_what_never_was(owner: Headers, other: Headers, hers: dict[str, str]) -> None:
    """At every address, for every method and way to ask; nothing is changed by it."""
    before = everything_kept()

    for address, method in itertools.product(WITH_OWNER, METHODS):
        path, nowhere = address.of(hers), address.of(never(address))
        for more in ASKED if method in ("GET", "POST") else ({},):
            one, none = (ask(method, at, {**other, **more}) for at in (path, nowhere))
            assert told(one, path) == told(none, nowhere), (address.path, method, more)
            # 405 and 406 are said before anybody looks; 404 where it is looked for.
            assert one.status_code in (404, 405, 406), (address.path, method, more, one.status_code)

    assert everything_kept() == before


def test_outsiders_are_told_the_same_of_every_id(
    key_headers: KeyMaker, hers: dict[str, str], settings: Settings
) -> None:
    settings.API_RATE_WRONG_KEYS = "100000/min"
    outsiders: tuple[Headers, ...] = (
        {},
        {"authorization": "Api-Key abcdefgh.abcdefghijklmnopqrstuvwxyzABCDEF"},
        key_headers(scopes=["programs:read"], rate="100000/min"),
        key_headers(scopes=list(SCOPES), networks=["192.0.2.0/24"], rate="100000/min"),
    )
    before = everything_kept()

    for address, method, headers in itertools.product(WITH_OWNER, ("GET", "POST", "DELETE"), outsiders):
        path, nowhere = address.of(hers), address.of(never(address))
        one, none = (ask(method, at, headers) for at in (path, nowhere))
        assert told(one, path) == told(none, nowhere), (address.path, method)
        assert one.status_code in (401, 403, 404, 405)

    assert everything_kept() == before


def test_looking_for_anothers_is_the_same_work(other: Headers, hers: dict[str, str]) -> None:
    """The same statements on the database, so that the time it takes tells nothing."""
    ask("GET", f"{V1}specialties/", other)  # the use of the key is noted

    for address, method in itertools.product(WITH_OWNER, METHODS):
        nobodys = never(address)
        assert _statements(method, address, hers, other) == _statements(method, address, nobodys, other)


def _statements(method: str, address: Address, values: dict[str, str], headers: Headers) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        ask(method, address.of(values), headers)
    found = [query["sql"] for query in queries]
    for value in values.values():
        found = [sql.replace(value.replace("-", ""), "ID").replace(value, "ID") for sql in found]
    return found


def test_lists_hold_nothing_of_another(other: Headers, hers: dict[str, str]) -> None:
    for address in EVERY:
        if not address.parameters and address.path != f"{V1}schema/":
            text = ask("GET", address.path, other).content.decode()
            assert [value for value in hers.values() if value in text] == [], address.path


def test_names_of_requests_are_each_partners_own(owner: Headers, other: Headers) -> None:
    """The same Idempotency-Key, the same or another body: nobody meets the other's."""
    named = [{**headers, "idempotency-key": "order-1"} for headers in (owner, other)]
    bodies: dict[str, Callable[[Headers, int], Any]] = {
        "matches": lambda headers, at: _post(
            "matches", changed(("/store", True), ("/profile/graduation_year", 2020 + at)), headers
        ),
        "webhooks": lambda headers, at: _post("webhooks", HOOK, headers),
        "cohorts": lambda headers, at: send(Client(), headers, as_jsonl(applicants(1 + at))),
    }
    for kind, make in bodies.items():
        answers = [make({**headers, "idempotency-key": f"{kind}-1"}, at) for at, headers in enumerate(named)]
        assert {answer.status_code for answer in answers} <= {201, 202}, [one.content for one in answers]
        assert answers[0].json()["id"] != answers[1].json()["id"]
        again = make({**named[1], "idempotency-key": f"{kind}-1"}, 1)
        assert again.content == answers[1].content


def _post(kind: str, body: Any, headers: Headers) -> Any:
    return Client().post(f"{V1}{kind}/", json.dumps(body), "application/json", headers=headers)


def test_cursor_of_another_leads_into_ones_own_rows(owner: Headers, other: Headers) -> None:
    """A cursor is a place in an order: it opens no row of whoever it was made for."""
    mine = {_post("webhooks", {**HOOK, "url": f"https://a{at}.example/"}, owner).json()["id"] for at in "123"}
    theirs = {
        _post("webhooks", {**HOOK, "url": f"https://b{at}.example/"}, other).json()["id"] for at in "12"
    }
    following = Client().get(f"{V1}webhooks/?page_size=1", headers=owner).json()["next"]

    page = Client().get(following.replace("page_size=1", "page_size=200"), headers=other)

    found = {row["id"] for row in page.json()["results"]}
    assert not found & mine
    assert found <= theirs


def test_match_asked_by_two_partners_tells_neither(owner: Headers, other: Headers, monkeypatch: Any) -> None:
    """What another had scored before is not ready sooner: the first answer is "queued" all the same."""
    monkeypatch.setattr("matching.services.bell._ring", lambda run_id: None)
    body = changed(("/store", True))
    first = _post("matches", body, owner)
    run_score(MatchRun.objects.get().pk)

    second = _post("matches", body, other)

    assert (first.json()["state"], second.json()["state"]) == ("queued", "queued")
