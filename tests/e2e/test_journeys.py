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
