"""Cohorts go when their time is over, names of requests with them, and so does what an upload left behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matching.models import Cohort, CohortChunk, IdempotencyKey
from matching.privacy.leftovers import cohorts_sweep
from tests.matching.factories import key_make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
OVER: dict[str, Any] = {"state": Cohort.State.DONE, "finished_at": NOW - 14 * DAY}


def cohort_make(**values: Any) -> Cohort:
    given = {"created_at": NOW - 15 * DAY, "rung_at": NOW, "season": "2027", "model_version": "m"}
    cohort = Cohort.objects.create(
        api_key=key_make()[0], data_version="d", **{**given, "total": 1, "rejected": 1, **values}
    )
    CohortChunk.objects.create(
        cohort=cohort,
        number=0,
        first_line=1,
        lines=1,
        weight=1,
        state="done",
        rejected=1,
        result=b"",
        errors=b"",
    )
    IdempotencyKey.objects.create(
        api_key=cohort.api_key, name="class of 2027", request_digest="0" * 64, cohort=cohort, created_at=NOW
    )
    return cohort


def swept() -> tuple[int, int]:
    return cohorts_sweep(now=NOW, dry_run=True), cohorts_sweep(now=NOW, dry_run=False)


def test_cohort_goes_whole_when_its_time_is_over() -> None:
    cohort_make(**OVER, erase_at=NOW - SECOND)
    stays = cohort_make(**OVER, erase_at=NOW + SECOND)

    assert swept() == (1, 1)
    assert list(Cohort.objects.all()) == [stays]
    assert list(CohortChunk.objects.values_list("cohort", flat=True)) == [stays.pk]
    assert list(IdempotencyKey.objects.values_list("cohort", flat=True)) == [stays.pk]


def test_cohort_in_work_stays_however_old() -> None:
    cohort_make(state=Cohort.State.RUNNING, created_at=NOW - 100 * DAY)

    assert swept() == (0, 0)


def test_upload_broken_off_goes_after_a_day() -> None:
    cohort_make(state=Cohort.State.RECEIVING, created_at=NOW - DAY - SECOND)
    stays = cohort_make(state=Cohort.State.RECEIVING, created_at=NOW - DAY + SECOND)

    assert swept() == (1, 1)
    assert list(Cohort.objects.all()) == [stays]
