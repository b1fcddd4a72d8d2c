"""A page that is listened to: what it asks of the network and what it complains of."""

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
KEYBOARD = (Path(__file__).parent / "by_keyboard.js").read_text(encoding="utf-8")
OWN_BYTES = 100_000  # styles and scripts of a page, compressed
NOT_OURS = ("admin/", "drf_spectacular_sidecar/")  # what comes with other software for its own pages
LINKED = (
    "[...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(each => each.href || each.src)"
)
SHIFT = """() => new Promise(done => {
  let sum = 0;
  const observer = new PerformanceObserver(list => {
    sum += list.getEntries().filter(it => !it.hadRecentInput).reduce((all, it) => all + it.value, 0);
  });
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""
# Colours fade from one look to the other, and between two of them nothing can be read.
AT_REST = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.allSettled(document.getAnimations().map(each => each.finished));
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watched:
    """Wraps a browser's page; ``check`` says all that holds for every page of the site."""

    def __init__(self, page: Page, site: str, logins: Mapping[str, str] | None = None) -> None:
        """``logins``: the accounts the site printed when it was started, name to password."""
        self.page = page
        self.site = site
        self.logins = logins or {}
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

    def look(self, *, width: int, theme: Literal["light", "dark"]) -> None:
        """The page as it is open, in another window and at another time of day."""
        self.page.emulate_media(color_scheme=theme)
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        self.page.evaluate(AT_REST)

    def check(self, *, javascript: bool = True) -> None:
        """No complaint, no other site asked; with scripts also: nothing too wide, no rule broken."""
        self.check_quiet()
        if javascript:
            assert self.overflow() == 0
            assert self.violations() == []
            assert self.weight() <= OWN_BYTES

    def check_quiet(self) -> None:
        assert self.errors == []
        assert self.foreign == []

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        self.page.wait_for_load_state()
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def weight(self) -> int:
        """Bytes of our own styles and scripts of this page, htmx too, each compressed as it is sent."""
        static = settings.STATIC_URL
        paths = [urlsplit(url).path for url in self.page.evaluate(LINKED)]
        files = [path.removeprefix(static) for path in paths if path.startswith(static)]
        return sum(compressed(file) for file in files if not file.startswith(NOT_OURS))

    def shift(self) -> float:
        """How far the page moved by itself since it was opened (cumulative layout shift)."""
        self.page.wait_for_load_state()
        return float(self.page.evaluate(SHIFT))

    def keyboard(self, *, presses: int = 1000) -> list[str]:
        """Goes through the page by Tab: what cannot be reached, seen to have the focus, or has no name."""
        faults: list[str] = []
        self.page.evaluate(KEYBOARD)
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate("window.tabbed.step()")
            if found is None:
                break
            faults += found
        return faults + list(self.page.evaluate("window.tabbed.missed()"))

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


@cache
def compressed(path: str) -> int:
    found = finders.find(path)
    assert isinstance(found, str), f"{path} is no file of ours"
    return len(gzip.compress(Path(found).read_bytes()))
