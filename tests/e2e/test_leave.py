"""A list leaves: by private link, as a file, on paper, and for good."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from applicants.personas import PERSONAS
from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

FIRST = PERSONAS[0]
STARTS = {"PDF": b"%PDF-", "Excel": b"PK", "CSV": b'\xef\xbb\xbf"Order"'}


def to_list(watched: Watched) -> str:
    """From the front page to a saved list; its address."""
    watched.follow(watched.page.get_by_role("button", name=FIRST.title))
    watched.page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))
    watched.page.get_by_label("Name of the list").fill("For Dr. Peña")
    watched.follow(watched.page.get_by_role("button", name="Save the list"))
    watched.page.wait_for_url(re.compile(r"/lists/[0-9a-f-]{36}/"))
    return watched.page.url


def link_made(watched: Watched, mode: str) -> str:
    watched.page.get_by_role("radio", name=re.compile(f"^{mode}")).check()
    watched.follow(watched.page.get_by_role("button", name="Make a private link"))
    return watched.page.get_by_role("textbox", name=re.compile("^Private link")).first.input_value()


@pytest.mark.parametrize(
    ("width", "theme", "javascript"),
    [(360, "dark", True), (1280, "light", True), (360, "light", False), (1280, "dark", False)],
)
def test_private_link_is_made_read_and_revoked(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    owner = open_page("/", width=width, theme=theme, javascript=javascript)
    to_list(owner)
    links = {mode: link_made(owner, mode) for mode in ("Everything", "Without", "The programs only")}
    if not javascript:
        expect(owner.page.locator("[data-copy]").first).to_be_hidden()
    owner.check(javascript=javascript)

    for mode, link in links.items():
        friend = open_page(link.removeprefix(owner.site), width=width, theme=theme, javascript=javascript)
        assert friend.page.locator(".row").count() > 10
        text = friend.text()
        assert ("Step 2 CK" in text) == (mode == "Everything")
        assert ("interview" in text) == (mode != "The programs only")
        friend.check(javascript=javascript)
        if javascript:
            friend.screenshot(f"shared-{mode.split()[-1].lower()}-{width}-{theme}")

    friend = open_page(links["Everything"].removeprefix(owner.site), javascript=javascript)
    owner.follow(owner.page.get_by_role("button", name="Revoke all links"))
    expect(owner.page.get_by_text("No link leads to this list now.")).to_be_visible()
    for link in links.values():
        response = friend.page.goto(link)
        assert response is not None
        assert response.status == 404
    owner.check(javascript=javascript)


def test_private_link_is_copied_by_a_button(open_page: OpenPage) -> None:
    owner = open_page("/")
    owner.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to_list(owner)
    link = link_made(owner, "The programs only")
    owner.page.get_by_role("button", name=re.compile("^Copy")).click()
    expect(owner.page.get_by_role("button", name=re.compile("^Copied"))).to_be_visible()
    assert owner.page.evaluate("navigator.clipboard.readText()") == link
    owner.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_list_is_taken_as_a_file(open_page: OpenPage, javascript: bool) -> None:
    owner = open_page("/", javascript=javascript)
    to_list(owner)
    for name, start in STARTS.items():
        with owner.page.expect_download() as started:
            owner.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        assert re.fullmatch(r"for-dr-pena-\d{4}-\d\d-\d\d\.(pdf|xlsx|csv)", started.value.suggested_filename)
        assert Path(started.value.path()).read_bytes().startswith(start)

    link = link_made(owner, "The programs only")
    friend = open_page(link.removeprefix(owner.site), javascript=javascript)
    for name, start in STARTS.items():
        with friend.page.expect_download() as started:
            friend.page.get_by_role("link", name=name, exact=True).click()
        assert Path(started.value.path()).read_bytes().startswith(start)


def test_list_is_printed_with_its_rows_and_without_its_buttons(open_page: OpenPage) -> None:
    owner = open_page("/")
    to_list(owner)
    rows = owner.page.locator(".pick").count()
    owner.page.emulate_media(media="print")
    assert owner.page.locator(".pick:visible").count() == rows > 10
    for name in ("Make a private link", "Add them"):
        expect(owner.page.get_by_role("button", name=name)).to_be_hidden()
    assert len(owner.page.pdf(format="Letter")) > 10_000


@pytest.mark.parametrize("javascript", [True, False])
def test_forget_me_without_an_account_leaves_nothing(open_page: OpenPage, javascript: bool) -> None:
    owner = open_page("/", javascript=javascript)
    address = to_list(owner)
    link = link_made(owner, "Everything")
    owner.page.goto("/me/forget/")
    assert "1 private link" in owner.text()
    owner.check(javascript=javascript)
    owner.follow(owner.page.get_by_role("button", name="Delete all of it"))
    expect(owner.page.get_by_role("heading", name="You are forgotten here")).to_be_visible()
    owner.check(javascript=javascript)
    for gone in (address, link):
        response = owner.page.goto(gone)
        assert response is not None
        assert response.status == 404
    owner.page.goto("/me/forget/")
    assert "Nothing of yours is kept here" in owner.text()
