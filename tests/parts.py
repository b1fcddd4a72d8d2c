"""PostgreSQL, Redis and Chromium: are they here, and a clean corner of each for a test."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import redis
from psycopg2 import sql

POSTGRES_URL = os.environ.get("SMARTPICK_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("SMARTPICK_TEST_REDIS_URL", "redis://127.0.0.1:6379")
REDIS_DATABASES = 16
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def postgres_missing() -> str | None:
    try:
        psycopg2.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return f"PostgreSQL does not answer at {place(POSTGRES_URL)} (set SMARTPICK_TEST_POSTGRES_URL)"
    return None


@cache
def redis_missing() -> str | None:
    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=2) as client:
            client.ping()
    except redis.ConnectionError:
        return f"Redis does not answer at {place(REDIS_URL)} (set SMARTPICK_TEST_REDIS_URL)"
    return None


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM_PATH")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def chromium_missing() -> str | None:
    return None if chromium() else "Chromium is not installed (set CHROMIUM_PATH if it is)"


PROBES: dict[str, Callable[[], str | None]] = {
    "postgres": postgres_missing,
    "redis": redis_missing,
    "browser": chromium_missing,
}


def place(url: str) -> str:
    """Host and port of a URL, without its password."""
    parsed = urlsplit(url)
    return f"{parsed.hostname}:{parsed.port}" if parsed.port else f"{parsed.hostname}"


@contextmanager
def scratch_postgres(*, like: str = "") -> Iterator[str]:
    """The URL of a new database, dropped afterwards with whoever is still connected: empty, or a copy of the
    database ``like`` (a URL), to which nobody may be connected."""
    name = f"smartpick_scratch_{uuid.uuid4().hex[:12]}"
    pattern = urlsplit(like).path.removeprefix("/") or "template1"
    run_on_server(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(pattern))
    )
    try:
        yield urlunsplit(urlsplit(POSTGRES_URL)._replace(path=f"/{name}"))
    finally:
        run_on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run_on_server(statement: sql.Composed) -> None:
    connection = psycopg2.connect(POSTGRES_URL)
    try:
        connection.autocommit = True  # databases are made and dropped outside transactions
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


@contextmanager
def scratch_redis() -> Iterator[str]:
    """The URL of an empty Redis database, one a test process, emptied afterwards."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    url = urlunsplit(urlsplit(REDIS_URL)._replace(path=f"/{REDIS_DATABASES - 1 - worker % 8}"))
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        try:
            yield url
        finally:
            client.flushdb()
