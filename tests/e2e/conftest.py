"""A real browser against the site as `make run` serves it, the whole catalogue in its own database."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from tests import migrated
from tests.e2e.watched import Watched
from tests.smartpick.processes import ROOT, clean_environment

CHIEF, CHIEF_PASSWORD = "chief", "only for this test"


LOOK = ("width", "theme")  # parameters that change how a page looks and not what it does
MAIN = ("whole_journey", "every_page", "frame")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The main ways, each in the first look it is made for, are tested every time. Their other looks and the
    first look of all else are thorough; what is left, the other looks of all else, is deep."""
    met: set[tuple[object, ...]] = set()
    for item in items:
        if not isinstance(item, pytest.Function) or item.path.parent != Path(__file__).parent:
            continue
        params = item.callspec.params if hasattr(item, "callspec") else {}
        same = (item.path, item.originalname, *((k, str(v)) for k, v in params.items() if k not in LOOK))
        main = item.path.stem.removeprefix("test_") in MAIN
        if not main or same in met:
            item.add_marker("thorough")
        if not main and same in met:
            item.add_marker("deep")
        met.add(same)


class OpenPage(Protocol):
    """Opens a page as a new visitor; it is closed when the test ends."""

    def __call__(
        self, path: str = "/", *, width: int = 1280, theme: str = "light", javascript: bool = True
    ) -> Watched: ...


@dataclass(frozen=True)
class Site:
    """A running site: where it is, what it keeps, the accounts it printed (name to password), its mail."""

    address: str
    database_url: str
    logins: dict[str, str]
    mailbox: Path


@pytest.fixture(scope="session")
def site(running_site: Site) -> str:
    """The address of a running site."""
    return running_site.address


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    file = tmp_path_factory.mktemp("site") / "site.sqlite3"
    migrated.restore(file)  # if an earlier run left one; the site loads its catalogue itself
    database_url = f"sqlite:///{file}"
    mailbox = tmp_path_factory.mktemp("mail")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--prepare", "--port", "0"],
        cwd=ROOT,
        env=clean_environment(
            DATABASE_URL=database_url,
            EMAIL_URL=f"file://{mailbox}",
            LOG_LEVEL="WARNING",
            PYTHONUNBUFFERED="1",
        ),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address, logins = told_by(server)
        yield Site(address, database_url, logins, mailbox)
    finally:
        server.terminate()
        server.wait(timeout=20)


def told_by(server: subprocess.Popen[str]) -> tuple[str, dict[str, str]]:
    assert server.stdout is not None
    logins: dict[str, str] = {}
    for line in server.stdout:
        if " login: " in line:
            name, _, password = line.split(" login: ")[1].strip().partition(" / ")
            logins[name] = password
        if "http://" in line:
            return f"http://{line.split('http://')[1].split('/')[0]}", logins
    raise AssertionError(f"the site did not start: it ended with {server.wait()}")


@pytest.fixture(scope="session")
def chief(running_site: Site) -> str:
    """A superuser of the running site."""
    subprocess.run(
        [sys.executable, "manage.py", "createsuperuser", "--noinput"],
        cwd=ROOT,
        env=clean_environment(
            DATABASE_URL=running_site.database_url,
            DJANGO_SUPERUSER_USERNAME=CHIEF,
            DJANGO_SUPERUSER_EMAIL="chief@example.org",
            DJANGO_SUPERUSER_PASSWORD=CHIEF_PASSWORD,
        ),
        check=True,
    )
    return CHIEF


@pytest.fixture
def open_page(running_site: Site, browser: Browser) -> Iterator[OpenPage]:
    with visitors(running_site.address, browser, running_site.logins) as opener:
        yield opener


@contextmanager
def visitors(site: str, browser: Browser, logins: Mapping[str, str] | None = None) -> Iterator[OpenPage]:
    contexts = []

    def opener(
        path: str = "/", *, width: int = 1280, theme: str = "light", javascript: bool = True
    ) -> Watched:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(60_000)  # a busy machine is slow, not wrong
        contexts.append(context)
        watched = Watched(context.new_page(), site, logins)
        watched.page.goto(path)
        return watched

    yield opener
    for context in contexts:
        context.close()
