"""One program in a real browser: with and without an answer and scripts; a wrong fact reported."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

# Of the real catalogue: many facts, statements that conflict, none at all, an old listing, a rule that closes
# it to the first sample person, and a specialty she does not ask for.
MANY, CONFLICTING, BARE = "/programs/sp01434/", "/programs/sp01483/", "/programs/sp01374/"
OLD, CLOSED, OTHER = "/programs/sp01415/", "/programs/sp01719/", "/programs/sp03610/"
PAGES = {"many": MANY, "conflicting": CONFLICTING, "bare": BARE, "old": OLD, "closed": CLOSED, "other": OTHER}
LOOKS = [(360, "dark"), (1280, "light")]


def with_answer(watched: Watched) -> None:
    """The first sample person's answer, scored."""
    watched.page.goto("/")
    watched.follow(watched.page.locator(".persona").first)
    watched.page.wait_for_url(re.compile("/matches/"))


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_program_pages_hold_with_an_answer(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    with_answer(watched)
    for name, path in PAGES.items():
        watched.page.goto(path)
        for summary in watched.page.locator("main summary").all():
            summary.click()
        watched.check()
        watched.screenshot(f"program-{name}-{width}-{theme}")


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (360, False), (1280, True), (1280, False)])
def test_program_page_holds_without_an_answer(open_page: OpenPage, width: int, javascript: bool) -> None:
    watched = open_page(MANY, width=width, javascript=javascript)
    watched.check(javascript=javascript)
    assert "No account needed" in watched.text()
    watched.follow(watched.page.get_by_role("link", name="Fill in my profile"))
    watched.page.wait_for_url("**/profile/")


@pytest.mark.parametrize("javascript", [True, False])
def test_program_bars_add_up_on_the_page(open_page: OpenPage, javascript: bool) -> None:
    watched = open_page("/", javascript=javascript)
    with_answer(watched)
    watched.page.goto(MANY)
    texts = watched.page.locator(".bars td.value").all_inner_texts()
    *parts, total = [float(text.replace("\N{MINUS SIGN}", "-")) for text in texts]
    assert len(parts) > 3
    assert sum(parts) == pytest.approx(total, abs=0.05 * (len(parts) + 1))
    watched.check_quiet()


def test_closed_program_says_the_rule_first_and_what_opens_it(open_page: OpenPage) -> None:
    watched = open_page("/")
    with_answer(watched)
    watched.page.goto(CLOSED)
    text = watched.text()
    assert text.index("Closed to you") < text.index("What would open it") < text.index("What is known")
    assert re.search(r"saves you \$\d+", text)
    assert not watched.page.locator(".bars").count()


def test_conflicting_statements_stand_side_by_side(open_page: OpenPage) -> None:
    watched = open_page(CONFLICTING)
    pair = watched.page.locator(".statements--beside").first.locator(".statement")
    assert pair.count() == 2
    boxes = [pair.nth(at).bounding_box() for at in (0, 1)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_wrong_fact_is_reported_without_an_account(open_page: OpenPage, width: int, javascript: bool) -> None:
    watched = open_page(MANY, width=width, javascript=javascript)
    page = watched.page
    watched.follow(page.get_by_role("link", name=re.compile("^Wrong.*Step 2 CK")).first)
    assert "Lowest Step 2 CK" in watched.text()
    assert not page.get_by_label("Leave this empty").is_visible()
    watched.check(javascript=javascript)
    page.get_by_label("Where can it be read?").fill("no address at all")
    watched.follow(page.get_by_role("button", name="Send the report"))
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.get_by_label("Where can it be read?").input_value() == "no address at all"
    watched.check(javascript=javascript)
    page.get_by_label("What is wrong, and what is right?").fill("It asks for 220 now.")
    page.get_by_label("Where can it be read?").fill("program.example/apply")
    watched.follow(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    watched.check(javascript=javascript)
    watched.follow(page.get_by_role("link", name="Back to the program"))
    page.wait_for_url(f"**{MANY}")


def test_what_is_missing_is_told_by_keyboard_alone(open_page: OpenPage) -> None:
    watched = open_page(BARE)
    page = watched.page
    summary = page.locator("main summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^I know.*Lowest Step 2 CK")).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_label("What is it about?").input_value() == "min_step2ck"
    page.get_by_label("What is wrong, and what is right?").focus()
    page.keyboard.type("There is none.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Send the report"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_program_prints_what_is_known_and_nothing_to_click(open_page: OpenPage) -> None:
    watched = open_page("/")
    with_answer(watched)
    watched.page.goto(MANY)
    watched.page.emulate_media(media="print")
    assert watched.page.locator(".bars").is_visible()
    assert watched.page.locator(".topic").first.is_visible()
    assert not watched.page.locator(".wrong").first.is_visible()
    assert not watched.page.get_by_role("link", name="Open it in my mail").is_visible()
    watched.screenshot("program-print")
