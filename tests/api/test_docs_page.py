"""The API page in a real browser, under the site's own content policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from smartpick.api_docs import openapi_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_docs_page_shows_every_operation(page: Page, live_server: LiveServer) -> None:
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    elsewhere: list[str] = []
    page.on("request", lambda one: elsewhere.append(one.url) if live_server.url not in one.url else None)

    page.goto(f"{live_server.url}/api/v1/docs/")
    page.wait_for_selector(".opblock")

    shown = page.locator(".opblock-summary-path").all_inner_texts()
    document = openapi_document()
    assert {text.replace("\u200b", "") for text in shown} == {*document["paths"], *document["webhooks"]}
    page.locator("#operations-matches-matches_create .opblock-summary-control").click()
    page.wait_for_selector("#operations-matches-matches_create .responses-table")
    assert trouble == []
    assert [url for url in elsewhere if not url.startswith("data:")] == []
