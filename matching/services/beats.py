"""Whether anybody scores: each worker says now and then that it is alive, and pages read when one did."""

from datetime import datetime, timedelta

from matching.models import WorkerBeat

BEAT_SECONDS = 5
SILENCE_SECONDS = 30  # several beats missed: no hiccup any more
KEPT_DAYS = 1


def worker_beat(*, name: str, now: datetime) -> None:
    """One UPDATE. Whoever has been silent for a day is forgotten, when a new name comes."""
    if not WorkerBeat.objects.filter(pk=name[:200]).update(beat_at=now):
        WorkerBeat.objects.bulk_create([WorkerBeat(name=name[:200], beat_at=now)], ignore_conflicts=True)
        WorkerBeat.objects.filter(beat_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
