"""The page that says what is kept: it says what the job does, in words one can read."""

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from matching.privacy.registry import REGISTRY, entry_told
from tests.matching.factories import list_make, match_make
from tests.matching.pages import text_of, visitor_of
from tests.matching.people import visiting
from tests.reading import HARDEST, grade, prose

pytestmark = pytest.mark.django_db


def test_page_tells_every_kind_with_the_periods_in_force(client: Client, settings: Settings) -> None:
    settings.KEEP_DAYS = {name: 1000 + place for place, name in enumerate(settings.KEEP_DAYS)}
    text = text_of(client.get("/privacy/"))
    for entry in REGISTRY:
        assert escape(entry.what) in text
        assert escape(entry_told(entry, settings.KEEP_DAYS)) in text
    assert "It ends 1000 days after your last visit" in text


def test_page_reads_easily(client: Client) -> None:
    assert grade(prose(client.get("/privacy/").content.decode())) <= HARDEST


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("desk@example.org", '<a href="mailto:desk@example.org">desk@example.org</a>'),
        ("https://example.org/us", '<a href="https://example.org/us">https://example.org/us</a>'),
        ("the dean, room 4", "run this site: the dean, room 4."),
        ("", "have not said here how to reach them"),
    ],
)
def test_page_says_whom_to_ask_or_that_nobody_said(
    client: Client, settings: Settings, contact: str, shown: str
) -> None:
    settings.OPERATOR_CONTACT = contact
    assert shown in text_of(client.get("/privacy/"))


def test_page_names_the_cookies_the_site_sets(client: Client, settings: Settings) -> None:
    text = text_of(client.get("/privacy/"))
    visiting(client)
    client.get("/accounts/login/")
    saved_list = list_make(match=match_make(visitor=visitor_of(client)))
    client.post(f"/lists/{saved_list.pk}/links/revoke/")
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    assert set(client.cookies) == names
    assert all(f"<code>{name}</code>" in text for name in names)


def test_page_says_what_becomes_of_accounts_where_no_mail_goes(client: Client, settings: Settings) -> None:
    settings.MAIL_WORKS = False
    assert "This site sends no mail" in text_of(client.get("/privacy/"))


@pytest.mark.parametrize("page", ["/", "/me/", "/accounts/login/"])
def test_every_page_leads_to_it(client: Client, page: str) -> None:
    assert 'href="/privacy/"' in text_of(client.get(page))
