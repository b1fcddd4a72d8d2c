"""The retention job: every night what has had its time goes. Safe at any time, twice, and beside workers."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from .accounts import accounts_sweep
from .leftovers import (
    cohorts_sweep,
    deliveries_sweep,
    desk_sweep,
    links_sweep,
    partners_sweep,
    requests_sweep,
    sessions_sweep,
    unproven_sweep,
)
from .runs import runs_sweep
from .sessions import visitors_living
from .visitors import visitors_delete, visitors_expired

logger = logging.getLogger(__name__)


def retention_sweep(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """Delete what has had its time, in batches that each are a transaction. How much of each kind.

    ``dry_run`` counts and changes nothing. The numbers are logged; whose things they were is not.
    """
    days: Mapping[str, int] = settings.KEEP_DAYS
    living = visitors_living(now=now)
    expired = visitors_expired(now=now, keep=timedelta(days=days["visitor"]), living=living)
    swept = {
        "visitors": sum(len(batch) if dry_run else visitors_delete(batch) for batch in expired),
        "links": links_sweep(now=now, days=days, dry_run=dry_run),
        "requests": requests_sweep(now=now, days=days, dry_run=dry_run),
        "partners": partners_sweep(now=now, days=days, dry_run=dry_run),
        "cohorts": cohorts_sweep(now=now, dry_run=dry_run),
        "deliveries": deliveries_sweep(now=now, days=days, dry_run=dry_run),
        "sessions": sessions_sweep(now=now, dry_run=dry_run),
        "unproven": unproven_sweep(now=now, days=days, dry_run=dry_run),
        **accounts_sweep(now=now, days=days, dry_run=dry_run),
        "desk": desk_sweep(now=now, days=days, dry_run=dry_run),
        "runs": runs_sweep(now=now, dry_run=dry_run),
    }
    told = ", ".join(f"{count} {kind}" for kind, count in swept.items() if count) or "nothing"
    logger.info("retention%s: %s", " (dry run)" if dry_run else "", told)
    return swept
