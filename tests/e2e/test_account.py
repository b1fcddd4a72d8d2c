"""An account from the first code to the last click, in a real browser; mail is read where it falls."""

import json
import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.test_journeys import save_list, to_result
from tests.e2e.test_profile import RESULT, choose, needed, press
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

PASSWORD = "three quiet harbours"
LOOKS = [(360, "dark"), (1280, "light")]


def address() -> str:
    return f"maria-{uuid.uuid4().hex[:8]}@example.org"


def code_sent(mailbox: Path, to: str) -> str:
    mails = [path.read_text() for path in sorted(mailbox.iterdir()) if f"To: {to}" in path.read_text()]
    assert mails, f"no mail to {to}"
    return str(re.findall(r"^[A-Z]{4}-[A-Z]{4}$", mails[-1], flags=re.MULTILINE)[-1])


def sign_up(watched: Watched, mailbox: Path, email: str) -> None:
    page = watched.page
    page.goto("/accounts/signup/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    watched.follow(page.get_by_role("button", name="Send me the code"))
    page.get_by_label("Code from the mail").fill(code_sent(mailbox, email))
    watched.follow(page.get_by_role("button", name="This is my address"))
    page.wait_for_url("**/lists/")


def log_in(watched: Watched, email: str) -> None:
    page = watched.page
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    watched.follow(page.get_by_role("button", name="Log in"))


@pytest.mark.parametrize("javascript", [True, False])
def test_sign_up_takes_over_what_was_made_before(
    open_page: OpenPage, running_site: Site, javascript: bool
) -> None:
    email = address()
    visitor = open_page("/", javascript=javascript)
    to_result(visitor)
    result = visitor.page.url.removeprefix(visitor.site)
    save_list(visitor, "Mine")
    sign_up(visitor, running_site.mailbox, email)
    expect(visitor.page.get_by_role("link", name="Mine")).to_be_visible()
    visitor.check_quiet()

    elsewhere = open_page("/", javascript=javascript)
    log_in(elsewhere, email)
    expect(elsewhere.page.get_by_role("link", name="Mine")).to_be_visible()
    response = elsewhere.page.goto(result)
    assert response is not None
    assert response.status == 200
    stranger = open_page("/", javascript=javascript).page.goto(result)
    assert stranger is not None
    assert stranger.status == 404


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_pages_of_an_account_hold(open_page: OpenPage, running_site: Site, width: int, theme: str) -> None:
    watched = open_page("/accounts/signup/", width=width, theme=theme)
    page, email = watched.page, address()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    watched.follow(page.get_by_role("button", name="Send me the code"))
    watched.check()
    page.get_by_label("Code from the mail").fill("XXXX-XXXX")
    watched.follow(page.get_by_role("button", name="This is my address"))
    expect(page.get_by_role("alert")).to_contain_text("This is not the code we sent last")
    watched.check()
    page.get_by_label("Code from the mail").fill(code_sent(running_site.mailbox, email))
    watched.follow(page.get_by_role("button", name="This is my address"))
    for name, path in {
        "me": "/me/",
        "email": "/accounts/email/",
        "password": "/accounts/password/change/",
        "sessions": "/accounts/sessions/",
        "profiles": "/me/profiles/",
        "delete": "/me/delete/",
    }.items():
        page.goto(path)
        watched.check()
        watched.screenshot(f"account-{name}-{width}-{theme}")


def test_everything_is_taken_away_and_deleted(open_page: OpenPage, running_site: Site) -> None:
    watched = open_page("/")
    page, email = watched.page, address()
    to_result(watched)
    save_list(watched, "To go")
    sign_up(watched, running_site.mailbox, email)
    page.goto("/me/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    told = json.loads(Path(download.value.path()).read_text())
    assert (told["account"]["email"], told["lists"][0]["name"]) == (email, "To go")

    watched.follow(page.get_by_role("link", name="Delete my account"))
    page.get_by_label("Your password").fill(PASSWORD)
    watched.follow(page.get_by_role("button", name="Delete everything"))
    expect(page.get_by_text("Your account and everything in it are deleted.")).to_be_visible()
    log_in(watched, email)
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    watched.check()


def test_password_forgotten_is_replaced_by_a_code(open_page: OpenPage, running_site: Site) -> None:
    email = address()
    sign_up(open_page("/"), running_site.mailbox, email)
    watched = open_page("/accounts/login/")
    page = watched.page
    watched.follow(page.get_by_role("link", name="I forgot my password"))
    page.get_by_label("E-mail address of your account").fill(email)
    watched.follow(page.get_by_role("button", name="Send me the code"))
    watched.check()
    page.get_by_label("Code from the mail").fill(code_sent(running_site.mailbox, email))
    watched.follow(page.get_by_role("button", name="Go on"))
    watched.check()
    page.get_by_label("New password", exact=True).fill("four loud mountains")
    page.get_by_label("New password again").fill("four loud mountains")
    watched.follow(page.get_by_role("button", name="Keep this password"))
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text(email)


def test_demo_applicant_logs_in_by_name(open_page: OpenPage, running_site: Site) -> None:
    watched = open_page("/accounts/login/")
    watched.page.get_by_label("E-mail address").fill("applicant")
    watched.page.get_by_label("Password").fill(running_site.logins["applicant"])
    watched.follow(watched.page.get_by_role("button", name="Log in"))
    watched.page.wait_for_url("**/lists/")


def fill_in(watched: Watched, score: str) -> None:
    """The whole form, in the shortest way that leads to programs."""
    page = watched.page
    page.goto("/profile/")
    needed(page)
    page.get_by_label("Step 2 CK score").fill(score)
    press(watched, "Next step")
    press(watched, "Next step")
    choose(page, "Where would you most like to train?", "Greater Los Angeles")
    press(watched, "See my programs")
    page.wait_for_url(RESULT)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_profiles_are_shown_and_the_chosen_one_counts(
    open_page: OpenPage, running_site: Site, javascript: bool
) -> None:
    email = address()
    first = open_page("/", javascript=javascript)
    fill_in(first, "224")
    sign_up(first, running_site.mailbox, email)

    second = open_page("/", width=360, javascript=javascript)
    page = second.page
    fill_in(second, "231")
    log_in(second, email)
    expect(page.get_by_role("heading", name="Your account has another profile")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Step 2 CK"))
    expect(row).to_contain_text("224")
    expect(row).to_contain_text("231")
    second.check(javascript=javascript)
    page.goto("/profile/")  # nothing is overwritten while she has not chosen
    expect(page.get_by_label("Step 2 CK score")).to_have_value("224")

    page.goto("/me/profiles/")
    page.get_by_label("The one from this browser").check()
    second.follow(page.get_by_role("button", name="Go on with this one"))
    page.goto("/profile/")
    expect(page.get_by_label("Step 2 CK score")).to_have_value("231")
    page.goto("/me/")
    expect(page.get_by_text("2 profiles")).to_be_visible()
    second.check_quiet()
