"""The desk in a real browser under the site's own Content-Security-Policy: scripts run, nothing complains."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import CHIEF_PASSWORD, OpenPage, Site
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser

PROGRAM = "/admin/programs/program/sp01434/"


def login(watched: Watched, name: str, password: str) -> None:
    page = watched.page
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    watched.follow(page.get_by_role("button", name="Log in"))
    expect(page.get_by_text("Welcome")).to_be_visible()


def quiet_and_narrow(watched: Watched) -> None:
    assert (watched.errors, watched.foreign, watched.overflow()) == ([], [], 0), watched.page.url


def save_a_list(open_page: OpenPage, name: str) -> None:
    watched = open_page("/")
    page = watched.page
    watched.follow(page.locator(".persona").first)
    page.wait_for_url(re.compile("/matches/"))
    page.get_by_label("Name of the list").fill(name)
    watched.follow(page.get_by_role("button", name="Save the list"))
    page.wait_for_url(re.compile("/lists/"))


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_superuser_reads_a_saved_list(open_page: OpenPage, chief: str, width: int, theme: str) -> None:
    """Nobody sent it to an advisor, so no advisor finds it."""
    name = f"Autumn {width} {theme}"
    save_a_list(open_page, name)
    watched = open_page("/admin/", width=width, theme=theme)
    page = watched.page
    watched.check()
    login(watched, chief, CHIEF_PASSWORD)
    watched.check()
    watched.screenshot(f"desk-list-index-{width}-{theme}")

    watched.follow(page.get_by_role("link", name="Saved lists").first)
    quiet_and_narrow(watched)
    watched.follow(page.get_by_role("link", name=name))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_text("The applicant, as scored").click()

    expect(page.get_by_text("224, passed, 1 attempt")).to_be_visible()
    rows = page.locator(".desk-table tbody tr")
    assert rows.count() > 40
    assert rows.filter(has=page.locator(".desk-reasons li")).count() == rows.count()
    watched.check()
    watched.screenshot(f"desk-list-list-{width}-{theme}")


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (360, "light")])
def test_desk_pages_are_quiet_and_fit(
    open_page: OpenPage, running_site: Site, chief: str, width: int, theme: str
) -> None:
    save_a_list(open_page, "For the chief")
    watched = open_page("/admin/", width=width, theme=theme)
    page = watched.page
    login(watched, chief, CHIEF_PASSWORD)
    addresses = sorted({str(link.get_attribute("href")) for link in page.locator("#content-main a").all()})
    assert len(addresses) > 15

    for address in [*addresses, f"{PROGRAM}change/", f"{PROGRAM}history/"]:
        page.goto(address)
        quiet_and_narrow(watched)
        first = page.locator("#result_list tbody th a").first
        if first.count():
            watched.follow(first)
            quiet_and_narrow(watched)
    watched.check_quiet()
    page.goto(f"{PROGRAM}change/")
    watched.screenshot(f"desk-program-{width}-{theme}")


def test_fact_is_recorded_and_published(open_page: OpenPage, chief: str) -> None:
    """The stock scripts (the box that searches, the calendar) work under the policy."""
    watched = open_page("/admin/programs/programfact/add/")
    page = watched.page
    login(watched, chief, CHIEF_PASSWORD)
    page.locator(".field-program .select2-selection").click()
    page.locator(".select2-search__field").fill("1400531039")
    page.locator(".select2-results__option", has_text="St Mary").first.click()
    page.locator("#id_field").select_option("residents_us_img")
    page.locator("#id_value").fill("9")
    page.locator("#id_strictness").select_option("count")
    page.locator("#id_source_kind").select_option("program_page")
    page.locator("#id_confidence").select_option("high")
    page.locator("#id_url").fill("https://program.example/residents")
    page.locator(".field-observed_on").get_by_role("link", name="Today").click()
    watched.follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("was added successfully")).to_be_visible()

    page.goto("/admin/programs/dataversion/")
    watched.follow(page.get_by_role("link", name="Publish a new data version"))
    expect(page.get_by_role("row", name=re.compile("St Mary"))).to_be_visible()
    watched.follow(page.get_by_role("button", name="Publish this"))
    expect(page.get_by_text("New matches use it from now on")).to_be_visible()
    watched.check_quiet()


def test_key_is_shown_once(open_page: OpenPage, chief: str) -> None:
    watched = open_page("/admin/matching/apikey/add/")
    page = watched.page
    login(watched, chief, CHIEF_PASSWORD)
    page.get_by_label("Name").fill("A partner")
    page.get_by_label("programs:read").check()
    watched.follow(page.get_by_role("button", name="Save"))

    secret = page.get_by_label("The key of A partner").input_value()
    assert re.fullmatch(r"\w{8}\.\w{32}", secret)
    watched.check()
    watched.follow(page.get_by_role("link", name="I have copied it"))
    expect(page.get_by_role("link", name="A partner")).to_be_visible()
    assert secret not in page.content()
    watched.check_quiet()
