"""What is kept of one, and how a plan leaves: privacy page, calendar link, mail that stops in a click."""

import json
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.pages import to_result
from tests.e2e.test_account import address, sign_up
from tests.e2e.watched import Watched
from tests.smartpick.processes import ROOT, clean_environment

pytestmark = pytest.mark.browser
LOOKS = pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])


def to_plan(watched: Watched) -> None:
    to_result(watched)
    watched.page.goto("/plan/")
    watched.follow(watched.page.get_by_role("button", name=re.compile("plan")).first)
    watched.page.locator("#calendar").wait_for()


@LOOKS
def test_privacy_page_leads_to_all_one_can_do(open_page: OpenPage, width: int, theme: str) -> None:
    watched = open_page("/", width=width, theme=theme)
    watched.follow(watched.page.get_by_role("link", name=re.compile("^Privacy")))
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Privacy")
    watched.check()
    watched.screenshot(f"privacy-{width}-{theme}")
    for link, where in (
        ("my data", "/me/"),
        ("forget me", "/me/forget/"),
        ("delete my account", "/accounts/login/"),
    ):
        watched.page.goto("/privacy/")
        watched.follow(watched.page.get_by_role("link", name=link, exact=True))
        assert watched.page.url.startswith(watched.site + where)


@pytest.mark.parametrize("javascript", [True, False])
@LOOKS
def test_calendar_link_is_made_read_renewed_and_ended(
    open_page: OpenPage, width: int, theme: str, javascript: bool
) -> None:
    watched = open_page("/", width=width, theme=theme, javascript=javascript)
    to_plan(watched)
    page = watched.page
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the dates once").click()
    once = taken.value.path().read_bytes()
    watched.follow(page.get_by_role("button", name="Make a calendar link"))
    watched.check(javascript=javascript)
    watched.screenshot(f"calendar-{width}-{theme}-{'' if javascript else 'no-'}script")
    link = page.get_by_label("Your calendar link").input_value()
    read = page.request.get(link)
    assert read.body() == once
    assert len(Calendar.from_ical(once).walk("VEVENT")) > 10
    assert page.request.get(link, headers={"If-None-Match": read.headers["etag"]}).status == 304

    watched.follow(page.get_by_role("button", name="Make a new link"))
    newer = page.get_by_label("Your calendar link").input_value()
    assert (page.request.get(link).status, page.request.get(newer).status) == (404, 200)
    watched.follow(page.get_by_role("button", name="End the link"))
    assert page.request.get(newer).status == 404
    expect(page.get_by_role("button", name="Make a calendar link")).to_be_visible()


def test_mail_is_asked_for_sent_and_stopped_in_one_click(open_page: OpenPage, running_site: Site) -> None:
    email = address()
    owner = open_page("/")
    to_plan(owner)
    expect(owner.page.locator("#calendar")).to_contain_text("Make an account")
    sign_up(owner, running_site.mailbox, email)
    owner.page.goto("/plan/")
    owner.follow(owner.page.get_by_role("button", name="Remind me by mail"))
    expect(owner.page.locator("#calendar")).to_contain_text(email)
    owner.check()

    months_pass(running_site)
    assert chore(running_site) == "sent: 1\n"
    assert chore(running_site) == "sent: 0\n"
    mail = last_mail(running_site, email)
    assert mail["Subject"] == "Dates in your plan for the next two weeks"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.search(r"/plan/stop/\S+/", mail.get_content())
    assert found

    reader = open_page(found[0], width=360, theme="dark")  # another browser, where nobody is logged in
    reader.check()
    reader.screenshot("plan-stop-360-dark")
    reader.follow(reader.page.get_by_role("button", name="Stop the mails"))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Stopped")
    reader.check()
    owner.page.reload()
    expect(owner.page.get_by_role("button", name="Remind me by mail")).to_be_visible()


def months_pass(site: Site) -> None:
    """The first step of the newest plan comes near."""
    near = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    with sqlite3.connect(site.database_url.removeprefix("sqlite:///"), timeout=20) as database:
        newest = "FROM matching_plan WHERE remind ORDER BY created_at DESC LIMIT 1"
        key, kept = database.execute(f"SELECT id, document {newest}").fetchone()
        document = json.loads(kept)
        next(phase for phase in document["phases"] if phase["steps"])["steps"][0]["start"] = near
        database.execute("UPDATE matching_plan SET document = ? WHERE id = ?", (json.dumps(document), key))


def chore(site: Site) -> str:
    """What the daily command says, run beside the site."""
    environment = clean_environment(
        DATABASE_URL=site.database_url, EMAIL_URL=f"file://{site.mailbox}", LOG_LEVEL="WARNING"
    )
    command = [sys.executable, "manage.py", "plan_reminders"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120
    ).stdout


def last_mail(site: Site, to: str) -> EmailMessage:
    files = sorted(site.mailbox.iterdir(), key=lambda path: path.stat().st_mtime)
    raw = next(path.read_bytes() for path in reversed(files) if f"To: {to}".encode() in path.read_bytes())
    return message_from_bytes(raw.partition(b"\n-----")[0], EmailMessage, policy=policy.default)
