"""Where a run stands among those that wait, and whether anybody is there to score them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, Q

from matching.models import MatchRun, WorkerBeat
from matching.services.beats import SILENCE_SECONDS


class Standing(NamedTuple):
    """``before``: runs to be scored first. ``silent_since``: when a worker was last there, if none is now."""

    state: str
    step: int
    before: int
    nobody: bool
    silent_since: datetime | None


def run_standing(run: MatchRun, *, now: datetime) -> Standing:
    """A run in a live worker's hands is looked after, whatever the beats say."""
    held = run.claimed_until is not None and run.claimed_until > now
    if held:
        return Standing(run.state, run.step, 0, nobody=False, silent_since=None)
    last = WorkerBeat.objects.aggregate(last=Max("beat_at"))["last"]
    nobody = last is None or last < now - timedelta(seconds=SILENCE_SECONDS)
    return Standing(MatchRun.State.QUEUED, 0, _before(run), nobody, last if nobody else None)


def _before(run: MatchRun) -> int:
    earlier = Q(created_at__lt=run.created_at) | Q(created_at=run.created_at, pk__lt=run.pk)
    waiting = (MatchRun.State.QUEUED, MatchRun.State.RUNNING)
    return MatchRun.objects.filter(earlier, state__in=waiting).count()
