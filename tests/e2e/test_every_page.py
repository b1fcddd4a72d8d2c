"""What holds for every page: it fits, breaks no rule of accessibility, works by keyboard, and lies still."""

import re

import pytest

from tests.e2e.conftest import OpenPage
from tests.e2e.pages import EVERY, goto

pytestmark = pytest.mark.browser


@pytest.mark.thorough
@pytest.mark.parametrize("name", EVERY)
def test_page_holds_narrow_by_night_and_wide_by_day(open_page: OpenPage, name: str) -> None:
    """Gone to once: the way there is most of the time a page takes."""
    watched = open_page("/", width=320, theme="dark")
    goto(watched, name)
    watched.check()
    assert watched.shift() < 0.01
    watched.screenshot(f"{name}-320-dark")
    watched.look(width=1280, theme="light")
    watched.check()
    watched.screenshot(f"{name}-1280-light")
    assert watched.keyboard() == []


@pytest.mark.thorough
@pytest.mark.deep
@pytest.mark.parametrize("name", EVERY)
def test_page_holds_opened_wide_and_is_gone_through_in_the_narrowest_window(
    open_page: OpenPage, name: str
) -> None:
    watched = open_page("/")
    goto(watched, name)
    watched.check()
    assert watched.shift() < 0.01
    watched.look(width=320, theme="light")
    watched.check()
    assert watched.keyboard() == []


def test_result_fits_the_narrowest_window(open_page: OpenPage) -> None:
    watched = open_page("/", width=320)
    assert watched.overflow() == 0
    watched.follow(watched.page.locator(".persona").first)
    watched.page.wait_for_url(re.compile("/matches/"))
    for summary in watched.page.locator("summary").all():
        summary.click()
    assert watched.overflow() == 0
    assert watched.violations() == []


def test_keyboard_alone_reaches_the_content_and_the_first_button(open_page: OpenPage) -> None:
    watched = open_page("/")
    focused = watched.page.locator(":focus")
    watched.page.keyboard.press("Tab")
    assert focused.inner_text() == "Skip to the content"
    watched.page.keyboard.press("Enter")
    assert focused.get_attribute("id") == "main"
    watched.page.keyboard.press("Tab")
    assert focused.inner_text() == "See my programs — no account"
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/profile/")


def test_print_leaves_out_what_cannot_be_clicked(open_page: OpenPage) -> None:
    watched = open_page("/")
    watched.follow(watched.page.locator(".persona").first)
    watched.page.wait_for_url(re.compile("/matches/"))
    watched.page.emulate_media(media="print")
    assert not watched.page.get_by_role("button", name="Save the list").is_visible()
    assert not watched.page.get_by_role("navigation", name="Main").is_visible()
    assert watched.page.locator(".row").first.is_visible()
    watched.screenshot("result-print")
