"""The plan in a real browser: made, ticked, scored anew, taken back, put off, noted, printed."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.pages import to_result
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

LOOKS = [(360, "dark"), (1280, "light")]
SLOW = 20_000  # milliseconds a machine at work on other things may take
STEP3 = "#step-step3_passed"


def plan_made(watched: Watched) -> None:
    to_result(watched)
    watched.follow(watched.page.get_by_role("link", name="Plan", exact=True).first)
    watched.follow(watched.page.get_by_role("button", name="Make my plan"))
    expect(watched.page.locator(".headline")).to_contain_text("until applications open")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_step_is_ticked_scored_anew_and_taken_back(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    plan_made(watched)
    page = watched.page
    watched.check()
    page.locator(f"{STEP3} input[name=value]").fill("abc")
    page.locator(f"{STEP3} .step__done button").click()
    expect(page.locator(f"{STEP3}-error")).to_be_visible(timeout=SLOW)
    expect(page.locator(f"{STEP3} input[name=value]")).to_be_focused()
    watched.errors.clear()  # the browser complains of the status 422 itself
    page.locator(f"{STEP3} input[name=value]").fill("212")
    page.locator(f"{STEP3} .step__done button").click()
    done = page.locator(f".plan-done {STEP3}")
    expect(done).to_contain_text("Pass Step 3", timeout=SLOW)
    expect(page.locator("#messages")).to_contain_text("scored anew")
    expect(page.locator(f".steps {STEP3}")).to_have_count(0)
    watched.check()
    watched.screenshot(f"plan-{width}-{theme}")
    done.get_by_role("button").click()
    expect(page.locator(f".steps {STEP3}")).to_be_visible(timeout=SLOW)
    expect(page.locator("#messages")).to_contain_text("Taken back")


def test_a_step_is_put_off_and_noted(open_page: OpenPage) -> None:
    watched = open_page("/")
    plan_made(watched)
    page = watched.page
    statement = page.locator("#step-statement")
    statement.locator("summary", has_text="Later").click()
    statement.locator("textarea").fill("Ask Ana to read it")
    statement.get_by_role("button", name=re.compile("^Keep the note")).click()
    expect(statement).to_contain_text("Your note: Ask Ana to read it", timeout=SLOW)
    statement.locator("summary", has_text="Later").click()
    statement.get_by_role("button", name=re.compile("^Put off")).click()
    expect(statement).to_contain_text("Put off until", timeout=SLOW)
    statement.get_by_role("button", name=re.compile("^Take up again")).click()
    expect(statement.locator(".step__done button")).to_be_visible(timeout=SLOW)
    watched.check()


def test_without_scripts_all_of_it_works(open_page: OpenPage) -> None:
    watched = open_page("/", javascript=False)
    plan_made(watched)
    page = watched.page
    page.locator(f"{STEP3} input[name=value]").fill("212")
    watched.follow(page.locator(f"{STEP3} .step__done button"))
    expect(page.locator(f".plan-done {STEP3}")).to_contain_text("Pass Step 3")
    watched.follow(page.locator(f".plan-done {STEP3}").get_by_role("button"))
    expect(page.locator(f".steps {STEP3}")).to_be_visible()
    page.locator("summary", has_text="Aim at another season").click()
    page.get_by_label("Season 2029").check()
    page.get_by_label("Yes", exact=True).check()
    watched.follow(page.get_by_role("button", name="Reckon the plan for this"))
    expect(page.locator("#step-feedback")).to_be_visible()
    watched.check(javascript=False)


def test_on_paper_it_is_a_plan_and_no_form(open_page: OpenPage) -> None:
    watched = open_page("/")
    plan_made(watched)
    page = watched.page
    page.emulate_media(media="print")
    expect(page.locator(f"{STEP3} .step__done")).to_be_hidden()
    expect(page.locator("#calendar")).to_be_hidden()
    expect(page.locator(f"{STEP3} .step__title")).to_be_visible()
    watched.screenshot("plan-print")
