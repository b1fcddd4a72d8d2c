"""The ways through the site that must never break, in a real browser over the real catalogue."""

import re

import pytest

from applicants.personas import PERSONAS
from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

FIRST = PERSONAS[0]


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
