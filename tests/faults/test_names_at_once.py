"""One Idempotency-Key in many requests at once, on PostgreSQL, whose locks are of rows."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from matching.api.keys import api_key_create
from tests.api.test_idempotency import AT_ONCE

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("act", AT_ONCE, ids=lambda act: act.__name__)
def test_names_at_once_on_postgresql(
    deployed: str, settings: Settings, act: Callable[[dict[str, str]], None], turn: int
) -> None:
    settings.CELERY_BROKER_URL = None
    _, secret = api_key_create(name="partner", scopes=["match"])

    act({"authorization": f"Api-Key {secret}"})
