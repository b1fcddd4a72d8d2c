"""A list shared by private link, read by a partner: what the link shows, and nothing it does not."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries

from matching.models import ListLink, SavedList
from smartpick.api_docs import openapi_document
from tests.api.conftest import KeyMaker, problem_of
from tests.matching.factories import link_make
from tests.matching.shared import CLOSED, HIDDEN, NUMBERS, list_with_secrets

pytestmark = pytest.mark.django_db

MODES = ("all", "no_flags", "list")


@pytest.fixture
def saved_list() -> SavedList:
    return list_with_secrets()


@pytest.fixture
def reader(key_headers: KeyMaker) -> dict[str, str]:
    return key_headers(scopes=["lists:read"])


def address(token: str) -> str:
    return f"/api/v1/lists/{token}/"


def read(saved_list: SavedList, mode: str, reader: dict[str, str]) -> dict[str, Any]:
    response = Client().get(address(link_make(saved_list, mode=mode).token), headers=reader)
    assert response.status_code == 200, response.content
    document: dict[str, Any] = response.json()
    schema = {"$ref": "#/components/schemas/SharedListAnswer", "components": openapi_document()["components"]}
    Draft202012Validator(json.loads(json.dumps(schema))).validate(document)
    return document


def test_list_shows_everything_its_link_does(saved_list: SavedList, reader: dict[str, str]) -> None:
    document = read(saved_list, "all", reader)

    entries = document.pop("entries")
    assert document == {
        "name": "Los Ángeles first",
        "shows": "all",
        "season": "2027",
        "changed_at": "2026-11-20T09:05:00Z",
        "expires_at": None,
        "data_version": "d-11",
        "model_version": "m-10",
        "approval": None,
        "applications": saved_list.figures["applications"] if saved_list.figures else None,
        "cost_usd": saved_list.figures["cost_usd"] if saved_list.figures else None,
    }
    first = entries[0]
    assert (first["program"]["id"], first["program"]["acgme_id"]) == ("sp00001", "0400521001")
    assert {name: value for name, value in first.items() if name != "program"} == {
        "rank": 1,
        "tier": "reach",
        "signal": "gold",
        "interview": {"low": 0.07, "high": 0.41},
        "status": "invited",
    }
    assert [entry["status"] for entry in entries] == ["invited", "declined", "plan"]
    assert entries[2]["interview"] == {"low": None, "high": None}
    assert entries[2]["tier"] is None


def test_list_programs_are_written_as_in_answers(saved_list: SavedList, reader: dict[str, str]) -> None:
    program = read(saved_list, "list", reader)["entries"][0]["program"]

    catalogue = Client().get(f"/api/v1/programs/{program['id']}/").json()
    assert set(program) - set(catalogue) == {"specialty_name"}
    assert {name: catalogue[name] for name in program if name in catalogue} == {
        name: value for name, value in program.items() if name != "specialty_name"
    }


@pytest.mark.parametrize("mode", ["no_flags", "list"])
def test_list_hides_what_speaks_against_her(saved_list: SavedList, reader: dict[str, str], mode: str) -> None:
    told = json.dumps(read(saved_list, mode, reader), ensure_ascii=False)

    assert [word for word in HIDDEN if word in told] == []


def test_list_without_what_speaks_against_her_leaves_no_gap(
    saved_list: SavedList, reader: dict[str, str]
) -> None:
    document = read(saved_list, "no_flags", reader)

    assert [entry["rank"] for entry in document["entries"]] == [1, 2]
    assert document["entries"][1]["status"] == "applied"
    assert CLOSED not in json.dumps(document)
    assert (document["applications"], document["cost_usd"]) == (None, None)


def test_list_of_programs_alone_tells_no_number(saved_list: SavedList, reader: dict[str, str]) -> None:
    document = read(saved_list, "list", reader)

    assert len(document["entries"]) == 3
    for entry in document["entries"]:
        hers = {name: value for name, value in entry.items() if name not in ("rank", "program")}
        assert hers == dict.fromkeys(("tier", "signal", "interview", "status"))
    assert document["model_version"] is None
    told = json.dumps({**document, "entries": []})
    assert [word for word in NUMBERS if word in told] == []


@pytest.mark.parametrize("mode", MODES)
def test_list_names_no_owner_no_match_and_no_other_link(
    saved_list: SavedList, reader: dict[str, str], mode: str
) -> None:
    told = json.dumps(read(saved_list, mode, reader))

    secrets = (saved_list.pk, saved_list.match_id, saved_list.visitor, ListLink.objects.get().token)
    assert [str(secret) for secret in secrets if str(secret) in told] == []


def test_list_is_closed_to_outsiders(saved_list: SavedList, key_headers: KeyMaker) -> None:
    """Whether there is such a list or not, they are told the same."""
    link = link_make(saved_list)

    for token in (link.token, "x" * 32):
        problem_of(Client().get(address(token)), 401)
        problem_of(Client().get(address(token), headers={"authorization": "Api-Key wrong"}), 401)
        for scopes in (["match"], ["programs:read", "cohorts"]):
            problem_of(Client().get(address(token), headers=key_headers(scopes=scopes)), 403)


def test_list_whose_link_ended_is_as_one_that_never_was(
    saved_list: SavedList, reader: dict[str, str]
) -> None:
    now = timezone.now()
    revoked = link_make(saved_list, revoked_at=now)
    expired = link_make(saved_list, expires_at=now - timedelta(seconds=1))

    problems = []
    for token in (revoked.token, expired.token, "x" * 32, "x", str(saved_list.pk), "x" * 65):
        problem = problem_of(Client().get(address(token), headers=reader), 404)
        problems.append({**problem, "request_id": "", "instance": ""})

    assert all(problem == problems[0] for problem in problems)


@pytest.mark.parametrize("token", ["%00", "a.b", "%27or1", "..", "\u00e9"])
def test_list_by_what_is_no_token(reader: dict[str, str], token: str) -> None:
    response = Client().get(address(token), headers=reader)

    assert response.status_code in (400, 404)
    problem_of(response, response.status_code)


def test_list_is_read_only_and_counted(saved_list: SavedList, key_headers: KeyMaker) -> None:
    headers = key_headers(scopes=["lists:read"], rate="9/day")
    link = link_make(saved_list)

    assert Client().get(address(link.token), headers=headers)["RateLimit-Limit"] == "9"
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(Client(), method)(address(link.token), headers=headers)
        problem_of(response, 405)
        assert response["Allow"] == "GET, HEAD"


def test_list_answers_304_to_who_has_it(saved_list: SavedList, reader: dict[str, str]) -> None:
    url = address(link_make(saved_list, mode="all").token)
    tag = Client().get(url, headers=reader)["ETag"]

    assert Client().get(url, headers={**reader, "if-none-match": tag}).status_code == 304
    saved_list.entries.filter(position=1).update(tier="target")
    changed = Client().get(url, headers={**reader, "if-none-match": tag})
    assert (changed.status_code, changed.json()["entries"][0]["tier"]) == (200, "target")


@pytest.mark.parametrize("mode", MODES)
def test_list_costs_a_constant_number_of_queries(
    saved_list: SavedList,
    reader: dict[str, str],
    mode: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    url = address(link_make(saved_list, mode=mode).token)
    Client().get(url, headers=reader)

    # key; link with list and run; entries; specialties, for profile and rows; rows; facts
    with django_assert_max_num_queries(7):
        Client().get(url, headers=reader)
