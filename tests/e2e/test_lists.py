"""A list worked on in a real browser: with scripts and without, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.test_journeys import save_list, to_result
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
LOOKS = [(360, "dark"), (1280, "light")]


def open_list(watched: Watched) -> Page:
    """The first sample person's recommended list, saved, its own page open."""
    to_result(watched)
    save_list(watched, "Los Angeles first")
    return watched.page


def order(page: Page, most: int = 4) -> list[str]:
    rows = page.locator(".pick")
    return [str(rows.nth(place).get_attribute("id")).removeprefix("row-") for place in range(most)]


def bar(page: Page) -> Locator:
    return page.locator("#list-saved")


def unfold(page: Page, *programs: str) -> None:
    """In a narrow window signal, status and note of a row are folded into a line."""
    for program in programs:
        fold = page.locator(f"#row-{program} .pick__more")
        if fold.locator("summary").is_visible() and fold.get_attribute("open") is None:
            fold.locator("summary").click()


def refused(watched: Watched) -> None:
    """The answer with status 422 is what is tested; the browser notes it as a failed load."""
    watched.errors = [error for error in watched.errors if "422" not in error]


def check_at_rest(watched: Watched) -> None:
    """While one works the line that says what is saved lies over the foot of the list."""
    watched.page.locator("#main").focus()
    watched.check()


@pytest.mark.parametrize("width", [360, 1280])
def test_list_is_changed_without_scripts(open_page: OpenPage, width: int) -> None:
    watched = open_page("/", width=width, javascript=False)
    page = open_list(watched)
    first, second, third, fourth = order(page)
    unfold(page, first, second)
    page.locator(f"#note-{first}").fill("Ask Dr. Chen")
    page.locator(f"#status-{second}").select_option("applied")
    watched.follow(bar(page).get_by_role("button", name="Save changes"))
    expect(bar(page)).to_contain_text("Changed 2 programs")
    expect(page.locator(f"#note-{first}")).to_have_value("Ask Dr. Chen")

    unfold(page, third)
    page.locator(f"#note-{third}").fill("typed before the arrow was pressed")
    watched.follow(page.locator(f"#down-{first}"))
    assert order(page) == [second, first, third, fourth]
    expect(page.locator(f"#note-{third}")).to_have_value("typed before the arrow was pressed")

    watched.follow(page.locator(f"#remove-{second}"))
    assert order(page, 3) == [first, third, fourth]
    watched.follow(page.locator("#messages").get_by_role("button", name="Undo"))
    assert order(page) == [second, first, third, fourth]
    expect(page.locator(f"#status-{second}")).to_have_value("applied")

    page.locator(f"#place-{fourth}").fill("first")
    watched.follow(bar(page).get_by_role("button", name="Save changes"))
    expect(page.get_by_role("alert")).to_contain_text("“first” is no place on the list")
    refused(watched)
    page.locator(f"#place-{fourth}").fill("1")
    watched.follow(bar(page).get_by_role("button", name="Save changes"))
    assert order(page) == [fourth, second, first, third]
    watched.check_quiet()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_list_saves_by_itself_and_says_when(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    page = open_list(watched)
    watched.check()
    first, second, third, _ = order(page)
    unfold(page, first)
    page.locator(f"#note-{first}").fill("Ask Dr. Chen")
    page.locator(f"#note-{first}").press("Tab")
    expect(bar(page)).to_contain_text("Wrote a note on")
    expect(bar(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    expect(page.locator(f"#set-{first}")).to_contain_text("Ask Dr. Chen")

    placed = page.locator(".counters").inner_text()
    signal = page.locator(f"#signal-{first}")
    signal.select_option(index=0 if signal.input_value() else 1)
    expect(page.locator(".counters")).not_to_have_text(placed, use_inner_text=True)

    page.locator(f"#remove-{second}").click()
    expect(page.locator(f"#row-{second}")).to_have_count(0)
    expect(page.locator(f"#remove-{third}")).to_be_focused()
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#row-{second}")).to_have_count(1)
    page.reload()
    expect(page.locator(f"#note-{first}")).to_have_value("Ask Dr. Chen")
    check_at_rest(watched)
    watched.screenshot(f"list-{width}-{theme}")


def test_list_is_put_in_order_by_keyboard_alone(open_page: OpenPage) -> None:
    watched = open_page("/")
    page = open_list(watched)
    first, second, third, fourth = order(page)
    page.locator(f"#down-{first}").focus()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("to place 2")
    expect(page.locator(f"#down-{first}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("to place 3")
    assert order(page) == [second, third, first, fourth]
    page.locator(f"#place-{fourth}").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("to place 1")
    expect(page.locator(f"#place-{fourth}")).to_be_focused()
    page.locator("#undo").focus()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("Undid")
    expect(page.locator("#undo")).to_be_focused()
    assert order(page) == [second, third, first, fourth]
    check_at_rest(watched)


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, False)])
def test_list_is_sorted_and_put_back(open_page: OpenPage, width: int, javascript: bool) -> None:
    watched = open_page("/", width=width, javascript=javascript)
    page = open_list(watched)
    before = order(page, 8)
    page.get_by_label("Sort", exact=True).select_option("wish")
    button = page.locator("button[value=sort]")
    button.click() if javascript else watched.follow(button)
    expect(page.locator("#messages")).to_contain_text("Sorted: what you wish for first")
    assert order(page, 8) != before
    page.locator("#undo").click() if javascript else watched.follow(page.locator("#undo"))
    expect(page.locator("#messages")).to_contain_text("Undid: Sorted")
    assert order(page, 8) == before
    watched.check_quiet()


def test_list_marks_where_programs_cost_more(open_page: OpenPage) -> None:
    watched = open_page("/")
    page = open_list(watched)
    expect(page.locator(".pick__mark").first).to_have_text(
        re.compile(r"^From here each .+ program costs \$30, not \$11\.$")
    )
    fees = page.locator(".pick__cost b").last.inner_text()
    assert fees in page.locator(".list-figures").inner_text()


def test_list_takes_all_of_a_kind_at_once_and_gives_them_back(open_page: OpenPage) -> None:
    watched = open_page("/")
    page = open_list(watched)
    before = page.locator(".pick").count()
    page.get_by_label("What to add").select_option("reach")
    page.get_by_label("Where", exact=True).select_option("california")
    page.get_by_role("button", name="Add them").click()
    expect(page.locator("#messages")).to_contain_text("added of all reaches in California")
    assert page.locator(".pick").count() > before
    page.locator("#undo").click()
    expect(page.locator(".pick")).to_have_count(before)
    check_at_rest(watched)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_list_takes_a_pasted_one(open_page: OpenPage, width: int, javascript: bool) -> None:
    watched = open_page("/", width=width, javascript=javascript)
    page = open_list(watched)
    there = order(page, 1)[0]
    watched.follow(page.get_by_role("link", name="paste a list you have"))
    watched.check(javascript=javascript)
    watched.follow(page.get_by_role("button", name="Read it"))
    expect(page.get_by_role("alert")).to_contain_text("Paste your list here first")
    refused(watched)
    page.get_by_label("Your list").fill(
        f"Program name\tCity\n1. {there}\n2. 1007040C0\n3. University of California\n4. Sisters of Nowhere"
    )
    watched.follow(page.get_by_role("button", name="Read it"))
    expect(page.locator("main")).to_contain_text("1 found, 1 to choose, 1 there already, 1 not found")
    watched.check(javascript=javascript)
    watched.follow(page.get_by_role("button", name="Add what is chosen"))
    expect(page.locator("#messages")).to_contain_text("1 program added")
    expect(page.get_by_label("Your list")).to_have_value("4. Sisters of Nowhere")
    watched.check(javascript=javascript)


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_list_versions_copies_and_deleting(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    page = open_list(watched)
    first, second, *_ = order(page)
    page.locator(f"#remove-{first}").click()
    expect(page.locator(f"#row-{first}")).to_have_count(0)
    watched.follow(page.get_by_role("link", name="All its versions"))
    watched.check()
    watched.screenshot(f"list-versions-{width}-{theme}")
    watched.follow(page.get_by_role("button", name=re.compile("^Go back to this")).last)
    assert order(page, 2) == [first, second]
    watched.follow(page.get_by_role("button", name="Make a copy to try things out"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Los Angeles first (copy)")
    watched.follow(page.get_by_role("link", name="Delete this list"))
    watched.check()
    watched.follow(page.get_by_role("button", name="Delete it for good"))
    expect(page.locator(".list-card")).to_have_count(1)
    watched.check()
    watched.screenshot(f"lists-{width}-{theme}")


def test_list_changed_in_two_windows_keeps_both(open_page: OpenPage) -> None:
    watched = open_page("/")
    page = open_list(watched)
    first, second, *_ = order(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(f"#note-{second}").fill("from the other window")
    other.locator(f"#note-{second}").press("Tab")
    expect(bar(other)).to_contain_text("Wrote a note on")
    page.locator(f"#note-{first}").fill("from this window")
    page.locator(f"#note-{first}").press("Tab")
    expect(page.locator("#messages")).to_contain_text("changed in another window")
    expect(page.locator(f"#note-{first}")).to_have_value("from this window")
    expect(page.locator(f"#note-{second}")).to_have_value("from the other window")
    check_at_rest(watched)


def test_list_fits_a_window_of_320(open_page: OpenPage) -> None:
    watched = open_page("/", width=320)
    open_list(watched)
    assert watched.overflow() == 0


def test_list_on_paper_shows_rows_and_no_buttons(open_page: OpenPage) -> None:
    watched = open_page("/")
    page = open_list(watched)
    page.emulate_media(media="print")
    assert page.locator(".pick").first.is_visible()
    assert not bar(page).is_visible()
    assert not page.locator(".pick__remove").first.is_visible()
