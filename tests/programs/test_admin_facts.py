"""Facts recorded, mended and withdrawn on the desk: the rule has the last word."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from programs.models import Program, ProgramFact
from tests.programs.desk import FACT_ADD, FACTS, from_file, page
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_client: Client) -> Client:
    return admin_client


def stated(program: Program, /, **members: Any) -> dict[str, Any]:
    return {
        "program": program.pk,
        "field": "min_step2ck",
        "value": "225",
        "value_as_stated": "",
        "strictness": "strict",
        "source_kind": "program_page",
        "confidence": "high",
        "url": "https://program.example/apply",
        "source": "",
        "page_year": "2026",
        "season": "",
        "observed_on": "2026-09-01",
        "note": "",
        **members,
    }


def test_fact_add_applies_the_rule(desk: Client) -> None:
    program = make_program()
    held = from_file(program)
    assert held.is_current

    response = desk.post(FACT_ADD, stated(program, strictness="preference"))

    assert response.status_code == 302
    held.refresh_from_db()
    added = ProgramFact.objects.exclude(pk=held.pk).get()
    assert added.pk >= ProgramFact.HAND_IDS_FROM
    assert (added.value_number, added.value_as_stated) == (225, "225")
    assert (held.is_current, added.is_current) == (False, True)
    assert LogEntry.objects.get().object_id == str(added.pk)


def test_rule_added_by_one_person_waits_and_is_said_to(desk: Client) -> None:
    program = make_program()
    held = from_file(program)

    response = desk.post(FACT_ADD, stated(program), follow=True)

    held.refresh_from_db()
    added = ProgramFact.objects.exclude(pk=held.pk).get()
    assert (held.is_current, added.is_current, added.check_state) == (True, False, "waiting")
    assert added.entered_by is not None
    assert "it counts when a second person has read it" in response.content.decode()
    waiting = desk.get(FACTS, {"check_state__exact": "waiting"})
    assert list(waiting.context["cl"].result_list) == [added]


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"value": "abc"}, "value"),
        ({"value": "301"}, "value"),
        ({"value": "yes"}, "value"),
        ({"field": "mission", "value": "underserved"}, "value"),
        ({"field": "accepts_img", "value": "perhaps"}, "value"),
        ({"value": "", "value_as_stated": ""}, "__all__"),
        ({"url": "", "source": ""}, "__all__"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"page_year": "1850"}, "__all__"),
        ({"field": "favourite_colour"}, "field"),
        ({"program": "sp99999"}, "program"),
        ({"strictness": "whim"}, "strictness"),
        ({"value": "nan"}, "value"),
        ({"value": "1e999"}, "value"),
        ({"value_as_stated": "x" * 201}, "value_as_stated"),
    ],
)
def test_fact_add_says_what_is_wrong_beside_its_box(
    desk: Client, members: dict[str, str], place: str
) -> None:
    response = desk.post(FACT_ADD, stated(make_program(), **members))

    assert response.status_code == 200
    assert place in response.context["adminform"].form.errors
    assert not ProgramFact.objects.exists()


def test_fact_change_applies_the_rule_to_both_fields(desk: Client) -> None:
    program = make_program()
    held = from_file(program)
    desk.post(FACT_ADD, stated(program, strictness="preference"))
    added = ProgramFact.objects.exclude(pk=held.pk).get()
    assert added.is_current

    changed = stated(program, field="accepts_img", value="yes", strictness="preference")
    response = desk.post(page("programfact", added.pk), changed)

    assert response.status_code == 302
    held.refresh_from_db()
    added.refresh_from_db()
    assert (held.is_current, added.is_current) == (True, True)
    assert (added.field, added.value_number, added.value_code) == ("accepts_img", None, "yes")


def test_fact_change_shows_the_value_it_has(desk: Client) -> None:
    fact = make_fact(make_program(), "min_step2ck", "224.5")

    assert desk.get(page("programfact", fact.pk)).context["adminform"].form["value"].value() == "224.5"


def test_fact_change_to_another_program_settles_both(desk: Client) -> None:
    one, other = make_program(), make_program()
    held = from_file(one)
    desk.post(FACT_ADD, stated(one, strictness="preference"))
    added = ProgramFact.objects.exclude(pk=held.pk).get()

    desk.post(page("programfact", added.pk), stated(other, strictness="preference"))

    held.refresh_from_db()
    added.refresh_from_db()
    assert (held.is_current, added.is_current, added.program_id) == (True, True, other.pk)


@pytest.mark.parametrize("bulk", [False, True])
def test_fact_delete_lets_the_next_one_count(desk: Client, bulk: bool) -> None:
    program = make_program()
    held = from_file(program)
    desk.post(FACT_ADD, stated(program))
    added = ProgramFact.objects.exclude(pk=held.pk).get()

    if bulk:
        desk.post(FACTS, {"action": "delete_selected", "_selected_action": added.pk, "post": "yes"})
    else:
        desk.post(page("programfact", added.pk, "delete"), {"post": "yes"})

    assert ProgramFact.objects.get().pk == held.pk
    assert ProgramFact.objects.get().is_current


def test_fact_from_a_file_is_read_not_edited(desk: Client) -> None:
    program = make_program()
    held = from_file(program)

    shown = desk.get(page("programfact", held.pk))
    assert shown.status_code == 200
    assert "From fixtures/" in shown.content.decode()
    assert desk.post(page("programfact", held.pk), stated(program)).status_code == 403
    assert desk.post(page("programfact", held.pk, "delete"), {"post": "yes"}).status_code == 403
    desk.post(FACTS, {"action": "delete_selected", "_selected_action": held.pk, "post": "yes"})
    assert ProgramFact.objects.get() == held


def test_fact_form_does_not_offer_every_program(desk: Client) -> None:
    make_program(name="Far Away Program")

    assert b"Far Away Program" not in desk.get(FACT_ADD).content


def test_program_is_found_by_typing(desk: Client) -> None:
    wanted = make_program(name="Far Away Program")
    make_program()
    query = {
        "app_label": "programs",
        "model_name": "programfact",
        "field_name": "program",
        "term": "far away",
    }

    found = desk.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [row["id"] for row in found] == [wanted.pk]
