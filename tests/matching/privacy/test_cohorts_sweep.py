"""Cohorts go when their time is over, with their lines and names; half an upload goes the day after."""

from datetime import datetime, timedelta

import pytest

from matching.api.idempotency import named_create
from matching.cohorts.running import cohort_cancel
from matching.models import Cohort, CohortChunk, IdempotencyKey
from matching.privacy.leftovers import UPLOAD_AT_MOST, cohorts_sweep
from tests.matching.cohorts.worked import cohort_staged, cohort_waiting
from tests.matching.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)  # what still points to a cohort is refused at commit
SECOND = timedelta(seconds=1)


def swept(now: datetime) -> int:
    counted = cohorts_sweep(now=now, dry_run=True)
    assert cohorts_sweep(now=now, dry_run=False) == counted
    return counted


def test_cohort_goes_at_its_time_and_its_name_with_it() -> None:
    over, waiting = cohort_waiting(2), cohort_waiting(1)
    named_create(key=over.api_key, name="class-1", digest="d", now=NOW, cohort=over)
    cohort_cancel(cohort=over, now=NOW)
    over.refresh_from_db()
    assert over.erase_at is not None

    assert swept(over.erase_at) == 0
    assert swept(over.erase_at + SECOND) == 1

    assert Cohort.objects.get() == waiting
    assert CohortChunk.objects.count() == 1
    assert not IdempotencyKey.objects.exists()


def test_upload_whose_process_died_goes_the_day_after() -> None:
    cohort_staged([["a"], ["b"]])

    assert swept(NOW + UPLOAD_AT_MOST) == 0
    assert swept(NOW + UPLOAD_AT_MOST + SECOND) == 1

    assert not CohortChunk.objects.exists()
