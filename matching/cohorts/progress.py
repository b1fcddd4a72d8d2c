"""How far a cohort is, for who waits for it."""

import math
from datetime import datetime

from matching.models import ApiKey, Cohort


def cohort_eta(cohort: Cohort, *, now: datetime) -> int | None:
    """Seconds until it is done, at the pace it had since its first chunk was taken, others' turns included.

    None while nothing is known, and where it will never be done; 0 when it is, and never before.
    """
    if cohort.state == Cohort.State.DONE:
        return 0
    if cohort.state not in Cohort.OPEN or cohort.started_at is None or not cohort.weight_done:
        return None
    elapsed = max(0.0, (now - cohort.started_at).total_seconds())
    left = max(0, cohort.weight - cohort.weight_done)
    return max(1, math.ceil(elapsed * left / cohort.weight_done))


def cohorts_open_of(key: ApiKey) -> int:
    """How many of a partner's cohorts wait or are worked on."""
    return Cohort.objects.filter(api_key=key, state__in=Cohort.OPEN).count()
