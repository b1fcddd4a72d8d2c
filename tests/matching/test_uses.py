import pytest

from matching.uses import uses_count
from programs.models import ProgramUse
from tests.matching.factories import NOW
from tests.matching.lists import ids_of, list_scored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


def test_uses_are_counted_by_program() -> None:
    one = list_scored()
    list_scored()
    uses_count(now=NOW)
    uses = ProgramUse.objects.filter(lists__gt=0)
    assert dict(uses.values_list("program", "lists")) == dict.fromkeys(ids_of(one), 2)
