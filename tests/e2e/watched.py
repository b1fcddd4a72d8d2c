"""A page that is listened to: what it asks of the network and what it complains of."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watched:
    """Wraps a browser's page; ``check`` says all that holds for every page of the site."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.site):
            self.foreign.append(request.url)

    def follow(self, locator: Locator) -> None:
        """Clicks what leads to another page and waits until that page, styles and all, is there."""
        with self.page.expect_navigation():
            locator.click()

    def check(self, *, javascript: bool = True) -> None:
        """No complaint, no other site asked; with scripts also: nothing too wide, no rule broken."""
        self.check_quiet()
        if javascript:
            assert self.overflow() == 0
            assert self.violations() == []

    def check_quiet(self) -> None:
        assert self.errors == []
        assert self.foreign == []

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        self.page.wait_for_load_state()
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def violations(self) -> list[str]:
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]

    def screenshot(self, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def text(self) -> str:
        return self.page.locator("main").inner_text()
