"""The pages for who integrates, in a browser."""

import pytest

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.browser

COPIED = "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"


def test_code_is_copied_as_it_is_shown(open_page: OpenPage) -> None:
    watched = open_page("/developers/")
    block = watched.page.locator('.code[data-snippet="try.py"]')
    watched.page.evaluate(COPIED)
    block.get_by_role("button", name="Copy try.py").click()
    assert watched.page.evaluate("window.copied") == f"{block.locator('pre').first.inner_text()}\n"
    assert watched.page.locator("#live").inner_text() == "The code is copied."
    assert watched.violations() == []


def test_without_scripts_code_is_there_and_no_button_that_does_nothing(open_page: OpenPage) -> None:
    watched = open_page("/developers/", javascript=False)
    assert watched.page.locator(".code pre").count() > 10
    assert watched.page.locator(".code button").count() == 0


@pytest.mark.parametrize("part", ["", "cohorts/", "webhooks/", "errors/"])
def test_code_scrolls_in_itself_and_never_the_page(open_page: OpenPage, part: str) -> None:
    watched = open_page(f"/developers/{part}", width=320)
    assert watched.overflow() == 0
    wide = "pre => [...document.querySelectorAll('.code pre')].some((p) => p.scrollWidth > p.clientWidth)"
    assert watched.page.evaluate(wide) or part == "cohorts/"
    assert watched.violations() == []


def test_every_page_leads_to_the_next(open_page: OpenPage) -> None:
    watched = open_page("/")
    watched.follow(
        watched.page.get_by_role("contentinfo").get_by_role("link", name="For developers: the API")
    )
    seen = ["Quick start"]
    for name in ("Sandbox", "Cohorts", "Webhooks", "Errors", "Limits", "Data", "Changes"):
        watched.follow(
            watched.page.get_by_role("navigation", name="For developers").get_by_role("link", name=name)
        )
        seen.append(watched.page.locator(".developers-nav [aria-current]").inner_text())
    assert seen[-1] == "Changes"
    assert len(seen) == 8
