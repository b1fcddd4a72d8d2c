"""Quick entry: several facts of one page at once, faults beside their boxes, nothing lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import Program, ProgramFact
from tests.programs.desk import from_file, page, source
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def enter(program: Program) -> str:
    return page("program", program.pk, "enter")


def test_several_facts_of_one_page_are_recorded_at_once(admin_client: Client, admin_user: User) -> None:
    program = make_program()
    said = {
        "min_step2ck-value": "225", "min_step2ck-strictness": "strict",
        "visa_j1-value": "yes", "visa_j1-strictness": "preference",
        "mission-value_as_stated": "Care for all", "mission-strictness": "statement",
        "mission-note": "Our words.",
    }  # fmt: skip

    answer = admin_client.post(enter(program), {**source(), **said}, follow=True)

    facts = {fact.field: fact for fact in program.facts.all()}
    assert set(facts) == {"min_step2ck", "visa_j1", "mission"}
    assert {fact.url for fact in facts.values()} == {"https://program.example/apply"}
    assert {fact.entered_by for fact in facts.values()} == {admin_user}
    assert (facts["min_step2ck"].check_state, facts["visa_j1"].check_state) == ("waiting", "")
    assert (facts["mission"].value_as_stated, facts["mission"].note) == ("Care for all", "Our words.")
    html = answer.content.decode()
    assert "3 facts recorded." in html
    assert "this counts nowhere: Lowest Step 2 CK score" in html


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (
            {"min_step2ck-value": "999"},
            "Lowest Step 2 CK score: &#x27;999&#x27; must be a number from 1 to 300",
        ),
        ({"url": ""}, "Give the address of the page, or name the source."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"observed_on": "2999-01-01"}, "A day to come."),
        ({"season": "later"}, "A year such as 2027."),
        ({"min_step2ck-value": "", "min_step2ck-value_as_stated": ""}, "Fill in at least one row."),
        ({"min_step2ck-value_as_stated": "x" * 201}, "at most 200 characters"),
        ({"min_step2ck-value": "", "min_step2ck-note": "Only a note"}, "Lowest Step 2 CK score: "),
    ],
)
def test_fault_names_its_field_and_nothing_typed_is_lost(
    admin_client: Client, members: dict[str, str], words: str
) -> None:
    program = make_program()
    said: dict[str, Any] = {
        **source(), "min_step2ck-value": "225", "min_step2ck-strictness": "strict",
        "visa_j1-value": "limited", "visa_j1-value_as_stated": "case by case",
        "visa_j1-strictness": "statement",
    }  # fmt: skip
    if "Fill in" in words:
        said = {**source(), "min_step2ck-strictness": "strict"}

    answer = admin_client.post(enter(program), {**said, **members})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert words in html
    assert not ProgramFact.objects.exists()
    if "Fill in" not in words:
        assert 'value="case by case"' in html
        assert '<option value="limited" selected>' in html


def test_entry_says_beside_each_box_what_we_hold(admin_client: Client) -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "220", page_year=2024)
    html = admin_client.get(enter(program)).content.decode()
    assert "220 · program&#x27;s page, 2024" in html
    assert "nothing held" in html
    assert "something held on 1 of 7" in html


def test_entry_costs_the_same_however_much_is_held(admin_client: Client) -> None:
    program = make_program()
    from_file(program)
    admin_client.get(enter(program))
    with CaptureQueriesContext(connection) as few:
        admin_client.get(enter(program))
    for score in range(220, 230):
        make_fact(program, "min_step2ck", str(score))
    with CaptureQueriesContext(connection) as many:
        admin_client.get(enter(program))
    assert len(many) == len(few) <= 8
