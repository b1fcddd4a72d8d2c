"""Keeping the order of the queue true while nobody writes: deadlines come nearer by themselves."""

import logging
from datetime import datetime

from matching.review.services import risks_refresh

logger = logging.getLogger(__name__)

EVERY_SECONDS = 600
AT_ONCE = 2000  # a turn of the one background thread keeps runs waiting no longer than this many take


def risks_advance(now: datetime) -> int:
    """Those that are out of date, the oldest first. What the change of a list moves is written with it."""
    done = risks_refresh(now=now, limit=AT_ONCE)
    if done:
        logger.info("review risks: %d worked out anew", done)
    return done
