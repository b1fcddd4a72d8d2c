"""Why a list changed, in a real browser: an answer is changed, and the causes add up."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.pages import to_receipt
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

# Another score each time: what was worked out for two runs is there for whoever shares both.
LOOKS = [(1280, "light", True, "244"), (360, "dark", True, "246"), (360, "light", False, "248")]


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def to_programs(watched: Watched) -> None:
    """The three steps of the form, as they now stand."""
    for _ in range(2):
        watched.follow(watched.page.get_by_role("button", name="Next step", exact=True))
    watched.follow(watched.page.get_by_role("button", name="See my programs", exact=True))
    watched.page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))
    watched.page.locator(".headline").wait_for()


def profile_fill(watched: Watched) -> None:
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


def numbers(page: Page, cells: str) -> list[float]:
    return [float(text.replace("−", "-")) for text in page.locator(cells).all_inner_texts()]


@pytest.mark.parametrize(("width", "theme", "javascript", "score"), LOOKS)
def test_an_answer_is_changed_and_its_share_is_told(
    open_page: OpenPage, width: int, theme: str, javascript: bool, score: str
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    page = watched.page
    profile_fill(watched)
    to_programs(watched)
    page.goto("/profile/")
    page.get_by_label("Step 2 CK score").fill(score)
    to_programs(watched)

    watched.follow(page.get_by_role("link", name="why did my list change?"))
    expect(page.get_by_role("heading", name="Why your list changed")).to_be_visible()
    watched.check_quiet()
    watched.follow(page.get_by_role("button", name="Work out why"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your chance of a match went from")
    expect(page.locator(".lede")).to_contain_text("because of your Step 2 CK")
    before, *steps, after = numbers(page, ".falls .value")
    assert len(steps) == 1
    assert before + sum(steps) == pytest.approx(after)

    first = page.locator(".moved__row").first
    first.locator("summary").click()
    parts = numbers(page, ".moved__row >> nth=0 >> tbody td:nth-of-type(1)")
    assert sum(parts[:-1]) == pytest.approx(parts[-1])
    watched.check(javascript=javascript)
    if javascript:
        watched.screenshot(f"receipt-{width}-{theme}")


def test_two_answers_of_the_history_are_compared(open_page: OpenPage) -> None:
    watched = open_page("/", width=1280)
    page = watched.page
    to_receipt(watched)
    page.goto("/matches/")
    rows = page.locator(".history__row")
    expect(rows).to_have_count(2)
    watched.follow(page.get_by_role("button", name="Compare the two chosen"))
    expect(page.get_by_role("alert")).to_contain_text("Choose the earlier answer.")
    rows.last.get_by_label("from").check()
    rows.first.get_by_label("to", exact=True).check()
    watched.follow(page.get_by_role("button", name="Compare the two chosen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your chance of a match")
    before, *steps, after = numbers(page, ".falls .value")
    assert before + sum(steps) == pytest.approx(after)
