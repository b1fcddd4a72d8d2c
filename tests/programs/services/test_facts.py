import pytest
from django.core.exceptions import ValidationError

from programs.models import Program, ProgramFact
from programs.services import facts_pick_current
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def current(program: Program) -> list[float | str | None]:
    return [fact.value for fact in program.facts.filter(is_current=True)]


def test_fact_record_keeps_conflicting_facts_side_by_side() -> None:
    program = make_program()
    first = make_fact(program, "min_step2ck", "220", confidence="medium")
    assert first.is_current
    second = make_fact(program, "min_step2ck", "230", confidence="high")
    third = make_fact(program, "min_step2ck", "240", confidence="low")
    assert (second.is_current, third.is_current) == (True, False)
    assert program.facts.count() == 3
    assert current(program) == [230]


def test_fact_record_marks_the_program_as_updated() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes")
    assert Program.objects.get().updated_at > program.updated_at


@pytest.mark.parametrize(
    ("field", "value", "members"),
    [
        ("min_step2ck", "900", {}),
        ("visa_j1", "perhaps", {}),
        ("shoe_size", "9", {}),
        ("visa_j1", "yes", {"strictness": "law"}),
        ("visa_j1", "yes", {"url": "javascript:alert(1)"}),
        ("visa_j1", "yes", {"url": "", "source": ""}),
        ("mission", "", {"value_as_stated": ""}),
    ],
)
def test_fact_record_refuses_and_writes_nothing(field: str, value: str, members: dict[str, str]) -> None:
    program = make_program()
    with pytest.raises(ValidationError):
        make_fact(program, field, value, **members)
    assert not ProgramFact.objects.exists()


def test_facts_pick_current_mends_what_was_changed() -> None:
    program, other = make_program(), make_program()
    first = make_fact(program, "min_step2ck", "220")
    make_fact(program, "min_step2ck", "230")
    make_fact(other, "min_step2ck", "200")
    assert current(program) == [220]
    ProgramFact.objects.filter(pk=first.pk).update(confidence="low")
    assert facts_pick_current(program_ids=[program.pk]) == 2
    assert (current(program), current(other)) == ([230], [200])
    assert facts_pick_current() == 0
