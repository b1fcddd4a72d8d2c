"""Requests are counted once each, however many come at the same time."""

import pytest
from django.core.cache import cache, caches
from pytest_django import Settings

from matching.api.counting import used_count
from matching.api.key_rules import Rate
from tests.faults.crowd import CROWD, at_once

pytestmark = pytest.mark.django_db(transaction=True)

EACH = 20
RATE = Rate(limit=100, seconds=60)


def all_counted(caller: str) -> None:
    """Everybody asks at once, in a window nobody has asked in before: no number twice, none left out."""
    told = at_once(lambda _: [used_count(caller, RATE, 1_800_000_000.0).used for _ in range(EACH)])

    assert sorted(number for numbers in told for number in numbers) == list(range(1, CROWD * EACH + 1))


def test_requests_at_once_are_counted_in_the_process() -> None:
    all_counted("key:a")


@pytest.mark.redis
def test_requests_at_once_are_counted_in_redis(redis_url: str, settings: Settings) -> None:
    """As several web processes have it: the count is one for all, and goes when its window is over."""
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": redis_url}}

    all_counted("key:b")

    client = caches["default"]._cache.get_client()  # type: ignore[attr-defined]
    assert [0 < client.ttl(name) <= RATE.seconds + 1 for name in client.keys("*")] == [True]


def test_count_begins_anew_with_each_window_and_for_each_caller() -> None:
    start = 1_800_000_000.0
    first = [used_count("key:a", RATE, start + second) for second in (0.0, 30.0, 59.9)]

    assert [used.used for used in first] == [1, 2, 3]
    assert [round(used.seconds_left, 1) for used in first] == [60.0, 30.0, 0.1]
    assert used_count("key:a", RATE, start + 60).used == 1
    assert used_count("key:b", RATE, start).used == 1


def test_count_past_the_limit_is_not_within() -> None:
    used = [used_count("key:a", Rate(2, 60), 1_800_000_000.0) for _ in range(3)]

    assert [one.within for one in used] == [True, True, False]


def test_count_outlives_a_crowd_of_callers() -> None:
    """A cache that is full throws out at random; it must not be full after a few hundred addresses."""
    used_count("key:a", RATE, 1_800_000_000.0)
    for number in range(2000):
        cache.set(f"rate:match:192.0.2.{number}", 1)

    assert used_count("key:a", RATE, 1_800_000_000.0).used == 2
