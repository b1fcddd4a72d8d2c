"""The catalogue's desk, used as staff use it: programs found and read, at a constant cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import ProgramFact
from programs.services import data_version_publish
from tests.programs.desk import FACTS, PROGRAMS, VERSIONS, page
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_client: Client) -> Client:
    return admin_client


def names_found(desk: Client, **query: str) -> set[str]:
    return {program.pk for program in desk.get(PROGRAMS, query).context["cl"].result_list}


def test_program_search_by_name_alias_institution_city_and_any_code(desk: Client) -> None:
    wanted = make_program(
        name="Saint Mary's Program", aliases="The Hill", institution="Dignity Hospital", city="Long Beach",
        acgme_id="1400531039", nrmp_code="1025140C0", program_key="1400531039",
    )  # fmt: skip
    make_program()

    for query in (
        "st marys", "saint marys", "the hill", "dignity", "long beach", "1400531039", "1025140c0", wanted.pk,
        "marys dignity",
    ):  # fmt: skip
        found = names_found(desk, q=query)
        assert found == ({wanted.pk} if query != "st marys" else set()), query


def test_program_search_of_marks_alone_finds_nothing(desk: Client) -> None:
    make_program()

    assert names_found(desk, q="%%%") == set()


@pytest.mark.parametrize(
    ("query", "one", "other"),
    [
        ({"specialty__slug__exact": "surgery"}, {"specialty": "surgery"}, {"specialty": "pediatrics"}),
        ({"ring": "los-angeles"}, {}, {"county": "Alameda"}),
        ({"state": "OR"}, {"state": "OR", "county": ""}, {}),
        ({"listing_status__exact": "old"}, {"listing_status": "old"}, {}),
        ({"track__exact": "advanced"}, {"track": "advanced"}, {}),
    ],
)
def test_program_filters(
    desk: Client, query: dict[str, str], one: dict[str, str], other: dict[str, str]
) -> None:
    wanted = make_program(**one)
    make_program(**other)

    assert names_found(desk, **query) == {wanted.pk}


def test_program_filter_by_a_column_that_is_not_offered_is_refused(desk: Client) -> None:
    make_program()

    assert desk.get(PROGRAMS, {"seen_in__contains": "x"}).status_code == 400


def test_program_page_shows_facts_with_source_conflict_and_which_counts(desk: Client) -> None:
    program = make_program()
    old = make_fact(program, "min_step2ck", "220", page_year=2023, url="https://old.example/a")
    new = make_fact(program, "min_step2ck", "230", page_year=2026, observed_on=date(2026, 9, 1))

    html = desk.get(page("program", program.pk)).content.decode()

    assert page("programfact", old.pk) in html
    assert page("programfact", new.pk) in html
    assert "current, 1 says otherwise" in html
    assert "not current, 1 says otherwise" in html
    assert "program&#x27;s page, 2026" in html
    assert 'href="https://old.example/a"' in html
    assert "Sept. 1, 2026" in html
    assert '<td class="field-strictness">\n              \n                  <p>rule</p>' in html


def test_program_page_never_links_to_an_address_that_runs(desk: Client) -> None:
    program = make_program()
    fact = make_fact(program, "accepts_img", "yes")
    ProgramFact.objects.filter(pk=fact.pk).update(url="javascript:alert(1)")

    assert b'href="javascript' not in desk.get(page("program", program.pk)).content


def test_program_is_read_here_and_changed_by_a_decision_alone(desk: Client) -> None:
    program = make_program(name="Of the files")

    response = desk.post(page("program", program.pk), {"name": "Renamed Program"})

    assert response.status_code == 403
    program.refresh_from_db()
    assert program.name == "Of the files"
    html = desk.get(page("program", program.pk)).content.decode()
    for name in ("enter", "decide", "merge", "history"):
        assert f'href="{page("program", program.pk, name)}"' in html


def queries_of(desk: Client, address: str) -> int:
    desk.get(address)  # the first look asks for the content type, which the process then knows
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [PROGRAMS, FACTS, VERSIONS])
def test_lists_cost_the_same_however_long(desk: Client, address: str) -> None:
    make_fact(make_program(), "accepts_img", "yes")
    data_version_publish()
    few = queries_of(desk, address)
    for number in range(8):
        program = make_program(specialty="surgery", institution=f"Hospital {number}")
        make_fact(program, "min_step2ck", "220")

    assert queries_of(desk, address) == few <= 10


def test_program_page_costs_the_same_however_many_facts(desk: Client) -> None:
    program = make_program()
    make_fact(program, "accepts_img", "yes")
    few = queries_of(desk, page("program", program.pk))
    for score in range(220, 232):
        make_fact(program, "min_step2ck", str(score))

    assert queries_of(desk, page("program", program.pk)) == few <= 14
