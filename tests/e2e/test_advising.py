"""From the applicant to an advisor and back: a list sent, changed by proposals, answered, approved."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.test_account import address, sign_up
from tests.e2e.test_journeys import save_list, to_result
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds a busy machine may take for a swap
LOOKS = [(1280, "light", True), (360, "dark", True), (1280, "dark", False)]
OFFICE = "Sample advising office"
SECRET = "She hesitates in interviews; keep this at the desk."


def send(watched: Watched, words: str) -> str:
    """Sends the list at hand to the office; the code of its review."""
    page = watched.page
    page.locator("#advisor textarea").fill(words)
    watched.follow(page.get_by_role("button", name="Send my list"))
    told = page.get_by_text(re.compile("Code [0-9A-Z]{7}")).inner_text()
    return str(re.findall(r"Code ([0-9A-Z]{7})", told)[0])


def log_in_staff(watched: Watched, site: Site, name: str) -> None:
    page = watched.page
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(name)
    page.get_by_label("Password").fill(site.logins[name])
    watched.follow(page.get_by_role("button", name="Log in"))
    page.wait_for_url("**/admin/")


def claim(watched: Watched, code: str) -> None:
    page = watched.page
    page.goto(f"/admin/matching/review/?view=pool&q={code}")
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    assert "@" not in row.inner_text(), "in the pool nobody is named"
    watched.follow(row.get_by_role("button", name=re.compile("^Claim")))
    page.goto(f"/admin/matching/review/?view=mine&q={code}")
    watched.follow(page.get_by_role("link", name=code).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)


def kind(page: Page, value: str) -> None:
    page.locator(f".rv-kinds input[value={value}]").check()


def propose(watched: Watched, javascript: bool) -> None:
    button = watched.page.get_by_role("button", name="Add as a draft")
    before = watched.page.locator(".rv-patch--draft").count()
    if javascript:
        button.click()
    else:
        watched.follow(button)
    expect(watched.page.locator(".rv-patch--draft")).to_have_count(before + 1, timeout=SLOW)


@pytest.mark.parametrize(("width", "theme", "javascript"), LOOKS)
def test_list_goes_to_an_advisor_and_comes_back_approved(
    open_page: OpenPage, running_site: Site, width: int, theme: str, javascript: bool
) -> None:
    applicant = open_page("/", width=width, theme=theme, javascript=javascript)
    hers = applicant.page
    to_result(applicant)
    save_list(applicant, "For my advisor")
    sign_up(applicant, running_site.mailbox, address())
    applicant.follow(hers.get_by_role("link", name="For my advisor").first)
    own = hers.url
    programs = hers.locator(".picks > li").count()
    code = send(applicant, "Is Los Angeles out of reach for me?")
    applicant.check(javascript=javascript)

    advisor = open_page("/admin/", width=width, theme=theme, javascript=javascript)
    desk = advisor.page
    log_in_staff(advisor, running_site, "advisor")
    claim(advisor, code)
    expect(desk.get_by_text("Is Los Angeles out of reach for me?")).to_be_visible()
    kind(desk, "remove")
    desk.get_by_label("Program", exact=True).select_option(index=1)
    if javascript:
        expect(desk.locator("#effect tbody tr")).to_have_count(2, timeout=SLOW)
    propose(advisor, javascript)
    kind(desk, "tier")
    desk.get_by_label("Program", exact=True).select_option(index=2)
    desk.get_by_label("To tier").select_option("safety")
    desk.get_by_label("Reason").select_option("matched")
    propose(advisor, javascript)
    kind(desk, "note")
    desk.get_by_label("In your words").fill(SECRET)
    desk.locator("input[name=private]").check()
    propose(advisor, javascript)
    advisor.check(javascript=javascript)
    advisor.screenshot(f"advising-desk-{width}-{theme}")
    desk.locator("#moves summary", has_text=re.compile("^Ask for changes")).click()
    desk.get_by_label(re.compile("^A message")).fill("Two changes, and then we talk.")
    advisor.follow(desk.locator("#moves button", has_text=re.compile("^Ask for changes")))

    hers.goto(own)
    applicant.follow(hers.get_by_role("link", name="Read and answer"))
    expect(hers.locator(".proposal__do")).to_have_count(2)
    assert SECRET not in hers.content()
    applicant.check(javascript=javascript)
    applicant.screenshot(f"advising-proposals-{width}-{theme}")
    applicant.follow(hers.get_by_role("button", name="Accept all 2 changes"))
    expect(hers.get_by_role("heading", name="Answered", exact=True)).to_be_visible()
    applicant.follow(hers.get_by_role("button", name="Send it again"))
    hers.goto(own)
    expect(hers.locator(".picks > li")).to_have_count(programs - 1)
    expect(hers.get_by_text("moved by your advisor").first).to_be_visible()

    desk.reload()
    advisor.follow(desk.get_by_role("button", name=re.compile("^Approve")))
    hers.reload()
    expect(hers.get_by_text(re.compile(r"Approved by advisor \(Sample advising office\)"))).to_be_visible()
    applicant.check(javascript=javascript)
    applicant.screenshot(f"advising-approved-{width}-{theme}")

    remove = hers.locator(".picks > li").first.get_by_role("button", name=re.compile("^Remove"))
    if javascript:
        remove.click()
        expect(hers.locator(".picks > li")).to_have_count(programs - 2, timeout=SLOW)
    else:
        applicant.follow(remove)
    hers.goto(own)
    expect(hers.get_by_role("button", name="Send it again")).to_be_visible()
    assert SECRET not in hers.content()
