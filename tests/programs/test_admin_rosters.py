"""Rosters at the desk: lines or a table, faults by line, and nothing written until all is right."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from programs.models import Program, ProgramFact, Resident, Roster
from tests.programs.factories import make_program

pytestmark = pytest.mark.django_db

ADD = reverse("admin:programs_roster_add")
LIST = reverse("admin:programs_roster_changelist")


@pytest.fixture
def program() -> Program:
    return make_program()


def sent(program: Program, text: str, **members: str) -> dict[str, str]:
    return {
        "program": program.pk,
        "season": "2026",
        "observed_on": "2026-03-02",
        "source_kind": "program_page",
        "url": "https://program.example/residents",
        "source": "",
        "complete": "on",
        "text": text,
        **members,
    }


GOOD = "\n".join(["2024, Ross, DM, US-citizen IMG"] * 6 + ["2023, State, US, US MD"] * 9)


def test_lines_are_written_and_counted(admin_client: Client, program: Program) -> None:
    response = admin_client.post(ADD, sent(program, GOOD, write="1"), follow=True)
    text = response.content.decode()
    roster = Roster.objects.get()
    assert (roster.program, roster.residents.count(), roster.entered_by) == (program, 15, User.objects.get())
    assert "15 residents written." in text
    assert ProgramFact.objects.get(field="residents_us_img").value_number == 6


def test_looking_writes_nothing_and_shows_each_row(admin_client: Client, program: Program) -> None:
    text = admin_client.post(ADD, sent(program, GOOD, look="1")).content.decode()
    assert "As it is read" in text
    assert not Roster.objects.exists()


def test_a_fault_is_told_by_line_and_all_that_was_typed_stays(admin_client: Client, program: Program) -> None:
    response = admin_client.post(ADD, sent(program, f"{GOOD}\nJane Doe, Ross, DM, IMG", write="1"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "Line 16: class year “Jane Doe” is no year" in text
    assert "Jane Doe, Ross, DM, IMG" in text
    assert not Roster.objects.exists()


def test_a_table_is_read_as_the_lines_are(admin_client: Client, program: Program) -> None:
    cells = {
        "as_table": "1",
        "cell_class_year": ["2024", "", "2023"],
        "cell_school": ["Ross, Dominica", "", "State"],
        "cell_country": ["DM", "", "US"],
        "cell_kind": ["US-citizen IMG", "", "US MD"],
    }
    admin_client.post(ADD, {**sent(program, ""), **cells, "write": "1"})
    told = Resident.objects.order_by("id").values_list("class_year", "school", "country", "kind")
    assert list(told) == [(2024, "Ross, Dominica", "DM", "us_img"), (2023, "State", "US", "us_md")]


def test_lines_go_over_into_a_table_and_back(admin_client: Client, program: Program) -> None:
    text = admin_client.post(ADD, sent(program, "2024, Ross, DM, IMG", to="table")).content.decode()
    assert 'name="cell_school" value="Ross"' in text
    assert "<textarea" not in text


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"program": "sp99999"}, "No program has this code."),
        ({"url": ""}, "Give the address, or name the source."),
        ({"season": "26"}, "A year such as 2026."),
        ({"text": ""}, "List one resident at least."),
    ],
)
def test_what_is_missing_is_said_beside_its_box(
    admin_client: Client, program: Program, members: dict[str, str], said: str
) -> None:
    response = admin_client.post(ADD, {**sent(program, GOOD, write="1"), **members})
    assert (response.status_code, said in response.content.decode()) == (422, True)


def test_a_roster_is_changed_on_its_page_and_not_added_twice(admin_client: Client, program: Program) -> None:
    admin_client.post(ADD, sent(program, GOOD, write="1"))
    again = admin_client.post(ADD, sent(program, GOOD, write="1"))
    assert "There is a roster of this season already" in again.content.decode()
    page = reverse("admin:programs_roster_change", args=[Roster.objects.get().pk])
    assert "2024, Ross, DM, US-citizen IMG" in admin_client.get(page).content.decode()
    admin_client.post(page, sent(program, "2024, Ross, DM, US-citizen IMG\n" * 7, write="1"))
    assert ProgramFact.objects.get(field="residents_us_img").value_number == 7
    other = admin_client.post(page, sent(program, GOOD, write="1", season="2025"))
    assert "add that one instead" in other.content.decode()


def test_deleted_it_takes_its_counts_along(admin_client: Client, program: Program) -> None:
    admin_client.post(ADD, sent(program, GOOD, write="1"))
    page = reverse("admin:programs_roster_delete", args=[Roster.objects.get().pk])
    assert admin_client.get(page).status_code == 200
    admin_client.post(page, {"post": "yes"})
    assert not Roster.objects.exists()
    assert not ProgramFact.objects.exists()


def test_the_list_finds_by_the_programs_name(admin_client: Client, program: Program) -> None:
    admin_client.post(ADD, sent(program, GOOD, write="1"))
    assert program.name in admin_client.get(LIST, {"q": program.name}).content.decode()
    assert "0 rosters" in admin_client.get(LIST, {"q": "elsewhere"}).content.decode()


def test_only_who_may_reads_and_writes(client: Client, program: Program) -> None:
    user = User.objects.create_user("desk", is_staff=True)
    client.force_login(user)
    assert [client.get(ADD).status_code, client.post(ADD, sent(program, GOOD)).status_code] == [403, 403]
    assert client.get(LIST).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="add_roster"))
    assert client.get(ADD).status_code == 200
    assert Client().get(ADD).status_code == 302


def test_a_count_is_changed_by_its_roster_alone(admin_client: Client, program: Program) -> None:
    admin_client.post(ADD, sent(program, GOOD, write="1"))
    fact = ProgramFact.objects.get(field="residents_us_img")
    page = reverse("admin:programs_programfact_change", args=[fact.pk])
    assert "Counted from a roster" in admin_client.get(page).content.decode()
    assert admin_client.post(page, {"value": "9"}).status_code == 403
