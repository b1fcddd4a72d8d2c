"""The frame round every page: messages, the way through the site, and what is said when a swap fails."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.browser

SAFE = {"allowEval": False, "allowScriptTags": False, "selfRequestsOnly": True, "historyCacheSize": 0}


def test_message_is_closed_and_the_keyboard_goes_on_from_the_page(open_page: OpenPage) -> None:
    watched = open_page("/styleguide/")
    toasts = watched.page.locator(".toast")
    before = toasts.count()
    watched.page.get_by_role("button", name="Close this message").first.click()
    assert toasts.count() == before - 1
    assert watched.page.locator(":focus").get_attribute("id") == "main"
    watched.check()


def test_message_without_javascript_has_no_button_that_does_nothing(open_page: OpenPage) -> None:
    watched = open_page("/styleguide/", javascript=False)
    assert watched.page.locator(".toast").count() == 2
    assert watched.page.locator(".toast button").count() == 0


def test_swap_that_fails_says_so_and_loses_nothing(open_page: OpenPage) -> None:
    watched = open_page("/programs/?ring=los-angeles")
    heading = watched.page.locator("h1").inner_text()
    watched.page.route("**/gone/", lambda route: route.abort())
    watched.page.evaluate("htmx.ajax('GET', '/gone/', { target: '#main' }).catch(() => {})")
    expect(watched.page.locator("#messages")).to_contain_text("That did not reach us.")
    assert watched.page.locator("h1").inner_text() == heading
    assert watched.violations() == []


def test_part_swapped_in_is_read_out_and_takes_the_lost_focus(open_page: OpenPage) -> None:
    watched = open_page("/lists/")
    words = '<section id="part" data-announce="12 programs left."><p>Twelve</p></section>'
    watched.page.route("**/part/", lambda route: route.fulfill(body=words, content_type="text/html"))
    watched.page.evaluate("document.activeElement.blur()")
    watched.page.evaluate("htmx.ajax('GET', '/part/', { target: '#main .wrap', swap: 'innerHTML' })")
    expect(watched.page.locator("#live")).to_have_text("12 programs left.")
    expect(watched.page.locator(":focus")).to_contain_text("Twelve")


def test_htmx_runs_nothing_from_a_page_and_keeps_none_of_it(open_page: OpenPage) -> None:
    config = open_page("/").page.evaluate("htmx.config")
    assert {name: config[name] for name in SAFE} == SAFE


@pytest.mark.parametrize("width", [320, 1280])
def test_way_through_the_site_takes_little_room(open_page: OpenPage, width: int) -> None:
    watched = open_page("/programs/", width=width, javascript=False)
    box = watched.page.get_by_role("banner").bounding_box()
    assert box is not None
    assert box["height"] <= 100
    links = watched.page.get_by_role("navigation", name="Main").get_by_role("link")
    assert links.count() == 5
    assert all(link.is_visible() for link in links.all())
