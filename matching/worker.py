"""The one background thread of a site without a broker: it takes up what no request finished.

Runs are scored in process at commit; a process that dies in between leaves them in the run table, where this
loop finds them through the same services a broker's worker uses.
"""

import logging
import socket
import threading
from collections.abc import Callable
from datetime import date, datetime
from types import TracebackType
from typing import Self

from django.db import close_old_connections, connections
from django.utils import timezone

from matching.services import run_score, runs_unheard_take
from matching.services.beats import worker_beat

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0


class Worker:
    """Takes up runs left lying and scores them, in a daemon thread until stopped. Also a context manager."""

    def __init__(
        self,
        *,
        pause_seconds: float = PAUSE_SECONDS,
        chores: Callable[[datetime], None] | None = None,
        often: Callable[[datetime], object] | None = None,
    ) -> None:
        """``chores`` are done at the first turn and at the first of each day, ``often`` at every turn. Where
        that says True, more of it is left, and the next turn follows at once."""
        self._pause_seconds = pause_seconds
        self._chores, self._chores_on = chores, date.min
        self._often = often
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="matching-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, timeout: float = 30.0) -> bool:
        """Ask the thread to end after the run in its hands. True where it ended in time."""
        self._stop.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            self._warm()
            while not self._stop.is_set():
                more = self._turn()
                self._stop.wait(0 if more else self._pause_seconds)
        finally:
            connections.close_all()

    @staticmethod
    def _warm() -> None:
        """Build what the first answer needs while nobody waits for it yet."""
        from matching.catalogue import CatalogueEmpty, catalogue_warm  # noqa: PLC0415  (numpy comes with it)

        try:
            catalogue_warm()
        except CatalogueEmpty:
            logger.info("nothing to warm: no catalogue is published")
        except Exception:
            logger.exception("the engine could not be warmed; the first answer will be slow")

    def _turn(self) -> bool:
        """True where more is left than waits for its time."""
        close_old_connections()
        try:
            worker_beat(name=f"thread@{socket.gethostname()}", now=timezone.now())
            for run_id in runs_unheard_take(timezone.now()):
                if self._stop.is_set():
                    return False  # what is left is taken up after the grace, by whoever runs then
                run_score(run_id)
            self._chores_do(timezone.now())
            return self._often is not None and self._often(timezone.now()) is True
        except Exception:
            # Whatever is wrong now (the database away, a table not migrated yet), the next turn tries again.
            logger.exception("the background worker met an error and goes on")
            return False

    def _chores_do(self, now: datetime) -> None:
        if self._chores is not None and self._chores_on != now.date():
            self._chores_on = now.date()
            self._chores(now)
