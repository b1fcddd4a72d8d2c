from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from programs.models import ProgramFact
from programs.services import fact_change, fact_delete
from programs.services.overriding import program_decide
from programs.services.putting_back import fact_put_back, program_differences, program_put_back
from tests.programs.desk import from_file
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_desk, make_lead, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_changed_fact_is_put_back_and_waits_for_a_second_reader() -> None:
    fact = make_fact(make_program(), "min_step2ck", "220")
    first = fact.history.first()
    fact.value_as_stated = "250"
    fact_change(fact=fact, value="250")

    back = fact_put_back(record=first, by=make_desk())

    assert (back.pk, back.value, back.value_as_stated) == (fact.pk, 220, "220")
    assert back.check_state == "waiting"
    assert str(back.history.first().history_change_reason).startswith("Put back as it was on ")


def test_deleted_fact_is_put_back_as_a_new_one() -> None:
    program = make_program()
    fact = make_fact(program, "letters_required", "3")
    number = fact.pk
    fact_delete(fact=fact, by=make_lead(), why="Wrong page")
    gone = ProgramFact.history.filter(id=number).first()
    assert (gone.history_type, gone.history_change_reason) == ("-", "Wrong page")

    back = fact_put_back(record=gone, by=make_desk())

    assert (back.program, back.value, back.is_current) == (program, 3, True)
    assert back.pk != number


def test_fact_of_the_files_is_put_back_beside_them() -> None:
    held = from_file(make_program())
    ProgramFact.history.filter(id=held.pk).delete()
    back = fact_put_back(record=make_history(held), by=make_desk())
    assert back.pk >= ProgramFact.HAND_IDS_FROM
    held.refresh_from_db()
    assert held.is_current


def make_history(fact: ProgramFact) -> object:
    fact.save()
    return fact.history.first()


def test_program_is_put_back_by_a_decision_a_column() -> None:
    program, lead = make_program(name="Before", city="Torrance"), make_lead()
    record = program.history.first()
    for field, value in (("name", "After"), ("city", "Carson")):
        program_decide(program=program, field=field, value=value, reason="x", by=lead, now=NOW)
    program.refresh_from_db()
    assert program_differences(program, record) == {"name": "Before", "city": "Torrance"}

    program_put_back(record=record, by=lead, now=NOW)

    program.refresh_from_db()
    assert (program.name, program.city) == ("Before", "Torrance")
    assert not program.overrides.filter(ended_at=None).exists(), "it is what the files say"


def test_putting_back_needs_the_right() -> None:
    program = make_program()
    fact = make_fact(program, "letters_required", "3")
    record = program.history.first()
    with pytest.raises(PermissionDenied):
        fact_put_back(record=fact.history.first(), by=make_person())
    program_decide(program=program, field="name", value="After", reason="x", by=make_lead(), now=NOW)
    with pytest.raises(PermissionDenied):
        program_put_back(record=record, by=make_desk(), now=NOW)
