"""What every test may use: a database of its own, a clean cache, and honest skips.

A test marked ``postgres``, ``redis`` or ``browser`` is skipped with its reason where the part is missing.
Where SMARTPICK_REQUIRE_ALL is set nothing may be skipped: a missing part fails the test, a skip the run.
The suite runs on SQLite; ``DATABASE_URL=postgresql://…`` runs all of it on PostgreSQL.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.terminal import TerminalReporter
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

import smartpick.celery  # noqa: F401  (shared tasks belong to our app also where no broker is set)
from tests import migrated, parts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REQUIRE_ALL = os.environ.get("SMARTPICK_REQUIRE_ALL", "") not in ("", "0")

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# While Playwright holds a browser its event loop runs in this thread too, and Django would refuse every query
# of the tests that follow. No test and no code of ours is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# The same examples every time in `make test`; `make deep` looks further, elsewhere each time.
hypothesis_settings.register_profile("sample", derandomize=True, deadline=None, max_examples=50)
hypothesis_settings.register_profile(
    "deep", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sample"))


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, for tests only


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database", action="store_true", help="only tests that meet the database: for another one"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--with-database"):
        return
    kept = [item for item in items if meets_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not meets_database(item)])
    items[:] = kept


def meets_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, missing in parts.PROBES.items():
        reason = missing() if item.get_closest_marker(name) else None
        if reason and REQUIRE_ALL:
            pytest.fail(reason, pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as a site has it: threads and processes meet real locks, and runs never meet."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)
        migrated.restore(file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> bool:
    """Whether what is there is built on: as asked for, and a copy of an earlier run's always."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    return bool(request.config.getvalue("reuse_db")) or (name is not None and Path(name).exists())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> None:
    """The first run keeps what it migrated for the next."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    if name is not None and not django_db_keepdb:
        migrated.keep(Path(name))


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database for processes a test starts. Needs the marker ``postgres``."""
    with parts.scratch_postgres() as url:
        yield url


@pytest.fixture
def redis_url() -> Iterator[str]:
    """An empty Redis database for processes a test starts. Needs the marker ``redis``."""
    with parts.scratch_redis() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is. Needs the marker ``browser``."""
    path = parts.chromium()
    assert path, parts.chromium_missing()
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """One for a whole process: its driver bears no second beside it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (most tests need none)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


def skips(reporter: TerminalReporter) -> Counter[str]:
    reports = reporter.stats.get("skipped", [])
    return Counter(str(r.longrepr[2] if isinstance(r.longrepr, tuple) else r.longrepr) for r in reports)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and reporter and skips(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    counted = skips(terminalreporter)
    if not counted:
        return
    terminalreporter.section("NOT TESTED ON THIS MACHINE", sep="!", yellow=True, bold=True)
    for reason, count in sorted(counted.items()):
        plural = "test" if count == 1 else "tests"
        terminalreporter.line(f"{count} {plural} SKIPPED. {reason.removeprefix('Skipped: ')}", yellow=True)
    if REQUIRE_ALL:
        terminalreporter.line("SMARTPICK_REQUIRE_ALL is set: a skip is a failure.", red=True, bold=True)
