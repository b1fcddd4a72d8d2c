"""What is done once a day, and what every few minutes. Beat does it where there is a broker, the one
background thread where not."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from matching.cohorts.running import cohorts_turn
from matching.digests.mailing import digests_send
from matching.digests.services import EVERY_SECONDS as DIGESTS_EVERY
from matching.digests.services import digests_turn
from matching.planning.reminders import reminders_send
from matching.privacy.retention import retention_sweep
from matching.review.queue.refreshing import EVERY_SECONDS, risks_advance
from matching.uses import uses_count
from matching.webhooks.background import senders_wake
from matching.webhooks.events import EVERY_SECONDS as ANNOUNCE_EVERY
from matching.webhooks.events import catalogue_announce
from programs.services.importing import imports_advance

logger = logging.getLogger(__name__)


def chores_run(now: datetime) -> None:
    """Each may be done any number of times a day. One that fails keeps no other from being done."""
    for chore in (retention_sweep, reminders_send, digests_send, uses_count):
        try:
            chore(now=now)
        except Exception:
            logger.exception("a daily chore met an error; the next day tries again")


Chore = Callable[[datetime], object]

# The thread's turn at cohorts. Single runs and the other chores come in between.
COHORTS_SECONDS = 3.0


def cohorts_work(now: datetime) -> bool:
    """The background thread's turn: cohorts of all partners, a few seconds. True where more is left."""
    return cohorts_turn(now_of=timezone.now, seconds=COHORTS_SECONDS)


# Seconds between two turns of each at least; 0 is every turn of the thread, which is every few seconds.
OFTEN: tuple[tuple[float, Chore], ...] = (
    (0.0, imports_advance),
    (EVERY_SECONDS, risks_advance),
    (DIGESTS_EVERY, digests_turn),
    (0.0, cohorts_work),
    (ANNOUNCE_EVERY, catalogue_announce),
    (0.0, senders_wake),
)


class Often:
    """Chores that are due again and again, each in its own time. One that fails waits as one that is done."""

    def __init__(self, chores: Sequence[tuple[float, Chore]] = OFTEN) -> None:
        self._chores = tuple(chores)
        self._due: dict[int, datetime] = {}

    def __call__(self, now: datetime) -> bool:
        """True where a chore says that it has more to do at once."""
        more = False
        for at, (seconds, chore) in enumerate(self._chores):
            if now < self._due.get(at, now):
                continue
            self._due[at] = now + timedelta(seconds=seconds)
            try:
                more = chore(now) is True or more
            except Exception:
                logger.exception("a chore met an error; its next turn tries again")
        return more
