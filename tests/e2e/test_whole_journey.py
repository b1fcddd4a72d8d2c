"""The way of one applicant from the front page to a list she sends: each leg as the next one needs it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds a busy machine may take for a swap
LOOKS = [(1280, "light", True), (360, "dark", True), (360, "light", False), (1280, "dark", False)]


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def to_programs(watched: Watched) -> None:
    """Eight answers, three steps."""
    page = watched.page
    watched.follow(page.get_by_role("link", name=re.compile("^See my programs")).first)
    choose(page, "Which of these are you?", "US citizen, medical school outside the US (US-citizen IMG)")
    page.get_by_label("Year of graduation").fill("2024")
    choose(page, "Are you ECFMG certified?", "Yes")
    choose(page, "Step 1 result", "Passed")
    page.get_by_label("Step 1 attempts").fill("1")
    choose(page, "Step 2 CK result", "Passed")
    page.get_by_label("Step 2 CK score").fill("221")
    page.get_by_label("Step 2 CK attempts").fill("1")
    for _ in range(2):
        watched.follow(page.get_by_role("button", name="Next step", exact=True))
    page.get_by_label("Family medicine", exact=True).check()
    choose(page, "Where would you most like to train?", "Greater Los Angeles")
    watched.follow(page.get_by_role("button", name="See my programs", exact=True))
    page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))


@pytest.mark.parametrize(("width", "theme", "javascript"), LOOKS)
def test_applicant_goes_from_the_front_page_to_a_list_she_sends(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    page = watched.page
    to_programs(watched)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Expect|This is hard"))
    watched.check_quiet()

    watched.follow(page.get_by_role("button", name="Save the list"))
    page.wait_for_url(re.compile(r"/lists/[0-9a-f-]{36}/"))
    own, picks = page.url, page.locator(".picks > li")
    before = picks.count()
    assert before > 20
    first = picks.first.get_by_role("link").first.inner_text()
    change(watched, picks.first.get_by_role("button", name=re.compile("^Remove")), javascript)
    expect(picks).to_have_count(before - 1, timeout=SLOW)
    change(watched, page.locator("#undo"), javascript)
    expect(picks).to_have_count(before, timeout=SLOW)
    expect(picks.first.get_by_role("link").first).to_have_text(first)
    watched.check_quiet()

    page.goto("/programs/?specialty=family-medicine&state=TX")
    more = page.get_by_role("button", name=re.compile("Add to my list")).first
    change(watched, more, javascript)
    expect(page.get_by_role("button", name=re.compile("On my list")).first).to_be_visible(timeout=SLOW)
    watched.follow(
        page.locator("main").get_by_role("link", name=re.compile("Medical Center|Hospital|Health")).first
    )
    expect(page.get_by_role("heading", name="Your odds here")).to_be_visible()
    watched.check_quiet()

    page.goto(own)
    expect(picks).to_have_count(before + 1)
    page.get_by_role("radio", name=re.compile("^The programs only")).check()
    watched.follow(page.get_by_role("button", name="Make a private link"))
    link = page.get_by_role("textbox", name=re.compile("^Private link")).first.input_value()
    friend = open_page(link.removeprefix(watched.site), width=width, theme=theme, javascript=javascript)
    expect(friend.page.get_by_text(first).first).to_be_visible()
    assert "Step 2 CK" not in friend.text()
    assert "interview" not in friend.text()
    friend.check_quiet()
    watched.check_quiet()


def change(watched: Watched, button: Locator, javascript: bool) -> None:
    """Presses what changes the list: a swap with scripts, a page anew without."""
    if javascript:
        # What has only just come in is not a button yet: nobody presses within that blink.
        expect(watched.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        button.click()
    else:
        watched.follow(button)
