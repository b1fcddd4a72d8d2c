"""One upload of a cohort many times at once, on PostgreSQL, whose locks are of rows."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from matching.api.keys import api_key_create
from tests.api.test_cohorts_repeats import AT_ONCE, uploads_meet

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("act", AT_ONCE, ids=lambda act: act.__name__)
def test_uploads_at_once_on_postgresql(
    deployed: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[dict[str, str]], None],
    turn: int,
) -> None:
    settings.CELERY_BROKER_URL, settings.COHORTS_AT_ONCE = None, 2
    _, secret = api_key_create(name="partner", scopes=["cohorts"])
    uploads_meet(monkeypatch)

    act({"authorization": f"Api-Key {secret}"})
