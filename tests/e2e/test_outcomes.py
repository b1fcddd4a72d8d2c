"""What came of a list, told in a real browser: in few steps, with scripts, without and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import CHIEF_PASSWORD, OpenPage
from tests.e2e.pages import to_outcomes
from tests.e2e.test_desk import login
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

STEPS_MOST = 12  # two minutes, with time to think about each


class Steps:
    """Everything she has to do, counted; a choice in a list is one step."""

    def __init__(self, watched: Watched) -> None:
        self.watched, self.taken = watched, 0

    @property
    def page(self) -> Page:
        return self.watched.page

    def choose(self, row: int, result: str) -> None:
        self.page.locator(".tell__row select").nth(row).select_option(result)
        self.taken += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()
        self.taken += 1

    def save(self) -> None:
        self.watched.follow(self.page.get_by_role("button", name="Save the report"))
        self.taken += 1


def told(steps: Steps) -> None:
    """Of the whole list: six invitations, one of them ranked, and one refusal."""
    steps.tick("Yes, to all of them")
    for row in (0, 3, 7, 12, 20):
        steps.choose(row, "invited")
    steps.choose(31, "ranked")
    steps.choose(5, "declined")
    steps.tick("Yes, count my report")
    steps.save()


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light"), (360, "light"), (1280, "dark")])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_list_of_many_is_told_in_a_dozen_steps(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    to_outcomes(watched)
    page, steps = watched.page, Steps(watched)
    rows = page.locator(".tell__row").count()
    assert rows > 40
    watched.check(javascript=javascript)
    watched.screenshot(f"outcomes-asked-{width}-{theme}")

    told(steps)

    assert steps.taken <= STEPS_MOST
    expect(page.get_by_text("6 interviews so far from")).to_be_visible()
    expect(page.get_by_text("One season proves little")).to_be_visible()
    expect(page.get_by_label("Yes, count my report")).to_be_checked()
    page.emulate_media(media="print")
    expect(page.locator(".came")).to_be_visible()
    expect(page.get_by_role("heading", name="Change what you told")).to_be_hidden()
    page.emulate_media(media="screen")
    watched.check(javascript=javascript)
    watched.screenshot(f"outcomes-told-{width}-{theme}")

    watched.follow(page.get_by_role("link", name="your list", exact=True))
    expect(page.get_by_text(f"Told what came of {rows} programs").first).to_be_attached()


def test_report_is_mended_taken_back_and_deleted(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_outcomes(watched)
    page, steps = watched.page, Steps(watched)
    told(steps)

    page.locator(".tell__row select").first.select_option("silent")
    steps.save()
    expect(page.get_by_text("5 interviews so far from")).to_be_visible()
    watched.follow(page.get_by_role("button", name="Take this back"))
    expect(page.get_by_text("It is yours alone.")).to_be_visible()
    expect(page.get_by_label("Yes, count my report")).not_to_be_checked()
    page.get_by_text("Delete this report").click()
    watched.follow(page.get_by_role("button", name="Delete the report"))
    expect(page.get_by_text("The report is deleted.")).to_be_visible()
    expect(page.get_by_text("Tell us what came of it: it takes two minutes")).to_be_visible()
    watched.check_quiet()
    watched.screenshot("outcomes-prompt-1280")


def test_forgotten_question_loses_nothing(open_page: OpenPage) -> None:
    watched = open_page("/", width=360)
    to_outcomes(watched)
    page, steps = watched.page, Steps(watched)
    steps.choose(2, "invited")
    steps.tick("Yes, count my report")
    steps.save()

    summary = page.get_by_role("alert").filter(has_text="Not saved yet")
    expect(summary).to_be_visible()
    expect(page.locator(".tell__row select").nth(2)).to_have_value("invited")
    expect(page.get_by_label("Yes, count my report")).to_be_checked()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Yes, to all of them")).to_be_in_viewport()
    watched.errors = [error for error in watched.errors if "422" not in error]
    watched.check()
    watched.screenshot("outcomes-refused-360")
    steps.tick("Yes, to all of them")
    steps.save()
    expect(page.get_by_text("1 interview so far from")).to_be_visible()


def test_it_is_told_by_keyboard_alone(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_outcomes(watched)
    page = watched.page
    assert watched.keyboard() == []
    page.get_by_label("Yes, to all of them").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("inv")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the report").press("Enter")

    expect(page.get_by_text(re.compile("1 interview so far from"))).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_desk_holds_forecast_against_outcome(open_page: OpenPage, chief: str, width: int, theme: str) -> None:
    applicant = open_page("/")
    to_outcomes(applicant)
    told(Steps(applicant))
    watched = open_page("/admin/matching/outcomereport/", width=width, theme=theme)
    page = watched.page
    login(watched, chief, CHIEF_PASSWORD)
    page.goto("/admin/matching/outcomereport/")
    assert watched.overflow() == 0
    watched.screenshot(f"outcomes-desk-list-{width}-{theme}")

    watched.follow(page.locator("#result_list tbody th a").first)
    expect(page.get_by_text("6 interviews so far from")).to_be_visible()
    watched.screenshot(f"outcomes-desk-{width}-{theme}")
    watched.check()
    watched.errors.clear()  # what measures the page writes styles of its own into it
    watched.follow(page.get_by_role("button", name="Mark as seen by me"))
    expect(page.get_by_text("Marked as seen by you")).to_be_visible()
    watched.check_quiet()
