"""Starts at the same time, on the database the suite runs on: with SQLite, too, there are many threads."""

import pytest
from pytest_django import Settings

from matching.models import Match, MatchRun
from matching.services import match_delete, match_start
from programs.models import DataVersion
from tests.faults.crowd import CROWD, at_once
from tests.matching.factories import key_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_match_start_at_once_is_one_run(small_catalogue: DataVersion, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()

    matches = at_once(lambda _: match_start(profile=profile_of(), options=options_of(), api_key=key))

    run = MatchRun.objects.get()
    assert {match.run_id for match in matches} == {run.pk}
    assert len({match.pk for match in matches}) == CROWD
    assert (run.state, run.attempts) == ("done", 1)


def test_match_start_while_the_last_match_goes(small_catalogue: DataVersion, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = None
    key, _ = key_make()
    old = [match_start(profile=profile_of(), options=options_of(), api_key=key) for _ in range(CROWD // 2)]

    def join_or_leave(number: int) -> None:
        if number % 2:
            match_start(profile=profile_of(), options=options_of(), api_key=key)
        else:
            match_delete(match=Match.objects.get(pk=old[number // 2].pk))

    at_once(join_or_leave)

    assert MatchRun.objects.get().matches.count() == Match.objects.count() == CROWD // 2
