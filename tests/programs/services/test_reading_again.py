from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from programs.models import ProgramFact
from programs.services.reading_again import NotReadable, fact_read_again
from tests.programs.desk import from_file
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_desk, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_fact_of_the_files_gets_a_new_one_beside_it_as_of_today() -> None:
    held, desk = from_file(make_program()), make_desk()
    again = fact_read_again(fact=held, by=desk, today=TODAY)
    held.refresh_from_db()
    assert (again.value, again.url, again.strictness) == (held.value, held.url, held.strictness)
    assert (again.observed_on, again.page_year, again.is_current) == (TODAY, 2026, True)
    assert (held.page_year, held.is_current) == (2024, False)
    assert (again.check_state, again.entered_by) == ("", desk)


def test_fact_by_hand_takes_the_new_date_and_its_history_the_old() -> None:
    fact, desk = make_fact(make_program(), "visa_j1", "yes", page_year=2024), make_desk()
    again = fact_read_again(fact=fact, by=desk, today=TODAY)
    assert (again.pk, again.observed_on, again.page_year) == (fact.pk, TODAY, 2026)
    last = again.history.first()
    assert (last.history_change_reason, last.history_user) == ("Read again: still so", desk)
    assert last.prev_record.page_year == 2024


def test_what_waits_or_has_no_page_is_not_read_again() -> None:
    program, desk = make_program(), make_desk()
    waiting = make_fact(program, "min_step2ck", "220", by=desk)
    no_page = make_fact(program, "visa_j1", "yes", url="", source="a letter")
    for fact in (waiting, no_page):
        with pytest.raises(NotReadable):
            fact_read_again(fact=fact, by=desk, today=TODAY)
    assert ProgramFact.objects.count() == 2


def test_reading_again_needs_the_right() -> None:
    with pytest.raises(PermissionDenied):
        fact_read_again(fact=from_file(make_program()), by=make_person(), today=TODAY)
