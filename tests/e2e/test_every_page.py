"""What holds for every page: it fits a narrow window, breaks no accessibility rule, works by keyboard."""

import re

import pytest

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.browser

PATHS = {
    "profile": "/profile/",
    "programs": "/programs/?ring=los-angeles",
    "program": "/programs/sp01402/",
    "lists": "/lists/",
    "report-card": "/method/report-card/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
}


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("name", PATHS)
def test_page_holds_at_every_width_in_both_themes(
    open_page: OpenPage, name: str, width: int, theme: str
) -> None:
    watched = open_page(PATHS[name], width=width, theme=theme)
    watched.check()
    watched.screenshot(f"{name}-{width}-{theme}")


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
    assert focused.inner_text() == "See my programs"
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
