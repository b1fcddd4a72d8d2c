"""The three steps of the profile in a real browser: with scripts and without, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("javascript", [True, False])
RESULT = re.compile(r"/matches/[0-9a-f-]{36}/")


def press(watched: Watched, name: str) -> None:
    watched.follow(watched.page.get_by_role("button", name=name, exact=True))


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def needed(page: Page) -> None:
    """The eight answers a list needs most."""
    choose(page, "Which of these are you?", "US citizen, medical school outside the US (US-citizen IMG)")
    page.get_by_label("Year of graduation").fill("2025")
    choose(page, "Are you ECFMG certified?", "Not yet")
    choose(page, "Step 1 result", "Passed")
    page.get_by_label("Step 1 attempts").fill("1")
    choose(page, "Step 2 CK result", "Passed")
    page.get_by_label("Step 2 CK score").fill("224")
    page.get_by_label("Step 2 CK attempts").fill("1")


def unfold(page: Page) -> None:
    folded = page.locator("main details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()


@BOTH
@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_three_steps_lead_to_the_programs(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/profile/", width=width, theme=theme, javascript=javascript)
    page = watched.page
    needed(page)
    watched.check(javascript=javascript)
    press(watched, "Next step")
    page.get_by_role("group", name="Experience 1").get_by_label("What").select_option("elective")
    page.get_by_role("group", name="Experience 1").get_by_label("Weeks").fill("8")
    page.get_by_role("group", name="Experience 1").get_by_label("Where").select_option("los-angeles")
    watched.check(javascript=javascript)
    press(watched, "Back one step")
    expect(page.get_by_label("Step 2 CK score")).to_have_value("224")
    press(watched, "Experience and ties")
    expect(page.get_by_role("group", name="Experience 1").get_by_label("Weeks")).to_have_value("8")
    press(watched, "Next step")
    choose(page, "Where would you most like to train?", "Greater Los Angeles")
    expect(page.get_by_role("heading", name="What you left open, and what it costs")).to_be_visible()
    expect(page.get_by_text("Elective (hands-on), 8 weeks, Greater Los Angeles")).to_be_visible()
    watched.check(javascript=javascript)
    press(watched, "See my programs")
    page.wait_for_url(RESULT)
    watched.check_quiet()


def test_three_steps_by_keyboard_alone(open_page: OpenPage) -> None:
    watched = open_page("/profile/")
    page = watched.page

    def tab_to(name: str, value: str = "") -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            at = page.evaluate("[document.activeElement.name, document.activeElement.value]")
            if at[0] == name and (not value or at[1] == value):
                return
        raise AssertionError(f"the keyboard does not reach {name} {value}")

    def enter() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")

    for name, typed in (
        ("applicant_type", " "),
        ("graduation_year", "2025"),
        ("ecfmg_certified", " "),
        ("step1_status", " "),
        ("step1_attempts", "1"),
        ("step2ck_status", " "),
        ("step2ck_score", "224"),
        ("step2ck_attempts", "1"),
    ):
        tab_to(name)
        page.keyboard.type(typed)
    enter()  # in an input Enter goes on
    page.wait_for_url("**/profile/training/")
    tab_to("experience-0-kind")
    page.keyboard.type("Elect")
    tab_to("experience-0-weeks")
    page.keyboard.type("8")
    tab_to("add-row", "experience")
    page.keyboard.press("Enter")
    expect(page.locator("#id_experience-1-kind")).to_be_focused()
    page.keyboard.type("Observ")
    tab_to("remove-row", "experience-1")
    page.keyboard.press("Enter")
    expect(page.locator("#id_experience-1-kind")).to_have_count(0)
    expect(page.locator("#id_experience-0-kind")).to_be_focused()
    expect(page.locator("#id_experience-0-weeks")).to_have_value("8")
    tab_to("go", "next")
    enter()
    page.wait_for_url("**/profile/wishes/")
    tab_to("go", "match")
    enter()
    page.wait_for_url(RESULT)
    watched.check_quiet()


def test_what_is_typed_is_saved_by_itself_and_survives_a_reload(open_page: OpenPage) -> None:
    watched = open_page("/profile/")
    page = watched.page
    page.get_by_label("Year of graduation").fill("2021")
    expect(page.locator("#kept")).to_contain_text("Saved")
    expect(page.locator("#needed")).to_contain_text("1 of 8")
    page.reload()
    expect(page.get_by_label("Year of graduation")).to_have_value("2021")
    # What was typed a moment ago is kept on the way out too.
    page.get_by_label("Step 1 attempts").fill("2")
    page.goto("/")
    page.goto("/profile/")
    expect(page.get_by_label("Step 1 attempts")).to_have_value("2")
    watched.check()


def test_what_is_amiss_is_said_beside_its_input_and_goes_when_mended(open_page: OpenPage) -> None:
    watched = open_page("/profile/", width=360)
    page = watched.page
    score = page.get_by_label("Step 2 CK score")
    score.fill("301")
    score.press("Tab")
    expect(page.locator("#id_step2ck_score_error")).to_contain_text("must be 300 or less")
    expect(score).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#kept")).to_contain_text("1 answer to check")
    watched.check()
    score.fill("224")
    score.press("Tab")
    expect(page.locator("#id_step2ck_score_error")).to_be_empty()
    expect(score).not_to_have_attribute("aria-invalid", "true")


def test_a_save_that_does_not_arrive_is_told_and_the_form_stays(open_page: OpenPage) -> None:
    page = open_page("/profile/").page
    page.route("**/profile/", lambda route: route.abort())
    page.get_by_label("Year of graduation").fill("2021")
    expect(page.locator("#kept")).to_contain_text("Not saved")
    expect(page.get_by_label("Year of graduation")).to_have_value("2021")
    page.unroute("**/profile/")
    page.get_by_label("Step 1 attempts").fill("1")
    expect(page.locator("#kept")).to_contain_text("Saved")


@BOTH
@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
def test_errors_are_listed_first_and_their_links_lead_to_the_inputs(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/profile/", width=width, theme=theme, javascript=javascript)
    page = watched.page
    page.get_by_label("Year of graduation").fill("20x5")
    page.get_by_label("Step 2 CK score").fill("999")
    press(watched, "Next step")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    # The answer with status 422 is what is tested; the browser notes it as a failed load.
    watched.errors = [error for error in watched.errors if "422" not in error]
    watched.check(javascript=javascript)
    summary.get_by_role("link", name=re.compile("Graduation year")).click()
    expect(page.get_by_label("Year of graduation")).to_be_focused()
    expect(page.get_by_label("Year of graduation")).to_have_value("20x5")
    page.get_by_label("Year of graduation").fill("2025")
    page.get_by_label("Step 2 CK score").fill("224")
    press(watched, "Next step")
    page.wait_for_url("**/profile/training/")


@BOTH
def test_rows_are_added_and_taken_out_and_nothing_is_lost(open_page: OpenPage, javascript: bool) -> None:
    watched = open_page("/profile/training/", javascript=javascript)
    page = watched.page

    def row(number: int) -> Locator:
        return page.get_by_role("group", name=f"Letter {number}", exact=True)

    def button(name: str) -> None:
        found = page.get_by_role("button", name=name, exact=True)
        if javascript:
            found.click()
        else:
            watched.follow(found)

    row(1).get_by_label("Who writes it").select_option("us_academic")
    button("Add another letter")
    expect(row(2).get_by_label("Who writes it")).to_be_focused()
    row(2).get_by_label("Who writes it").select_option("us_clinical")
    row(2).get_by_label("State").select_option("NY")
    button("Add another letter")
    expect(row(3).get_by_label("Who writes it")).to_be_focused()
    button("Take out letter 1")
    expect(row(3)).to_have_count(0)
    expect(row(1).get_by_label("Who writes it")).to_have_value("us_clinical")
    expect(row(1).get_by_label("State")).to_have_value("NY")
    watched.check(javascript=javascript)


def test_a_program_is_offered_by_its_name_and_understood_without_scripts(open_page: OpenPage) -> None:
    watched = open_page("/profile/training/")
    page = watched.page
    first = page.get_by_role("group", name="Experience 1", exact=True)
    first.get_by_label("Program").press_sequentially("harbor psychiatry")
    options = page.locator("#id_experience-0-program_id_found option")
    expect(options.first).to_have_attribute("value", re.compile("Harbor.*Psychiatry"))
    watched.check()

    plain = open_page("/profile/training/", javascript=False)
    first = plain.page.get_by_role("group", name="Experience 1", exact=True)
    first.get_by_label("What").select_option("elective")
    first.get_by_label("Program").fill("harbor ucla")
    press(plain, "Next step")
    expect(plain.page.locator(".error-summary")).to_contain_text("Several programs fit")
    first.get_by_label("Program").fill("harbor ucla psychiatry")
    press(plain, "Next step")
    plain.page.wait_for_url("**/profile/wishes/")
    plain.page.goto("/profile/training/")
    expect(first.get_by_label("Program")).to_have_value(re.compile(r"Harbor-UCLA.*Psychiatry.*\(sp\d{5}\)"))


@BOTH
def test_exams_ask_only_what_the_result_leaves_open(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/profile/", javascript=javascript).page
    expect(page.get_by_label("Step 1 score")).not_to_be_visible()
    expect(page.get_by_label("Latest practice score")).not_to_be_visible()
    choose(page, "Step 2 CK result", "Taken, waiting for the result")
    expect(page.get_by_label("Latest practice score")).to_be_visible()
    expect(page.get_by_label("Step 2 CK score")).not_to_be_visible()
    choose(page, "Step 2 CK result", "Passed")
    expect(page.get_by_label("Step 2 CK score")).to_be_visible()
    choose(page, "Step 1 result", "Not taken yet")
    expect(page.get_by_label("Step 1 attempts")).not_to_be_visible()
    choose(page, "Step 1 result", "Passed")
    page.get_by_text("Taken before 26 January 2022?").click()
    expect(page.get_by_label("Step 1 score")).to_be_visible()
    expect(page.get_by_label("Do you need a visa to train?")).not_to_be_visible()
    choose(page, "Which of these are you?", "Not a US citizen, medical school outside the US (non-US IMG)")
    expect(page.get_by_label("Do you need a visa to train?")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (1280, "dark")])
def test_sample_fills_every_step_and_leaves_ones_own_alone(
    open_page: OpenPage, width: int, theme: str
) -> None:
    watched = open_page("/profile/", width=width, theme=theme)
    page = watched.page
    page.get_by_label("Year of graduation").fill("2019")
    page.get_by_label("Year of graduation").press("Tab")
    expect(page.locator("#kept")).to_contain_text("Saved")
    page.get_by_text("Just looking?").click()
    watched.follow(page.get_by_role("link", name="A Step 1 fail, then a pass"))
    expect(page.get_by_label("Year of graduation")).to_have_value("2025")
    unfold(page)
    watched.check()
    press(watched, "Next step")
    expect(page.get_by_role("group", name="Experience 2").get_by_label("Weeks")).to_have_value("4")
    unfold(page)
    watched.check()
    press(watched, "Next step")
    watched.check()
    watched.follow(page.get_by_role("link", name="Back to my own"))
    page.goto("/profile/")
    expect(page.get_by_label("Year of graduation")).to_have_value("2019")


def test_open_needed_answers_are_asked_for_once_more(open_page: OpenPage) -> None:
    watched = open_page("/profile/", width=360)
    page = watched.page
    press(watched, "See my programs now")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_role("heading", name="All 8 needed answers are still open")).to_be_visible()
    watched.errors = [error for error in watched.errors if "422" not in error]
    watched.check()
    press(watched, "Show me my programs anyway")
    page.wait_for_url(RESULT)
