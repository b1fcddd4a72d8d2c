"""The catalogue's pages as an outsider meets them: no account, any address."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Program
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db

HOSTILE = [
    "' OR 1=1; DROP TABLE programs_program; --",
    "<script>alert(1)</script>",
    "%00",
    "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "%_\\",
    "9" * 5000,
    "-1",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "a" * 20_000,
]
PARAMETERS = ["search", "specialty", "ring", "state", "county", "type", "page", "unheard-of"]


def listed(client: Client, **query: str) -> list[str]:
    response = client.get(reverse("programs:list"), query)
    assert response.status_code == 200
    return [program.pk for program, *_ in response.context["rows"]]


def test_list_filters_by_place_specialty_and_type(client: Client) -> None:
    county = make_program(name="A")
    orange = make_program(name="B", county="Orange", city="Irvine", specialty="surgery")
    north = make_program(name="C", county="Kern", city="Bakersfield")
    west = make_program(name="D", state="NV", county="Clark", city="Las Vegas")
    far = make_program(name="E", state="NY", county="Kings", city="Brooklyn")
    make_fact(far, "program_type", "community")
    make_fact(north, "safety_net", "yes")
    assert listed(client) == [county.pk, orange.pk, north.pk, west.pk, far.pk]
    assert listed(client, ring="los-angeles") == [county.pk, orange.pk]
    assert listed(client, ring="california") == [county.pk, orange.pk, north.pk]
    assert listed(client, ring="west-coast") == [county.pk, orange.pk, north.pk, west.pk]
    assert listed(client, ring="national", specialty="surgery") == [orange.pk]
    assert listed(client, state="NY") == [far.pk]
    assert listed(client, county="los ANGELES") == [county.pk]
    assert listed(client, type="community") == [far.pk]
    assert listed(client, type="safety-net") == [north.pk]
    assert listed(client, type="military") == []


@pytest.mark.parametrize(
    "search",
    ["harbor", "HARBOR ucla", "the old harbor", "Hôpital", "torrance", "1400531041", "1049140c0", "sp00042"],
)
def test_list_search_finds_by_name_alias_institution_city_and_code(client: Client, search: str) -> None:
    program = make_program(
        id="sp00042",
        name="Harbor-UCLA Program",
        aliases="The Old Harbor",
        institution="Hôpital Central",
        acgme_id="1400531041",
        nrmp_code="1049140C0",
    )
    make_program(name="Elsewhere", city="Fresno", county="Fresno", institution="Fresno Hospital")
    assert listed(client, search=search) == [program.pk]


def test_list_search_of_marks_alone_finds_nothing(client: Client) -> None:
    make_program()
    assert listed(client, search="%_'") == []
    assert len(listed(client, search="   ")) == 1


def test_list_says_what_is_not_known_and_asks(client: Client) -> None:
    make_fact(make_program(name="Known"), "accepts_img", "yes")
    make_program(name="Bare", listing_status="old", last_listed_year=None, city="", county="")
    page = client.get(reverse("programs:list")).content.decode()
    assert "Considers IMGs: yes" in page
    assert "Not known, ask: type, lowest Step 2 CK" in page
    assert "city not known" in page
    assert "Not seen in any recent list: check it still exists" in page


def test_list_shows_25_a_page_and_keeps_the_filters(client: Client) -> None:
    for number in range(30):
        make_program(name=f"Program {number:02}")
    make_program(name="Elsewhere", state="NY", county="Kings")
    response = client.get(reverse("programs:list"), {"state": "CA", "page": "2"})
    assert "30 tracks found" in response.content.decode()
    assert len(response.context["rows"]) == 5
    assert "?state=CA&amp;page=1" in response.content.decode()


def test_list_takes_the_same_queries_for_one_row_and_many(client: Client) -> None:
    counts = []
    for rows in (1, 40):
        for _ in range(rows):
            make_fact(make_program(), "program_type", "community")
        with CaptureQueriesContext(connection) as queries:
            listed(client, ring="los-angeles", type="community", search="program")
        counts.append(len(queries))
    assert counts == [5, 5]


def test_list_names_a_wrong_filter_and_applies_the_others(client: Client) -> None:
    make_program(name="Here")
    make_program(name="There", state="NY", county="Kings")
    response = client.get(reverse("programs:list"), {"state": "ZZ", "ring": "los-angeles"})
    assert "ZZ is not one of the available choices" in response.content.decode()
    assert [program.name for program, *_ in response.context["rows"]] == ["Here"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_list_outsider_hostile_parameters(client: Client, parameter: str, value: str) -> None:
    make_program()
    response = client.get(f"{reverse('programs:list')}?{urlencode({parameter: value})}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert Program.objects.count() == 1


def test_list_outsider_may_only_read(client: Client) -> None:
    assert client.post(reverse("programs:list")).status_code == 405
    assert client.head(reverse("programs:list")).status_code == 200
