"""A site as it is deployed, on PostgreSQL, Redis and worker processes of its own, for a test to break."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2
from celery import Celery
from django.conf import settings
from django.db import connections
from psycopg2.errors import QueryCanceled
from psycopg2.extensions import TRANSACTION_STATUS_INTRANS as STATUS_INTRANS

from smartpick.celery import app as site_app
from smartpick.env import env_database

PATIENCE_SECONDS = 60.0
LEASE_SECONDS = 2
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def wait_for(what: str, happened: Callable[[], bool], *, patience: float = PATIENCE_SECONDS) -> None:
    """Until something is seen to be so; no length of time ever stands for it."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain: {what}"
        time.sleep(0.02)


@contextmanager
def database_at(url: str) -> Iterator[None]:
    """Every thread's default connection leads to this database meanwhile."""
    before = connections.settings["default"]
    database = env_database("DATABASE_URL", url, environ={})
    database["OPTIONS"] = {"options": "-c lock_timeout=60s"}  # a test that goes wrong ends
    _reconnect(connections.configure_settings({"default": database}))
    try:
        yield
    finally:
        _reconnect({"default": before})


def _reconnect(databases: dict[str, dict[str, Any]]) -> None:
    connections["default"].close()
    del connections["default"]  # the next use makes one of the settings below, in whatever thread
    connections.settings.update(databases)


@contextmanager
def broker_of_settings() -> Iterator[Celery]:
    """Tasks are sent to the broker the settings name now, not when the site's own app was made."""
    app = Celery("smartpick-test", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.set_current()
    try:
        yield app
    finally:
        app.close()
        site_app.set_current()


class WorkerProcess:
    """``celery worker`` as it is deployed, in a process group of its own."""

    def __init__(
        self,
        *,
        database_url: str,
        redis_url: str,
        log: Path,
        options: Sequence[str] = ("-c", "1"),
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._log, self._options = log, options
        self._environ = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "RUN_LEASE_SECONDS": str(LEASE_SECONDS),
            **(environ or {}),
        }

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "smartpick", "worker", *self._options, "-l", "INFO"],
                cwd=settings.BASE_DIR,
                env=self._environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for("the worker starts", self._ready)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """The worker and its children, at once and without a word: as a machine dies."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)

    def log(self) -> str:
        return self._log.read_text()

    def succeeded(self, task: str = "score_run") -> int:
        """How many messages of a kind, about runs if nothing is said, it has handled."""
        return len(re.findall(task + r"\[\S+\] succeeded", self.log()))

    def _ready(self) -> bool:
        assert self._process.poll() is None, self.log()
        return " ready." in self.log()


class RowLock:
    """One ``SELECT … FOR UPDATE`` on a run, in a connection and a thread of its own, until the block ends."""

    def __init__(self, *, database_url: str, run_id: int) -> None:
        self._run_id = run_id
        self._connection = psycopg2.connect(
            database_url, options="-c lock_timeout=60s -c idle_in_transaction_session_timeout=120s"
        )
        self.pid = self._connection.info.backend_pid
        self._thread = threading.Thread(target=self._take, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def held(self) -> bool:
        return not self._thread.is_alive() and self._connection.info.transaction_status == STATUS_INTRANS

    def release(self) -> None:
        """Let the row go; a lock still waited for is not taken any more."""
        if self._thread.is_alive():
            self._connection.cancel()
            self._thread.join(PATIENCE_SECONDS)
        self._connection.close()

    def _take(self) -> None:
        with suppress(QueryCanceled), self._connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM matching_matchrun WHERE id = %s FOR UPDATE", [self._run_id])


def waiting_behind(pid: int) -> list[int]:
    """The server processes that wait for a lock this one holds, or for which it stands before them."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [pid])
        return [row[0] for row in cursor.fetchall()]
