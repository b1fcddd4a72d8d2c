"""Sending on a site without a broker: a few threads beside the one that scores, none while nothing is due."""

import logging
import threading
from datetime import datetime

from django.db import connections
from django.utils import timezone

from matching.webhooks.claim import deliveries_due
from matching.webhooks.turns import webhooks_turn

logger = logging.getLogger(__name__)

THREADS = 4
TURN_SECONDS = 60.0
_threads: list[threading.Thread] = []
_lock = threading.Lock()


def senders_wake(now: datetime) -> None:
    """Start to send what is due; whoever calls this never waits for a partner's server."""
    if deliveries_due(now).exists():
        _one_more()


def _one_more() -> None:
    with _lock:
        _threads[:] = [thread for thread in _threads if thread.is_alive()]
        if len(_threads) >= THREADS:
            return
        # A process that ends does not wait for it: what is amid its way is sent again after the lease.
        thread = threading.Thread(target=_send, name="webhook-sender", daemon=True)
        _threads.append(thread)
        thread.start()


def _send() -> None:
    try:
        webhooks_turn(now_of=timezone.now, seconds=TURN_SECONDS, more=_one_more)
    except Exception:
        logger.exception("sending met an error; the next turn tries again")
    finally:
        connections.close_all()
