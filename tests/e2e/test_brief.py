"""The brief in a real browser over the real catalogue: read, copied, printed, all its programs shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.pages import to_brief
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

LOOKS = [(320, "dark"), (1280, "light"), (360, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_brief_is_read_in_every_look(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    to_brief(watched)
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Your application brief")
    watched.check()
    watched.screenshot(f"brief-{width}-{theme}")


def test_brief_works_without_scripts(open_page: OpenPage) -> None:
    watched = open_page("/", javascript=False)
    to_brief(watched)
    expect(watched.page.get_by_role("button", name=re.compile("^Copy"))).to_have_count(0)
    expect(watched.page.locator(".point--program")).to_have_count(10)
    watched.check(javascript=False)


def test_brief_shows_all_programs_on_request_and_leads_to_their_pages(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_brief(watched)
    watched.follow(watched.page.get_by_role("link", name=re.compile("^Show all")))
    assert watched.page.locator(".point--program").count() > 10
    watched.follow(watched.page.locator(".point--program h3 a").first)
    assert re.search(r"/programs/sp\d{5}/$", watched.page.url)


def test_brief_contents_lead_to_each_section(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_brief(watched)
    for link in watched.page.locator(".brief-contents a").all():
        link.click()
        target = watched.page.locator((link.get_attribute("href") or "") + " h2")
        expect(target).to_be_in_viewport()


def test_brief_draft_is_copied(open_page: OpenPage) -> None:
    watched = open_page("/")
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to_brief(watched)
    watched.page.get_by_role("button", name=re.compile("^Copy")).first.click()
    expect(watched.page.get_by_role("button", name=re.compile("^Copied"))).to_have_count(1)
    assert "___" in copied(watched)


def copied(watched: Watched) -> str:
    return str(watched.page.evaluate("navigator.clipboard.readText()"))


def test_brief_prints_the_words_and_leaves_out_what_is_clicked(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_brief(watched)
    watched.page.emulate_media(media="print")
    expect(watched.page.locator(".brief-contents")).to_be_hidden()
    expect(watched.page.locator(".draft").first).to_be_visible()
    expect(watched.page.locator(".brief-why").first).to_be_visible()
