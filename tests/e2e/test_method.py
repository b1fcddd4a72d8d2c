"""The pages on the method in a browser, with scripts and without."""

import re

import pytest

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_a_number_of_the_example_leads_to_its_parameter(open_page: OpenPage) -> None:
    watched = open_page("/method/")
    link = watched.page.locator(".reckoning .formula a").first
    number, name = link.inner_text(), link.get_attribute("title")
    watched.follow(link)
    row = watched.page.locator(f'[id="p-{name}"]')
    assert watched.page.url.endswith(f"/method/parameters/#p-{name}")
    assert row.get_by_role("cell").first.inner_text() == number
    watched.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_parameters_are_searched_and_the_address_keeps_it(open_page: OpenPage, javascript: bool) -> None:
    watched = open_page("/method/parameters/", javascript=javascript)
    watched.page.get_by_label("Words in name, use, source or note").fill("step 3")
    watched.page.get_by_label("Kind").select_option("judgement")
    watched.follow(watched.page.get_by_role("button", name="Show"))
    assert "kind=judgement" in watched.page.url
    assert watched.page.locator(".parameters tbody tr").count() < 40
    assert watched.page.locator('[id="p-step3.passed"]').is_visible()


def test_states_are_shown_for_another_fact(open_page: OpenPage) -> None:
    watched = open_page("/method/data/", width=360)
    watched.page.get_by_label("What is known of").select_option("visa_j1")
    watched.follow(watched.page.get_by_role("button", name="Show"))
    assert re.search(r"fact=visa_j1", watched.page.url)
    assert watched.page.get_by_text("Known of j-1 visa, by state").is_visible()
    assert watched.overflow() == 0


@pytest.mark.parametrize("path", ["/method/", "/method/data/", "/method/simulation/", "/method/report-card/"])
def test_what_opens_breaks_no_rule_in_a_narrow_window(open_page: OpenPage, path: str) -> None:
    watched = open_page(path, width=320)
    for summary in watched.page.locator("main summary").all():
        summary.click()
    assert watched.overflow() == 0
    assert watched.violations() == []


def test_every_page_leads_to_the_next(open_page: OpenPage) -> None:
    watched = open_page("/")
    watched.follow(
        watched.page.get_by_role("contentinfo").get_by_role("link", name="How it works", exact=True)
    )
    seen = ["In plain words"]
    for name in ("Parameters", "Data", "Report card", "Simulation", "Limits", "Changes"):
        watched.follow(
            watched.page.get_by_role("navigation", name="How it works").get_by_role("link", name=name)
        )
        seen.append(watched.page.locator(".method-nav [aria-current]").inner_text())
    assert seen == ["In plain words", "Parameters", "Data", "Report card", "Simulation", "Limits", "Changes"]
