"""Explore and the comparison in a real browser: maps, filters with scripts and without, the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from applicants.personas import PERSONAS
from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

LOOKS = [(360, "dark"), (1280, "light")]


def with_answer(open_page: OpenPage, path: str = "/programs/", **look: object) -> Watched:
    """At ``path`` with the odds of the first sample person."""
    watched = open_page("/", **look)  # type: ignore[arg-type]
    watched.follow(watched.page.get_by_role("button", name=PERSONAS[0].title))
    watched.page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))
    watched.page.goto(path)
    return watched


def heading(watched: Watched) -> str:
    return watched.page.locator("#list-title").inner_text()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_explore_and_comparison_hold_in_every_look(open_page: OpenPage, width: int, theme: str) -> None:
    watched = with_answer(open_page, width=width, theme=theme)
    assert watched.page.locator(".map--us .map__marks a").count() > 1000
    watched.check()
    watched.screenshot(f"explore-{width}-{theme}")
    watched.page.goto("/programs/?specialty=all")
    watched.check()
    watched.page.goto("/programs/compare/?ids=sp01444&ids=sp01483&ids=sp00689&ids=sp03022")
    watched.check()
    watched.screenshot(f"compare-{width}-{theme}")


def test_explore_fits_the_narrowest_window(open_page: OpenPage) -> None:
    watched = with_answer(open_page, width=320)
    for summary in watched.page.locator("main summary").all():
        summary.click()
    assert watched.overflow() == 0
    watched.page.goto("/programs/compare/?ids=sp01444&ids=sp01483")
    assert watched.overflow() == 0


def test_filter_swaps_the_page_and_its_address(open_page: OpenPage) -> None:
    watched = with_answer(open_page)
    before = heading(watched)
    watched.page.locator(".row input[name=ids]").first.check()
    chosen = watched.page.locator(".row input[name=ids]").first.get_attribute("value")
    watched.page.get_by_role("radio", name=re.compile("^Los Angeles")).check()
    expect(watched.page.locator("#list-title")).not_to_have_text(before)
    expect(watched.page).to_have_url(re.compile("ring=los-angeles"))
    assert f"ids={chosen}" in watched.page.url
    marks = watched.page.locator(".map--los-angeles .map__marks a").count()
    assert heading(watched) == f"{marks} program tracks"
    watched.check()
    watched.page.reload()
    assert heading(watched) == f"{marks} program tracks"


def test_filter_without_javascript(open_page: OpenPage) -> None:
    watched = with_answer(open_page, javascript=False)
    watched.page.get_by_role("radio", name=re.compile("^Los Angeles")).check()
    watched.page.get_by_role("radio", name=re.compile("^target")).check()
    watched.follow(watched.page.get_by_role("button", name="Show programs"))
    tiers = watched.page.locator(".explore-row__odds .tier").all_inner_texts()
    assert tiers
    assert set(tiers) == {"target"}
    watched.follow(watched.page.locator("#county-Riverside"))
    assert "county=Riverside" in watched.page.url
    assert watched.page.locator(".row").count() < len(tiers)
    watched.check_quiet()


def test_map_keyboard_goes_from_mark_to_mark_and_opens_a_program(open_page: OpenPage) -> None:
    watched = with_answer(open_page, "/programs/?ring=los-angeles")
    watched.page.locator("#county-Ventura").focus()
    watched.page.keyboard.press("Tab")
    focused = watched.page.locator(".map--los-angeles .map__marks a:focus")
    first = focused.get_attribute("href")
    watched.page.keyboard.press("ArrowRight")
    second = focused.get_attribute("href")
    assert first != second
    watched.page.keyboard.press("ArrowLeft")
    assert focused.count() == 1
    watched.screenshot("explore-mark-focused")
    title = focused.locator("title").text_content() or ""
    assert re.search(r": (safety|target|reach|closed to you|no number)", title)
    href = focused.get_attribute("href")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url(f"**{href}")
    expect(watched.page.get_by_role("heading", level=1)).not_to_have_text("Explore programs")


def test_map_of_many_marks_is_one_stop_and_states_are_links(open_page: OpenPage) -> None:
    watched = with_answer(open_page)
    assert watched.page.locator('.map--us .map__marks a:not([tabindex="-1"])').count() == 1
    state = watched.page.get_by_role("link", name=re.compile("^New York: [0-9]+ tracks"))
    state.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page).to_have_url(re.compile("state=NY"))
    places = watched.page.locator(".explore-row__who .row__what span:first-child").all_inner_texts()
    assert all(", NY" in place for place in places if "," in place)
    watched.check()


def test_mark_opens_its_program_by_a_click(open_page: OpenPage) -> None:
    watched = with_answer(open_page, "/programs/?state=AK&specialty=all")
    mark = watched.page.locator(".map--us .map__marks a").first
    href = mark.get_attribute("href")
    watched.page.locator(".map--us .map__marks path").first.click()
    watched.page.wait_for_url(f"**{href}")
    expect(watched.page.get_by_role("heading", level=1)).not_to_have_text("Explore programs")
    watched.check_quiet()


@pytest.mark.parametrize("javascript", [True, False])
def test_ticked_programs_stand_side_by_side(open_page: OpenPage, javascript: bool) -> None:
    watched = with_answer(open_page, "/programs/?ring=los-angeles", javascript=javascript)
    boxes = watched.page.locator(".row input[name=ids]")
    for place in range(5):
        boxes.nth(place).check()
    watched.follow(watched.page.get_by_role("button", name="Compare"))
    assert watched.page.locator("thead th").count() == 4
    assert "Four fit side by side" in watched.text()
    watched.check(javascript=javascript)
    watched.follow(watched.page.get_by_role("link", name=re.compile("^Take away")).first)
    assert watched.page.locator("thead th").count() == 3
    watched.follow(watched.page.get_by_role("link", name="Find another to compare"))
    assert "Also chosen" in watched.text() or watched.page.locator("input[name=ids]:checked").count()


def test_explore_without_an_answer_is_neutral_and_whole(open_page: OpenPage) -> None:
    watched = open_page("/programs/?ring=los-angeles")
    assert watched.page.locator(".map--los-angeles .mark--none a").count() == 212
    assert watched.page.locator(".mark--reach, .mark--target, .mark--closed").count() == 0
    assert watched.page.get_by_role("link", name="Fill in your profile").is_visible()
    watched.check()


def test_added_program_shows_on_its_button(open_page: OpenPage) -> None:
    watched = with_answer(open_page, "/programs/?ring=los-angeles")
    button = watched.page.get_by_role("button", name=re.compile("Add to my list")).first
    name = button.get_attribute("id")
    button.click()
    expect(watched.page.locator(f"#{name}")).to_contain_text("On my list")
    watched.page.reload()
    expect(watched.page.locator(f"#{name}")).to_contain_text("On my list")
    watched.check()
