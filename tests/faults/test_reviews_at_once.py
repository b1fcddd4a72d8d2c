"""Two advisors at once on PostgreSQL, whose locks are of rows: nothing is lost, and nobody waits for ever."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from matching.models import Organisation
from tests.matching.review import test_at_once as acts
from tests.matching.review.conftest import Desk, desk_make

pytestmark = pytest.mark.postgres


@pytest.fixture
def deployed_desk(deployed: str, settings: Settings) -> Iterator[Desk]:
    settings.CELERY_BROKER_URL = None
    yield desk_make()
    User.objects.all().delete()  # with all they own
    Organisation.objects.all().delete()


@pytest.mark.parametrize(
    "act",
    [
        acts.test_two_advisors_proposing_at_once_lose_nothing,
        acts.test_same_draft_changed_in_two_windows_keeps_the_first,
        acts.test_answering_while_her_own_hand_is_on_the_list,
        acts.test_same_list_sent_at_once_is_one_review,
        acts.test_refresh_while_changes_are_proposed,
    ],
    ids=lambda act: act.__name__.removeprefix("test_"),
)
def test_at_once_on_postgresql(deployed_desk: Desk, act: Callable[[Desk], None]) -> None:
    act(deployed_desk)
