"""The ways through the site that must never break, in a real browser over the real catalogue."""

import re

import pytest

from applicants.personas import PERSONAS
from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

FIRST = PERSONAS[0]
LOOKS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


def to_result(watched: Watched) -> None:
    """From the front page with one click to the first sample person's programs."""
    watched.follow(watched.page.get_by_role("button", name=FIRST.title))
    watched.page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))


def save_list(watched: Watched, name: str) -> None:
    watched.page.get_by_label("Name of the list").fill(name)
    watched.follow(watched.page.get_by_role("button", name="Save the list"))
    watched.page.wait_for_url(re.compile(r"/lists/[0-9a-f-]{36}/"))


def private_link(watched: Watched) -> str:
    """Makes a private link to the list that is open."""
    watched.follow(watched.page.get_by_role("button", name="Make a private link"))
    return watched.page.get_by_role("textbox", name=re.compile("^Private link")).input_value()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_first_persona_gets_a_list_near_and_far(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    watched.check(javascript=javascript)
    if javascript:
        watched.screenshot(f"landing-{width}-{theme}")
    to_result(watched)
    for scope in ("Los Angeles", "California", "West Coast", "Whole nation"):
        assert watched.page.get_by_role("heading", name=scope, exact=True).is_visible()
    watched.check(javascript=javascript)
    if javascript:
        watched.screenshot(f"result-{width}-{theme}")
    for ring, place in (
        ("Los Angeles", r", CA$"),
        ("rest of California", r", CA$"),
        ("rest of the nation", r", (?!CA|OR|WA|NV|AZ|HI|AK)[A-Z]{2}$"),
    ):
        watched.follow(watched.page.get_by_role("link", name=re.compile(rf"^{ring} \([1-9]\d*\)$")))
        places = watched.page.locator(".tier-group .row__what span:first-child").all_inner_texts()
        assert places
        assert all(re.search(place, each) for each in places), places
    watched.check_quiet()


def test_result_row_opens_and_its_reasons_add_up(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_result(watched)
    row = watched.page.locator(".tier-group .row").first
    row.locator("summary").click()
    values = [
        float(text.replace("\N{MINUS SIGN}", "-")) for text in row.locator(".bars td.value").all_inner_texts()
    ]
    *parts, total = values
    assert sum(parts) == pytest.approx(total, abs=0.05 * len(values))
    assert watched.violations() == []
    watched.screenshot("result-row-open")


def test_show_all_of_a_tier_without_javascript(open_page: OpenPage) -> None:
    watched = open_page("/", javascript=False)
    to_result(watched)
    group = (
        watched.page.locator(".tier-group")
        .filter(has=watched.page.get_by_role("link", name="Show all"))
        .first
    )
    before = group.locator(".row").count()
    watched.follow(group.get_by_role("link", name="Show all"))
    tier = watched.page.url.split("all=")[1].split("#")[0]
    assert before == 10
    assert watched.page.locator(f"#{tier} .row").count() > before


@pytest.mark.parametrize("javascript", [True, False])
def test_saved_list_is_read_by_whoever_has_its_link(open_page: OpenPage, javascript: bool) -> None:
    owner = open_page("/", javascript=javascript)
    to_result(owner)
    save_list(owner, "Los Angeles first")
    owner.check(javascript=javascript)
    address = owner.page.url
    link = private_link(owner)
    friend = open_page(link.removeprefix(owner.site), javascript=javascript)
    assert friend.page.get_by_role("heading", name="Los Angeles first").is_visible()
    assert friend.page.locator(".row").count() > 0
    friend.check(javascript=javascript)
    for closed in (address, f"{link[:-2]}/"):
        response = friend.page.goto(closed)
        assert response is not None
        assert response.status == 404


def test_sign_up_takes_over_what_was_made_before(open_page: OpenPage) -> None:
    visitor = open_page("/")
    to_result(visitor)
    result = visitor.page.url.removeprefix(visitor.site)
    save_list(visitor, "Mine")
    visitor.page.goto("/accounts/signup/")
    visitor.page.get_by_label("Username").fill("maria")
    visitor.page.get_by_label("Password", exact=True).fill("three quiet harbours")
    visitor.page.get_by_label("Password confirmation").fill("three quiet harbours")
    visitor.follow(visitor.page.get_by_role("button", name="Make my account"))
    visitor.page.wait_for_url("**/lists/")
    assert visitor.page.get_by_role("link", name="Mine").is_visible()
    visitor.check()

    elsewhere = open_page("/accounts/login/")
    elsewhere.page.get_by_label("Username").fill("maria")
    elsewhere.page.get_by_label("Password").fill("three quiet harbours")
    elsewhere.follow(elsewhere.page.get_by_role("button", name="Log in"))
    elsewhere.page.wait_for_url("**/lists/")
    assert elsewhere.page.get_by_role("link", name="Mine").is_visible()
    elsewhere.page.goto(result)
    assert elsewhere.page.get_by_role("heading", level=1).inner_text().startswith(("Expect", "This is hard"))
    stranger = open_page("/").page.goto(result)
    assert stranger is not None
    assert stranger.status == 404
