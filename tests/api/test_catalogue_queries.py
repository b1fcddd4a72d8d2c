"""The catalogue's operations under hostile queries: an answer or a problem, never a 500, nothing stored."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from smartpick.api_docs import openapi_document
from tests.api.conftest import KeyMaker, problem_of, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

LISTS = ("/api/v1/programs/", "/api/v1/specialties/", "/api/v1/rings/")
HOSTILE = (
    "",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "%",
    "_" * 90,
    "\\",
    "\ud7ff\u202e",
    "-1",
    "99999999999999999999999",
    "1e400",
    "NaN",
    "true",
    "a" * 3000,
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00+14:00",
    "2026-02-30",
    "(((((",
)
PARAMETERS = sorted(
    parameter["name"]
    for parameter in openapi_document()["paths"]["/api/v1/programs/"]["get"]["parameters"]
    if parameter["in"] == "query"
)


@pytest.mark.parametrize("name", [*PARAMETERS, "unheard_of"])
def test_programs_hostile_parameter(client: Client, name: str, key_headers: KeyMaker) -> None:
    headers = key_headers(rate="1000/s")
    client.get("/api/v1/programs/", headers=headers)
    before = row_counts()
    for value in HOSTILE:
        response = client.get(f"/api/v1/programs/?{urlencode({name: value})}", headers=headers)
        if response.status_code != 200:
            problem = problem_of(response, 400)
            assert f"/{name}" in [fault["pointer"] for fault in problem["errors"]]
            assert {fault["in"] for fault in problem["errors"]} == {"query"}
    assert row_counts() == before


def test_programs_unheard_of_parameter_is_refused(client: Client) -> None:
    for url in LISTS:
        problem_of(client.get(f"{url}?unheard_of=1"), 400)


@pytest.mark.parametrize("name", ["sp99999", "SP00001", "1", "'; --", "<b>", "sp00001\u0000x", "a" * 3000])
def test_program_unknown_is_not_found(client: Client, name: str) -> None:
    response = client.get(f"/api/v1/programs/{name}/")

    assert response.status_code in (400, 404)
    problem_of(response, response.status_code)


@pytest.mark.parametrize("url", [*LISTS, "/api/v1/programs/sp00001/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_catalogue_is_read_only(client: Client, url: str, method: str) -> None:
    before = row_counts()

    problem_of(getattr(client, method)(url), 405)

    assert row_counts() == before


@pytest.mark.parametrize("url", [*LISTS, "/api/v1/programs/sp00001/"])
def test_catalogue_scope(client: Client, url: str, key_headers: KeyMaker) -> None:
    assert client.get(url).status_code == 200
    assert client.get(url, headers=key_headers(scopes=["programs:read"])).status_code == 200
    problem_of(client.get(url, headers=key_headers(scopes=["match"])), 403)


@pytest.mark.parametrize("url", [*LISTS, "/api/v1/programs/sp00001/"])
def test_catalogue_answers_carry_limits_and_tags(client: Client, url: str) -> None:
    response = client.get(url)

    assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "ETag", "X-Request-Id"} <= set(
        response.headers
    )
    assert client.get(url, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_programs_pages_follow_links(client: Client, catalogue: list[str]) -> None:
    url, seen = "/api/v1/programs/?page_size=2", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = (page["next"] or "").replace("http://testserver", "")

    assert seen == catalogue
