from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import ProgramUse
from programs.services.uses import uses_write
from tests.programs.factories import make_program

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_uses_write_keeps_the_counts_and_forgets_those_of_yesterday() -> None:
    one, two = make_program(), make_program()
    uses_write(counts={one.pk: 3, two.pk: 1, "sp99999": 5}, now=NOW)
    with CaptureQueriesContext(connection) as queries:
        uses_write(counts={two.pk: 4}, now=NOW)
    assert dict(ProgramUse.objects.values_list("program", "lists")) == {one.pk: 0, two.pk: 4}
    assert len(queries) <= 6
