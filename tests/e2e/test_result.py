"""The result in a real browser over the real catalogue: figures, swaps, rows that open, the repair."""

import re

import pytest
from playwright.sync_api import expect

from applicants.personas import PERSONAS
from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

FIRST = PERSONAS[0]
LOOKS = [(360, "dark"), (1280, "light")]
SLOW = 20_000  # milliseconds a machine at work on other things may take
FIGURES = ("hist", "geo", "spread")
RINGS = (
    ("Los Angeles", r", CA$"),
    ("rest of California", r", CA$"),
    ("rest of the nation", r", (?!CA|OR|WA|NV|AZ|HI|AK)[A-Z]{2}$"),
)


def to_result(watched: Watched, title: str = FIRST.title) -> None:
    """From the front page with one click to a sample person's programs."""
    watched.follow(watched.page.get_by_role("button", name=title))
    watched.page.wait_for_url(re.compile(r"/matches/[0-9a-f-]{36}/"))
    watched.page.get_by_role("heading", name="What to do next").wait_for()


def stays(watched: Watched) -> None:
    """Marks the page, so that a navigation would be noticed."""
    watched.page.evaluate("document.documentElement.dataset.here = 'yes'")


def stayed(watched: Watched) -> bool:
    return bool(watched.page.evaluate("document.documentElement.dataset.here === 'yes'"))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_result_shows_its_figures_in_the_width_of_the_window(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    to_result(watched)
    seen, other = ("narrow", "wide") if width < 576 else ("wide", "narrow")
    for name in FIGURES:
        figure = watched.page.locator(f"svg.{name}.chart--{seen}")
        expect(figure).to_be_visible()
        expect(watched.page.locator(f"svg.{name}.chart--{other}")).to_be_hidden()
        box = figure.bounding_box()
        assert box is not None
        assert box["width"] <= width
    watched.check(javascript=javascript)
    if javascript:
        watched.screenshot(f"result-{width}-{theme}")


@pytest.mark.parametrize("width", [320, 1280])
def test_result_tables_say_what_the_figures_draw(open_page: OpenPage, width: int) -> None:
    watched = open_page("/", width=width)
    to_result(watched)
    for summary in watched.page.locator(".figure summary").all():
        summary.click()
    tables = watched.page.locator(".figure table")
    expect(tables).to_have_count(len(FIGURES))
    shares = tables.first.locator("td").all_inner_texts()
    assert sum(int(share) for share in shares if share.isdigit()) == 100
    heads = tables.nth(1).locator("thead th").all_inner_texts()
    assert heads[1:] == ["Los Angeles", "California", "West Coast", "Whole nation"]
    assert watched.overflow() == 0
    assert watched.violations() == []


@pytest.mark.parametrize("width", [360, 1280])
def test_result_ring_swaps_the_list_alone(open_page: OpenPage, width: int) -> None:
    watched = open_page("/", width=width)
    to_result(watched)
    stays(watched)
    for ring, place in RINGS:
        watched.page.get_by_role("link", name=re.compile(rf"^{ring} \([1-9]\d*\)$")).click()
        expect(watched.page.locator(".choices b").first).to_have_text(re.compile(rf"^{ring} \("))
        places = watched.page.locator(".tier-group .row__what span:first-child").all_inner_texts()
        assert places
        assert all(re.search(place, each) for each in places), places
    assert "ring=national" in watched.page.url
    assert stayed(watched)
    expect(watched.page.locator("#live")).to_contain_text("Now shown:")
    watched.check()


def test_result_ring_without_scripts_is_a_page(open_page: OpenPage) -> None:
    watched = open_page("/", javascript=False)
    to_result(watched)
    for ring, place in RINGS:
        watched.follow(watched.page.get_by_role("link", name=re.compile(rf"^{ring} \([1-9]\d*\)$")))
        places = watched.page.locator(".tier-group .row__what span:first-child").all_inner_texts()
        assert places
        assert all(re.search(place, each) for each in places), places
    watched.check_quiet()


def test_result_goes_back_after_a_swap(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_result(watched)
    watched.page.get_by_role("link", name="best odds first").click()
    expect(watched.page.locator(".choices b").last).to_have_text("best odds first")
    watched.page.go_back()
    expect(watched.page.locator(".choices b").last).to_have_text("Los Angeles first")
    assert "order=" not in watched.page.url


def test_result_show_all_of_a_tier_by_a_swap_and_a_late_row_fetches_its_reasons(open_page: OpenPage) -> None:
    watched = open_page("/")
    to_result(watched)
    stays(watched)
    watched.page.get_by_role("link", name=re.compile(r"^Show all \d+ reach")).click()
    rows = watched.page.locator("#reach .row")
    # Said once the part is settled: from then on its rows listen.
    expect(watched.page.locator("#live")).to_contain_text(re.compile(r"(\d+) of \1 reach"))
    late = rows.last
    late.locator("summary").click()
    expect(late.locator(".bars")).to_be_visible(timeout=SLOW)
    assert stayed(watched)
    watched.check()


def test_result_show_all_of_a_tier_without_javascript(open_page: OpenPage) -> None:
    watched = open_page("/", javascript=False)
    to_result(watched)
    group = watched.page.locator("#reach")
    assert group.locator(".row").count() == 10
    watched.follow(group.get_by_role("link", name="Show all"))
    rows = watched.page.locator("#reach .row")
    assert rows.count() > 10
    rows.last.locator("summary").click()
    watched.follow(rows.last.get_by_role("link", name="Its own page"))
    assert "/programs/" in watched.page.url


@pytest.mark.parametrize("part", ["others", "screened"])
def test_result_more_of_a_part_comes_by_a_swap(open_page: OpenPage, part: str) -> None:
    watched = open_page("/")
    to_result(watched, PERSONAS[1].title)
    stays(watched)
    before = watched.page.locator(f"#{part} .row").count()
    watched.page.locator(f"#{part}").get_by_role("link", name=re.compile(r"^Show")).click()
    expect(watched.page.locator(f"#{part} .row").nth(before)).to_be_visible()
    assert f"all={part}" in watched.page.url
    assert stayed(watched)


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


@pytest.mark.parametrize("javascript", [True, False])
def test_result_row_is_added_and_taken_off(open_page: OpenPage, javascript: bool) -> None:
    watched = open_page("/", javascript=javascript)
    to_result(watched)
    row = watched.page.locator(".tier-group .row").first
    button = row.locator(".list-button button")
    for words in ("On my list", "Add to my list"):
        if javascript:
            button.click()
        else:
            watched.follow(button)
        expect(button).to_contain_text(words)
    watched.check_quiet()


@pytest.mark.parametrize("javascript", [True, False])
def test_result_is_repaired_by_one_click(open_page: OpenPage, javascript: bool) -> None:
    watched = open_page("/", javascript=javascript)
    to_result(watched)
    watched.follow(watched.page.get_by_role("button", name=re.compile(r"^Leave out the last \d+$")))
    watched.page.wait_for_url(re.compile(r"/lists/[0-9a-f-]{36}/"))
    expect(watched.page.locator("#messages")).to_contain_text(
        re.compile(r"Balance [A-F] before, [A-F] now\.")
    )
    expect(watched.page.get_by_role("heading", level=1)).to_contain_text("My 2027 list, changed")
    watched.check_quiet()
