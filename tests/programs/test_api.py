"""The catalogue's operations as an outsider calls them: no key, any parameter."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from programs import api_examples
from programs.models import Program
from smartpick.api_docs import openapi_document
from tests.programs.factories import make_fact, make_program, make_specialty

pytestmark = pytest.mark.django_db
API = "/api/v1"


def ask(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"{API}/{path}", query, headers={"Accept": "application/json"})
    assert response.status_code == 200, response.content
    return response.json()


def ids(client: Client, **query: Any) -> list[str]:
    return [row["id"] for row in ask(client, "programs/", **query)["results"]]


def pointers(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    assert response["Content-Type"].startswith("application/problem+json")
    return {fault["pointer"]: fault["code"] for fault in response.json()["errors"]}


def test_programs_row_has_every_member_and_null_for_unknown(client: Client) -> None:
    program = make_program(city="", county="", state="NY", last_listed_year=None)
    (row,) = ask(client, "programs/")["results"]
    assert row == {
        "id": program.pk,
        "program_key": program.program_key,
        "acgme_id": None,
        "nrmp_code": None,
        "listing_status": "current",
        "last_listed_year": None,
        "name": program.name,
        "specialty": "internal-medicine",
        "track": "categorical",
        "institution": "Harbor Hospital",
        "city": None,
        "county": None,
        "state": "NY",
        "ring": "national",
        "in_los_angeles_county": False,
        "latitude": None,
        "longitude": None,
        "same_as": None,
        "updated_at": row["updated_at"],
        "program_type": None,
        "safety_net": None,
    }
    make_fact(program, "program_type", "community")
    make_fact(program, "safety_net", "no")
    (row,) = ask(client, "programs/")["results"]
    assert (row["program_type"], row["safety_net"]) == ("community", False)


def test_programs_filters_by_columns(client: Client) -> None:
    here = make_program(nrmp_code="1049140C0", acgme_id="1400531041")
    kern = make_program(county="Kern", city="Bakersfield", track="preliminary", specialty="surgery")
    far = make_program(state="NY", county="Kings", city="Brooklyn", listing_status="old")
    assert ids(client) == [here.pk, kern.pk, far.pk]
    assert ids(client, ring="los-angeles") == [here.pk]
    assert ids(client, ring=["los-angeles", "california"]) == [here.pk, kern.pk]
    assert ids(client, ring="national") == [here.pk, kern.pk, far.pk]
    assert ids(client, state=["NY", "CA"], track="preliminary") == [kern.pk]
    assert ids(client, specialty=["surgery", "internal-medicine"], listing_status="old") == [far.pk]
    assert ids(client, code="1049140c0") == ids(client, code="1400531041") == [here.pk]
    assert ids(client, code="104914") == []
    assert ids(client, search="brooklyn") == [far.pk]
    assert ids(client, county="kern") == [kern.pk]


def test_programs_filters_by_facts(client: Client) -> None:
    strict, open_, bare = make_program(), make_program(), make_program()
    make_fact(strict, "min_step2ck", "230")
    make_fact(strict, "accepts_img", "no")
    make_fact(strict, "visa_j1", "no")
    make_fact(open_, "min_step2ck", "none")
    make_fact(open_, "accepts_img", "limited")
    make_fact(open_, "visa_h1b", "limited")
    make_fact(open_, "safety_net", "yes")
    make_fact(open_, "program_type", "university-affiliated")
    assert ids(client, accepts_step2ck=229) == [open_.pk, bare.pk]
    assert ids(client, accepts_step2ck=230) == [strict.pk, open_.pk, bare.pk]
    assert ids(client, accepts_img="true") == [open_.pk]
    assert ids(client, accepts_img="false") == [strict.pk]
    assert ids(client, visa="j1") == []
    assert ids(client, visa=["j1", "h1b"]) == [open_.pk]
    assert ids(client, safety_net="true") == ids(client, program_type="safety-net") == [open_.pk]
    assert ids(client, program_type=["university-affiliated", "community"]) == [open_.pk]


def test_programs_filter_reads_the_current_fact_only(client: Client) -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "260", confidence="low")
    make_fact(program, "min_step2ck", "220")
    assert ids(client, accepts_step2ck=230) == [program.pk]


def test_programs_updated_since_and_ordering(client: Client) -> None:
    old, new = make_program(name="B"), make_program(name="A", state="NY")
    Program.objects.filter(pk=old.pk).update(updated_at="2026-01-01T00:00:00Z")
    assert ids(client, updated_since="2026-01-02") == [new.pk]
    assert ids(client, updated_since="2025-12-31T23:00:00-02:00") == [new.pk]
    assert ids(client, updated_since="2026-01-01T00:00:00Z") == [old.pk, new.pk]
    assert ids(client, ordering="name") == ids(client, ordering="-updated_at") == [new.pk, old.pk]
    assert ids(client, ordering="state") == ids(client, ordering="updated_at") == [old.pk, new.pk]


@pytest.mark.parametrize("ordering", ["id", "-id", "name", "-name", "state", "updated_at"])
def test_programs_pages_hold_each_program_once(client: Client, ordering: str) -> None:
    for number in range(7):
        make_program(name=f"Name {number // 3}", state="CA" if number < 5 else "NY")
    Program.objects.update(updated_at="2026-01-01T00:00:00Z")
    found: list[str] = []
    url: str | None = f"{API}/programs/?page_size=2&ordering={ordering}&state=CA&state=NY"
    pages = 0
    while url:
        page = client.get(url).json()
        found += [row["id"] for row in page["results"]]
        url, pages = page["next"], pages + 1
    assert (len(found), len(set(found)), pages) == (7, 7, 4)


def test_programs_names_every_fault_at_once(client: Client) -> None:
    make_specialty()
    response = client.get(
        f"{API}/programs/?specialty=magic&state=ca&ring=moon&track=x&listing_status=x&program_type=x&visa=z"
        "&accepts_img=maybe&safety_net=1&accepts_step2ck=301&updated_since=yesterday&ordering=-password"
        f"&page_size=201&speciality=surgery&code={'1' * 21}&search=a&search=b&county={'c' * 81}"
    )
    assert pointers(response) == {
        "/specialty": "choice",
        "/state": "choice",
        "/ring": "choice",
        "/track": "choice",
        "/listing_status": "choice",
        "/program_type": "choice",
        "/visa": "choice",
        "/accepts_img": "boolean",
        "/safety_net": "boolean",
        "/accepts_step2ck": "range",
        "/updated_since": "date",
        "/ordering": "choice",
        "/page_size": "page_size",
        "/speciality": "unknown",
        "/code": "max_length",
        "/search": "repeated",
        "/county": "max_length",
    }


def test_programs_ordering_by_nothing_is_a_fault(client: Client) -> None:
    assert pointers(client.get(f"{API}/programs/?ordering=")) == {"/ordering": "choice"}


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-13-01",
        "2026-02-30",
        "now",
        "1" * 400,
        "20260101",
    ],
)
def test_programs_updated_since_impossible_is_a_fault(client: Client, moment: str) -> None:
    assert pointers(client.get(f"{API}/programs/", {"updated_since": moment})) == {"/updated_since": "date"}


def test_programs_takes_the_same_queries_for_one_row_and_many(client: Client) -> None:
    counts = []
    for rows in (1, 30):
        for _ in range(rows):
            make_fact(make_program(), "program_type", "community")
        with CaptureQueriesContext(connection) as queries:
            ask(client, "programs/", search="program", program_type="community", accepts_step2ck=224)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_program_has_every_fact_and_what_is_unknown(client: Client) -> None:
    program = make_program(program_key="1400531041", nrmp_code="1049140C0")
    other = make_program(program_key="1400531041", track="preliminary")
    first = make_fact(program, "min_step2ck", "220", page_year=2025, season="2027", note="a note")
    second = make_fact(program, "min_step2ck", "none", confidence="low")
    row = ask(client, f"programs/{program.pk}/")
    assert row["tracks"] == [{"id": other.pk, "track": "preliminary", "nrmp_code": None}]
    assert row["facts"][0] == {
        "id": first.pk,
        "field": "min_step2ck",
        "label": "Lowest Step 2 CK score",
        "value": 220,
        "unit": None,
        "value_as_stated": "220",
        "strictness": "strict",
        "url": "https://program.example/apply",
        "source": None,
        "source_kind": "program_page",
        "page_year": 2025,
        "season": "2027",
        "observed_on": None,
        "confidence": "high",
        "note": "a note",
        "is_current": True,
        "conflicts": 1,
    }
    assert [(fact["id"], fact["value"], fact["is_current"]) for fact in row["facts"][1:]] == [
        (second.pk, "none", False)
    ]
    unknown = {entry["field"]: entry["question"] for entry in row["unknown"]}
    assert "min_step2ck" not in unknown
    assert unknown["visa_h1b"] == "Do you sponsor H-1B visas?"


def test_program_takes_the_same_queries_for_one_fact_and_many(client: Client) -> None:
    program = make_program()
    counts = []
    for value in ("220", "230"):
        make_fact(program, "min_step2ck", value)
        with CaptureQueriesContext(connection) as queries:
            ask(client, f"programs/{program.pk}/")
        counts.append(len(queries))
    assert counts == [3, 3]


def test_specialties_are_counted(client: Client) -> None:
    make_program(program_key="1400531041")
    make_program(program_key="1400531041", track="preliminary")
    make_specialty("surgery", application_service="residencycas")
    answer = ask(client, "specialties/")
    assert answer == {
        "next": None,
        "previous": None,
        "results": [
            {
                "slug": "internal-medicine",
                "name": "Internal medicine",
                "application_service": "eras",
                "tracks": 2,
                "programs": 1,
            },
            {
                "slug": "surgery",
                "name": "Surgery",
                "application_service": "residencycas",
                "tracks": 0,
                "programs": 0,
            },
        ],
    }


def test_rings_nest_and_are_counted(client: Client) -> None:
    for state, county in (("CA", "Orange"), ("CA", "Kern"), ("NV", "Clark"), ("NY", "Kings")):
        make_program(state=state, county=county)
    make_program(program_key="1400531041", county="Ventura")
    make_program(program_key="1400531041", county="Ventura", track="preliminary")
    results = ask(client, "rings/")["results"]
    assert [(row["ring"], row["tracks"], row["programs"]) for row in results] == [
        ("los-angeles", 3, 2),
        ("california", 4, 3),
        ("west-coast", 5, 4),
        ("national", 6, 5),
    ]
    assert results[0]["counties"] == ["Los Angeles", "Orange", "Riverside", "San Bernardino", "Ventura"]
    assert results[3]["states"] is None


@pytest.mark.parametrize("path", ["specialties/", "rings/"])
def test_short_lists_refuse_parameters(client: Client, path: str) -> None:
    assert pointers(client.get(f"{API}/{path}", {"page": "2"})) == {"/page": "unknown"}
    assert client.post(f"{API}/{path}").status_code == 405


HOSTILE = [
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\x00",
    "9" * 5000,
    "-1",
    "%_\\",
    "\U0001f600",
    "",
    "[]",
    "a" * 9000,
]
PARAMETERS = [
    "specialty", "state", "county", "ring", "program_type", "safety_net", "track", "listing_status",
    "accepts_step2ck", "accepts_img", "visa", "code", "search", "updated_since", "ordering", "cursor",
    "page_size", "x[]",
]  # fmt: skip


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_programs_outsider_hostile_parameters(client: Client, parameter: str) -> None:
    make_program()
    for value in HOSTILE:
        response = client.get(f"{API}/programs/?{urlencode({parameter: value})}")
        assert response.status_code in (200, 400), (parameter, value, response.content)
        if response.status_code == 400:
            assert response["Content-Type"].startswith("application/problem+json")
    assert Program.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["sp99999", "SP00001", "x", "sp00001' OR '1'='1", "<script>", "9" * 3000, "\u0661"]
)
def test_program_outsider_unknown_id_is_a_problem(client: Client, path: str) -> None:
    response = client.get(f"{API}/programs/{path}/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")


def test_outsider_of_no_account_may_only_read(client: Client) -> None:
    program = make_program()
    for method in ("post", "put", "patch", "delete"):
        for path in ("programs/", f"programs/{program.pk}/", "specialties/", "rings/"):
            assert getattr(client, method)(f"{API}/{path}").status_code == 405


@pytest.fixture(scope="module")
def document() -> Any:
    return openapi_document()


def answer_schema(document: Any, path: str) -> Any:
    content = document["paths"][f"{API}/{path}"]["get"]["responses"]["200"]["content"]
    return content["application/json"]


def test_document_describes_the_answers_exactly(client: Client, document: Any) -> None:
    bare = make_program(city="", state="NY", same_as=make_program(latitude=34.0, longitude=-118.0))
    make_fact(bare, "min_step2ck", "220", page_year=2020)
    make_fact(bare, "mission", "", value_as_stated="care for all", url="", source="a file")
    for path, answer in (
        ("programs/", ask(client, "programs/", page_size=1)),
        ("programs/{program_id}/", ask(client, f"programs/{bare.pk}/")),
        ("specialties/", ask(client, "specialties/")),
        ("rings/", ask(client, "rings/")),
    ):
        Draft202012Validator(answer_schema(document, path)["schema"]).validate(answer)


def test_document_has_a_true_example_for_each_operation(document: Any) -> None:
    for path in ("programs/", "programs/{program_id}/", "specialties/", "rings/"):
        media = answer_schema(document, path)
        (example,) = media["examples"].values()
        Draft202012Validator(media["schema"]).validate(example["value"])
    assert api_examples.ROW["id"] != api_examples.DETAIL["id"]


def test_document_names_every_parameter_that_is_read(document: Any) -> None:
    named = {entry["name"] for entry in document["paths"][f"{API}/programs/"]["get"]["parameters"]}
    assert named == set(PARAMETERS) - {"x[]"}
