"""What the fault tests do with runs."""

from datetime import timedelta

from django.utils import timezone

from matching.models import MatchRun
from matching.services import match_start
from tests.faults.deployment import wait_for
from tests.matching.factories import key_make
from tests.matching.inputs import options_of, profile_of


def start(**profile: object) -> MatchRun:
    key, _ = key_make()
    return match_start(profile=profile_of(**profile), options=options_of(), api_key=key).run


def fresh(run: MatchRun) -> MatchRun:
    return MatchRun.objects.get(pk=run.pk)


def wait_until_done(run: MatchRun) -> MatchRun:
    wait_for("the run is done", lambda: fresh(run).state not in ("queued", "running"))
    done = fresh(run)
    assert (done.state, done.reason) == ("done", "")
    return done


def lease_over(run: MatchRun) -> bool:
    claimed_until = fresh(run).claimed_until
    return claimed_until is not None and claimed_until < timezone.now()


def forget_the_ring(run: MatchRun) -> None:
    """As if it had been rung for an hour ago."""
    MatchRun.objects.filter(pk=run.pk).update(rung_at=timezone.now() - timedelta(hours=1))
