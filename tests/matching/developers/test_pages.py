"""The pages for who integrates: open to all, about nobody, and true to the settings of the site."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from applicants.personas import PERSONAS
from matching.cohorts.columns import COLUMNS
from matching.developers.code import snippets
from matching.developers.errors import FAULT_CODES
from matching.developers.parts import PARTS
from matching.webhooks.events import EVENT_SCOPES
from tests.matching.developers.shown import shown

PATHS = (
    "/developers/",
    "/developers/sandbox/",
    "/developers/cohorts/",
    "/developers/webhooks/",
    "/developers/errors/",
    "/developers/limits/",
    "/developers/data/",
    "/developers/changes/",
)

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, *, host: str = "testserver") -> str:
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_anyone_reads_the_page_and_finds_all_the_others(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        html = page(client, path)

    assert len(PARTS) == len(PATHS)
    assert all(f'href="{other}"' in html for other in PATHS if other != path)
    assert len(re.findall(r'<b aria-current="page">', html)) == 1
    assert not re.search(r"<script(?![^>]* src=)| style=|[^a-z]on[a-z]+=\"", html)
    assert html.count("<h1>") == 1
    assert client.post(path).status_code == 405


def test_every_snippet_is_shown_once_with_what_it_prints(client: Client) -> None:
    shown_code: dict[str, str] = {}
    shown_output: dict[str, str] = {}
    for path in PATHS:
        code, output = shown(page(client, path))
        assert not shown_code.keys() & code.keys()
        shown_code |= code
        shown_output |= output

    assert shown_code.keys() == snippets().keys()
    printing = {name: one.output for name, one in snippets().items() if one.output}
    assert {name: text.strip() for name, text in shown_output.items()} == printing


def test_code_is_for_the_host_it_is_read_on(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["api.smartpick.example"]

    html = page(client, "/developers/", host="api.smartpick.example")

    assert "curl -s http://api.smartpick.example/api/v1/matches/" in html
    assert "127.0.0.1" not in html
    assert client.get("/developers/", headers={"host": 'x"; rm -rf /'}).status_code == 400


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("api@smartpick.example", '<a href="mailto:api@smartpick.example">'),
        ("https://smartpick.example/ask", '<a href="https://smartpick.example/ask">'),
        ("Ask at the <front> desk", "Ask at the &lt;front&gt; desk"),
        ("", "they have not said here how to reach them"),
    ],
)
def test_who_makes_keys_is_named(client: Client, settings: Settings, contact: str, told: str) -> None:
    settings.OPERATOR_CONTACT = contact

    assert told in page(client, "/developers/")


def test_limits_are_those_of_the_site(client: Client, settings: Settings) -> None:
    settings.API_ANONYMOUS_RATES = {"programs:read": "11/min", "match": "13/hour"}
    settings.API_RATE_WRONG_KEYS = "17/min"
    settings.COHORT_MAX_APPLICANTS, settings.COHORT_MAX_MB, settings.COHORTS_AT_ONCE = 1234, 19, 23
    settings.API_MAX_BODY_BYTES = 29 * 1024

    html = page(client, "/developers/limits/")

    for words in ("11 a minute", "13 an hour", "17 a minute", "1,234", "19 MB", "23 of yours", "29 kB"):
        assert words in html


def test_columns_events_codes_and_personas_are_all_told(client: Client) -> None:
    html = page(client, "/developers/cohorts/")
    assert all(f'id="c-{column.name}"' in html for column in COLUMNS)
    html = page(client, "/developers/webhooks/")
    assert all(f"<code>{event}</code>" in html for event in EVENT_SCOPES)
    html = page(client, "/developers/errors/")
    assert all(f'id="f-{code}"' in html for code in FAULT_CODES)
    html = page(client, "/developers/sandbox/")
    assert all(f"<code>{persona.slug}</code>" in html for persona in PERSONAS)


def test_periods_of_keeping_are_those_of_the_site(client: Client, settings: Settings) -> None:
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "cohort": 41, "partner": 43, "request": 47, "delivery": 53}

    html = page(client, "/developers/data/")

    assert all(f"{days} days" in re.sub(r"\s+", " ", html) for days in (41, 43, 47, 53))


def test_footer_and_api_page_lead_here(client: Client) -> None:
    for path in ("/privacy/", "/api/v1/docs/"):
        assert 'href="/developers/"' in page(client, path)
