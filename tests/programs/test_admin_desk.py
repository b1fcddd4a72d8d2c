"""The second reader, decisions, merges and histories on their pages; and who may open and do what."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.models import Program, ProgramFact
from programs.services import fact_change, fact_delete
from programs.services.overriding import program_decide
from tests.programs.desk import page
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_batch, make_desk, make_lead, make_person

pytestmark = pytest.mark.django_db


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def check(fact: ProgramFact) -> str:
    return page("programfact", fact.pk, "check")


def test_second_reader_sees_value_and_source_and_confirms() -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "220", confidence="medium")
    fact = make_fact(program, "min_step2ck", "240", by=make_desk("maria"), note="On the page.")
    desk = as_(make_desk())

    html = desk.get(check(fact)).content.decode()
    for words in ("240", "220", "maria", "On the page.", 'href="https://program.example/apply"', "confirm"):
        assert words in html
    answer = desk.post(check(fact), {"decide": "confirm"})

    assert answer["Location"].endswith("check_state__exact=waiting")
    fact.refresh_from_db()
    assert (fact.check_state, fact.is_current) == ("confirmed", True)


def test_second_reader_goes_on_with_the_same_page() -> None:
    program, enterer = make_program(), make_desk()
    first = make_fact(program, "min_step2ck", "240", by=enterer)
    second = make_fact(program, "visa_j1", "no", by=enterer)
    answer = as_(make_desk()).post(check(first), {"decide": "confirm"})
    assert answer["Location"] == check(second)


def test_refusal_needs_a_note_and_keeps_what_was_typed() -> None:
    fact, desk = make_fact(make_program(), "min_step2ck", "240", by=make_desk()), as_(make_desk())
    assert "Say in a sentence" in desk.post(check(fact), {"decide": "refuse", "note": " "}).content.decode()
    desk.post(check(fact), {"decide": "refuse", "note": "It says 230."})
    assert "Refused: It says 230." in desk.get(check(fact)).content.decode()


def test_own_entry_is_not_offered_and_not_taken() -> None:
    person = make_desk()
    fact, desk = make_fact(make_program(), "min_step2ck", "240", by=person), as_(person)
    html = desk.get(check(fact)).content.decode()
    assert "You entered this." in html
    assert 'value="confirm"' not in html
    assert "another person must read it" in desk.post(check(fact), {"decide": "confirm"}).content.decode()
    fact.refresh_from_db()
    assert fact.check_state == "waiting"


def test_import_is_confirmed_as_a_whole_by_another_than_who_brought_it() -> None:
    brought, reader, program = make_desk(), make_desk(), make_program()
    batch = make_batch(created_by=brought)
    facts = [make_fact(program, field, "no", by=brought) for field in ("visa_j1", "visa_h1b")]
    ProgramFact.objects.filter(program=program).update(batch=batch)
    address = page("importbatch", batch.pk, "confirm_facts")

    assert "Confirm all 2" not in as_(brought).get(check(facts[0])).content.decode()
    refused = as_(brought).post(address, follow=True)
    assert "another person must confirm it" in refused.content.decode()
    assert "Confirm all 2" in as_(reader).get(check(facts[0])).content.decode()
    as_(reader).post(address)

    assert set(program.facts.values_list("check_state", "is_current")) == {("confirmed", True)}
    assert as_(make_person("view_programfact")).post(address).status_code == 403


def test_waiting_fact_is_not_on_the_public_page(client: Client) -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "241", by=make_desk())
    assert "241" not in client.get(reverse("programs:detail", args=[program.pk])).content.decode()


def test_program_is_renamed_and_undone_by_pages(client: Client) -> None:
    program, lead = make_program(name="Of the files"), as_(make_lead())
    address = f"{page('program', program.pk, 'decide')}?field=name"
    wrong = lead.post(address, {"value": "Renamed", "reason": ""})
    assert wrong.status_code == 200
    assert 'value="Renamed"' in wrong.content.decode()

    lead.post(address, {"value": "Renamed", "reason": "Its page says so.", "url": "https://program.example/"})

    program.refresh_from_db()
    decision = program.overrides.get()
    assert (program.name, decision.url) == ("Renamed", "https://program.example/")
    assert "Its page says so." in lead.get(page("program", program.pk, "decide")).content.decode()
    lead.post(page("override", decision.pk, "undo"))
    program.refresh_from_db()
    assert program.name == "Of the files"
    again = lead.post(page("override", decision.pk, "undo"), follow=True)
    assert "It was undone already." in again.content.decode()


def test_retired_program_says_since_when(client: Client) -> None:
    program, lead = make_program(), as_(make_lead())
    address = f"{page('program', program.pk, 'decide')}?field=retired_on"
    lead.post(address, {"value": "2026-07-01", "reason": "Closed, says the ACGME."})
    html = client.get(reverse("programs:detail", args=[program.pk])).content.decode()
    assert "It takes nobody any more</strong>, since 1 July 2026." in html


def test_merge_is_found_chosen_and_said_to() -> None:
    duplicate, kept, lead = make_program(), make_program(name="The kept one"), as_(make_lead())
    make_program(name="Another specialty", specialty="surgery")
    address = page("program", duplicate.pk, "merge")

    html = lead.get(address).content.decode()
    assert "The kept one" in html
    assert "Another specialty" not in html
    assert "The kept one" in lead.get(address, {"q": "kept one"}).content.decode()
    assert "No other listing" in lead.get(address, {"q": "nowhere"}).content.decode()
    for wrong in ({"reason": "x"}, {"kept": kept.pk, "reason": ""}):
        assert lead.post(address, wrong).status_code == 200
    lead.post(address, {"kept": kept.pk, "reason": "Listed twice."})

    duplicate.refresh_from_db()
    assert duplicate.same_as == kept


def test_history_tells_differences_withdrawn_facts_and_decisions_and_puts_back() -> None:
    program, lead = make_program(name="Before"), make_lead()
    fact = make_fact(program, "letters_required", "3", by=lead)
    fact_change(fact=fact, value="4", by=lead)
    gone = make_fact(program, "positions_pgy1", "12", by=lead)
    number = gone.pk
    fact_delete(fact=gone, by=lead, why="Of another program")
    program_decide(
        program=program, field="name", value="After", reason="Renamed.", by=lead, now=timezone.now()
    )
    client = as_(lead)

    html = client.get(page("program", program.pk, "history")).content.decode()

    for words in (
        "Value: <del>3 letters</del>", "<ins>4 letters</ins>", "withdrawn: 12 positions",
        "Of another program",
        "Name: <del>Before</del>", "<ins>After</ins>", "Decided: Renamed.",
    ):  # fmt: skip
        assert words in html, words
    record = ProgramFact.history.get(id=number, history_type="-")
    client.post(page("programfact", record.history_id, "back"))
    assert program.facts.get(field="positions_pgy1").value == 12
    assert client.get(page("programfact", number, "history")).status_code == 200, (
        "it is gone, its history not"
    )
    first = program.history.last()
    client.post(page("program", first.history_id, "back"))
    program.refresh_from_db()
    assert program.name == "Before"


def test_history_costs_the_same_however_long() -> None:
    program, lead = make_program(), make_lead()
    fact = make_fact(program, "letters_required", "3", by=lead)
    client, address = as_(lead), page("program", program.pk, "history")
    fact_change(fact=fact, value="4", by=lead)
    program_decide(program=program, field="city", value="Carson", reason="x", by=lead, now=timezone.now())
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5, 10):
        fact_change(fact=fact, value=str(number), by=make_desk())
        make_fact(program, "letters_required", str(number), by=make_desk())
        program_decide(
            program=program, field="city", value=f"C{number}", reason="x", by=lead, now=timezone.now()
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 14


def addresses(program: Program, fact: ProgramFact) -> dict[str, str]:
    decision = program_decide(
        program=program, field="name", value="Other", reason="x", by=make_lead(), now=timezone.now()
    )
    return {
        "GET board": reverse("admin:programs_freshness"),
        "GET enter": page("program", program.pk, "enter"),
        "GET check": check(fact),
        "GET program's history": page("program", program.pk, "history"),
        "GET fact's history": page("programfact", fact.pk, "history"),
        "GET decide": page("program", program.pk, "decide"),
        "GET merge": page("program", program.pk, "merge"),
        "POST read again": page("programfact", fact.pk, "read_again"),
        "POST confirm": check(fact),
        "POST put fact back": page("programfact", fact.history.first().history_id, "back"),
        "POST put program back": page("program", program.history.first().history_id, "back"),
        "POST undo": page("override", decision.pk, "undo"),
    }


READS = {"GET board", "GET check", "GET program's history", "GET fact's history"}
DESK = {*READS, "GET enter", "POST read again", "POST confirm", "POST put fact back"}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (lambda: make_person("view_program", "view_programfact"), READS),
        (make_desk, DESK),
        (make_lead, None),
        (make_person, set()),
    ],
)
def test_pages_of_the_desk_by_right(person: Callable[[], User], may: set[str] | None) -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "240", by=make_desk())
    client = as_(person())
    for name, address in addresses(program, fact).items():
        answer = (
            client.get(address) if name.startswith("GET") else client.post(address, {"decide": "confirm"})
        )
        assert (answer.status_code != 403) is (may is None or name in may), name


def test_pages_of_the_desk_are_closed_to_everyone_else() -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "240", by=make_desk())
    every = addresses(program, fact)
    for client in (Client(), as_(User.objects.create_user("applicant"))):
        for name, address in every.items():
            answer = client.get(address) if name.startswith("GET") else client.post(address)
            assert answer.status_code == 302, name
            assert "login" in answer["Location"], name
