"""An advisor works on a review: what she types shows its effect at once and is never lost."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.watched import Watched
from tests.smartpick.processes import ROOT, clean_environment

pytestmark = pytest.mark.browser

SLOW = 30_000  # milliseconds a busy machine may take for a swap
WORDS = "They know your school and read late files."
# A list of an account that the sample advisor has claimed; prints where its page is.
MAKE = """
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from matching.models import Membership
from matching.review.services import review_claim, review_submit
from matching.services import list_save, match_start, run_score
from tests.matching.inputs import options_of, profile_of
advisor = User.objects.get(username="advisor")
number = User.objects.count()
owner = User.objects.create_user(f"desk-{number}", first_name="Ana", last_name="Morales")
match = match_start(profile=profile_of(), options=options_of(max_applications=20), owner=owner)
run_score(match.run_id)
match.refresh_from_db()
review = review_submit(
    saved_list=list_save(match=match, name="Autumn"), message="Too few in California?", actor=owner,
    organisation=Membership.objects.get(user=advisor).organisation, now=timezone.now(),
)
review_claim(review=review, advisor=advisor, now=timezone.now())
print("PAGE", reverse("admin:matching_review_change", args=[review.pk]))
"""


def review_page(site: Site) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", MAKE],
        cwd=ROOT,
        env=clean_environment(DATABASE_URL=site.database_url),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split("PAGE ")[1].split()[0]


def opened(open_page: OpenPage, site: Site, address: str, width: int, theme: str) -> Watched:
    watched = open_page(address, width=width, theme=theme)
    watched.page.get_by_label("E-mail address").fill("advisor")
    watched.page.get_by_label("Password").fill(site.logins["advisor"])
    watched.follow(watched.page.get_by_role("button", name="Log in"))
    watched.page.goto(address)
    return watched


def kind(page: Page, value: str) -> None:
    page.locator(f".rv-kinds input[value={value}]").check()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_change_is_drafted_with_its_effect_before_the_eyes(
    open_page: OpenPage, running_site: Site, width: int, theme: str
) -> None:
    address = review_page(running_site)
    watched = opened(open_page, running_site, address, width, theme)
    page = watched.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Morales")
    watched.check()

    page.get_by_label("In your words").fill(WORDS)
    row = page.locator(".rv-table tbody tr").nth(2)
    row.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Program", exact=True)).to_be_focused(timeout=SLOW)
    assert page.get_by_label("Program", exact=True).input_value() == row.get_by_role(
        "button", name="Change"
    ).get_attribute("value")
    expect(page.get_by_label("In your words")).to_have_value(WORDS)

    kind(page, "add")
    page.get_by_label("Name, place or code").press_sequentially("cedars")
    page.locator("#found input:enabled").first.check(timeout=SLOW)
    expect(page.locator("#effect tbody th").nth(1)).to_contain_text("With this", timeout=SLOW)
    page.get_by_role("button", name="Add as a draft").click()
    expect(page.locator(".rv-patch--draft")).to_have_count(1, timeout=SLOW)
    expect(page.locator(".rv-patch__effect")).to_contain_text("more", timeout=SLOW)
    expect(page.locator("#moves summary").first).to_have_text("Ask for changes")
    watched.check()
    watched.screenshot(f"review-desk-{width}-{theme}")


def test_two_windows_lose_nothing(open_page: OpenPage, running_site: Site) -> None:
    address = review_page(running_site)
    first = opened(open_page, running_site, address, 1280, "light").page
    second = first.context.new_page()
    second.goto(address)

    for page, words in ((second, "Written second, saved first"), (first, WORDS)):
        kind(page, "note")
        page.get_by_label("In your words").fill(words)
        page.get_by_role("button", name="Add as a draft").click()
        expect(page.locator(".rv-notice")).to_be_visible(timeout=SLOW)

    expect(first.get_by_text("This review changed since your page was drawn")).to_be_visible()
    expect(first.get_by_label("In your words")).to_have_value(WORDS)
    first.get_by_role("button", name="Add as a draft").click()
    expect(first.locator(".rv-patch--draft")).to_have_count(2, timeout=SLOW)
