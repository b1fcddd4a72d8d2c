from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.models import WorkerBeat
from matching.services.beats import worker_beat
from tests.matching.factories import NOW

pytestmark = pytest.mark.django_db


def test_worker_beat_keeps_one_row_a_name() -> None:
    worker_beat(name="one", now=NOW)
    worker_beat(name="one", now=NOW + timedelta(seconds=5))
    worker_beat(name="two", now=NOW)
    assert list(WorkerBeat.objects.order_by("name").values_list("name", "beat_at")) == [
        ("one", NOW + timedelta(seconds=5)),
        ("two", NOW),
    ]


def test_worker_beat_again_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    worker_beat(name="one", now=NOW)
    with django_assert_num_queries(1):
        worker_beat(name="one", now=NOW + timedelta(seconds=5))


def test_worker_beat_of_a_new_name_forgets_those_long_silent() -> None:
    worker_beat(name="old", now=NOW)
    worker_beat(name="new", now=NOW + timedelta(days=2))
    assert list(WorkerBeat.objects.values_list("name", flat=True)) == ["new"]


def test_worker_beat_cuts_a_name_that_is_too_long() -> None:
    worker_beat(name="x" * 300, now=NOW)
    worker_beat(name="x" * 300, now=NOW)
    assert WorkerBeat.objects.get().name == "x" * 200
