"""Many doing the same at the same time, a thread and a database connection each."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections

CROWD = 8


Answer = TypeVar("Answer")


def at_once(work: Callable[[int], Answer], *, crowd: int = CROWD) -> list[Answer]:
    """What each of a crowd gets that starts together, a connection each."""
    barrier = threading.Barrier(crowd)

    def one(number: int) -> Answer:
        try:
            connection.ensure_connection()
            barrier.wait(20)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(one, range(crowd)))
