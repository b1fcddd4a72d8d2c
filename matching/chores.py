"""What is done once a day. Beat does it where there is a broker, the one background thread where not."""

import logging
from datetime import datetime

from matching.planning.reminders import reminders_send
from matching.privacy.retention import retention_sweep

logger = logging.getLogger(__name__)


def chores_run(now: datetime) -> None:
    """Both may be done any number of times a day. One that fails does not keep the other from being done."""
    for chore in (retention_sweep, reminders_send):
        try:
            chore(now=now)
        except Exception:
            logger.exception("a daily chore met an error; the next day tries again")
