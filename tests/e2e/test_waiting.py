"""Somebody waits: the run of her answer is put back into the queue beneath the site, then let go on."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, Site
from tests.e2e.test_journeys import to_result
from tests.e2e.watched import Watched

pytestmark = pytest.mark.browser


class Queue:
    """The run of one visitor's answer, moved by hand; others share it, so in the end it is as it was."""

    def __init__(self, watched: Watched, site: Site) -> None:
        self.database = site.database_url.removeprefix("sqlite:///")
        match = uuid.UUID(watched.page.url.rstrip("/").rpartition("/")[2]).hex
        (self.run,) = self._row("SELECT run_id FROM matching_match WHERE id = ?", match)
        self.was = self._row(
            "SELECT result, whole, finished_at FROM matching_matchrun WHERE id = ?", self.run
        )

    def put_back(self) -> None:
        """Rung for in the far future, so that the site's own thread leaves it alone until then."""
        self._set("queued", "result=NULL, whole=NULL, finished_at=NULL, step=0, rung_at='2099-01-01'")

    def take(self) -> None:
        """As a worker does that has loaded the programs."""
        lease = "claimed_until='2099-01-01', step=1"
        self._set("running", f"claim_token=?, {lease}", uuid.uuid4().hex, claimed=True)

    def let_go(self) -> None:
        """The site's own thread takes it up at its next turn."""
        self._set("queued", "step=0, rung_at='2020-01-01'")

    def restore(self) -> None:
        self._set("done", "result=?, whole=?, finished_at=?", *self.was)

    def _set(self, state: str, changes: str, *values: object, claimed: bool = False) -> None:
        free = "" if claimed else "claim_token=NULL, claimed_until=NULL, "
        with closing(sqlite3.connect(self.database, timeout=60)) as connection, connection:
            connection.execute(
                f"UPDATE matching_matchrun SET state=?, {free}{changes} WHERE id = ?",
                (state, *values, self.run),
            )

    def _row(self, query: str, value: object) -> Any:
        with closing(sqlite3.connect(self.database, timeout=60)) as connection:
            return connection.execute(query, (value,)).fetchone()


@contextmanager
def queued(watched: Watched, site: Site) -> Iterator[Queue]:
    """The visitor's answer waits again, as if she had just asked."""
    to_result(watched)
    queue = Queue(watched, site)
    queue.put_back()
    watched.page.reload()
    try:
        yield queue
    finally:
        queue.restore()


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_waiting_shows_the_steps_and_goes_on_by_itself(
    open_page: OpenPage, running_site: Site, width: int, theme: str
) -> None:
    watched = open_page("/", width=width, theme=theme)
    page = watched.page
    words = page.locator("#waiting .lede")
    with queued(watched, running_site) as queue:
        expect(words).to_have_text("Yours is next.")
        watched.check()
        watched.screenshot(f"waiting-{width}-{theme}")
        queue.take()
        expect(words).to_have_text("Almost there.")
        expect(page.locator("#live")).to_have_text("Almost there.")  # told once, politely
        watched.check()
        page.reload()
        expect(words).to_have_text("Almost there.")
        queue.let_go()
        expect(page.locator(".headline")).to_be_visible(timeout=60_000)
    watched.check_quiet()


def test_waiting_without_scripts_loads_itself_anew(open_page: OpenPage, running_site: Site) -> None:
    watched = open_page("/", javascript=False)
    with queued(watched, running_site) as queue:
        expect(watched.page.locator("#waiting .lede")).to_have_text("Yours is next.")
        queue.let_go()
        expect(watched.page.locator(".headline")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("javascript", [True, False])
def test_cancel_leads_back_to_the_form(open_page: OpenPage, running_site: Site, javascript: bool) -> None:
    watched = open_page("/", javascript=javascript)
    page = watched.page
    with queued(watched, running_site):
        waited_at = page.url
        watched.follow(page.get_by_role("button", name="Stop and change my answers"))
        expect(page.get_by_text("Stopped. Your answers are kept.")).to_be_visible()
        page.wait_for_url("**/profile/")
        response = page.goto(waited_at)
        assert response is not None
        assert response.status == 404
