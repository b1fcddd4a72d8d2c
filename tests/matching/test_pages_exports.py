"""One's own list as a file: for its owner alone, in the form spreadsheets and printers take."""

import csv
import io
import re
import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from applicants.visitors import SESSION_KEY
from matching.models import SavedList
from tests.matching.shared import CLOSED, HIDDEN, list_with_secrets, pdf_text, xlsx_text

pytestmark = pytest.mark.django_db
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
READERS: dict[str, Callable[[bytes], str]] = {"csv": bytes.decode, "xlsx": xlsx_text, "pdf": pdf_text}


@pytest.fixture
def saved_list(client: Client) -> SavedList:
    saved_list = list_with_secrets()
    session = client.session
    session[SESSION_KEY] = str(saved_list.visitor)
    session.save()
    return saved_list


@pytest.mark.parametrize("extension", TYPES)
def test_export_is_a_file_of_the_list_and_the_day(
    client: Client, saved_list: SavedList, extension: str
) -> None:
    response = client.get(f"/lists/{saved_list.pk}/export.{extension}")
    assert response["Content-Type"] == TYPES[extension]
    assert re.fullmatch(
        rf'attachment; filename="los-angeles-first-\d{{4}}-\d\d-\d\d\.{extension}"',
        response["Content-Disposition"],
    )
    assert "no-store" in response["Cache-Control"]


def test_export_csv_is_everything_in_plain_columns(client: Client, saved_list: SavedList) -> None:
    response = client.get(f"/lists/{saved_list.pk}/export.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [row["Program"] for row in rows] == ["Peña Hospital", "Žilina Clinic", CLOSED]
    first, _, closed = rows
    assert (first["ACGME code"], first["NRMP code"]) == ("ACGME 0400521001", "NRMP 1451120C0")
    assert (first["Tier"], first["Chance of an interview"]) == ("reach", "7\N{EN DASH}41%")
    assert (first["Low end, %"], first["High end, %"]) == ("7", "41")
    assert (first["Status"], first["Signal"], first["Note"]) == (
        "invited",
        "gold signal",
        "Plughton wrote for me",
    )
    assert first["What hurts"] == "Step 2 CK 213 is low here"
    assert closed["Chance of an interview"] == "closed by a stated rule"
    assert closed["Rules not met"] == "Lowest Step 2 CK: asks 231, you have 213"


def test_export_csv_runs_nothing_of_a_note(client: Client, saved_list: SavedList) -> None:
    saved_list.entries.filter(position=1).update(note='=HYPERLINK("http://x")')
    text = client.get(f"/lists/{saved_list.pk}/export.csv").content.decode()
    assert '"\'=HYPERLINK(""http://x"")"' in text


def test_export_xlsx_says_on_a_second_sheet_what_it_is(client: Client, saved_list: SavedList) -> None:
    text = xlsx_text(client.get(f"/lists/{saved_list.pk}/export.xlsx").content)
    for words in ("Not advice, and not a prediction", "m-10", "d-11", "Match of 2027", "Medical school"):
        assert words in text


def test_export_pdf_says_on_each_page_what_it_is(client: Client, saved_list: SavedList) -> None:
    text = pdf_text(client.get(f"/lists/{saved_list.pk}/export.pdf").content)
    pages = int(re.findall(r"1 of (\d+)", text)[0])
    assert text.count("Not advice, and not a prediction of the Match.") == pages + 1  # and its subject
    assert text.count("model m-10") == text.count("data d-11") == pages
    assert "Žilina Clinic" in text


@pytest.mark.parametrize("extension", TYPES)
def test_export_without_flags_hides_what_a_link_would(
    client: Client, saved_list: SavedList, extension: str
) -> None:
    content = client.get(f"/lists/{saved_list.pk}/export.{extension}?mode=no_flags").content
    told = READERS[extension](content)
    assert [word for word in (*HIDDEN, CLOSED) if word in told] == []


@pytest.mark.parametrize("query", ["?mode=", "?mode=nothing", "?mode=no-flags"])
def test_export_guesses_no_mode(client: Client, saved_list: SavedList, query: str) -> None:
    assert client.get(f"/lists/{saved_list.pk}/export.csv{query}").status_code == 404


@pytest.mark.parametrize("extension", TYPES)
def test_export_of_somebody_else_is_not_found(saved_list: SavedList, extension: str) -> None:
    account = Client()
    account.force_login(User.objects.create_user("other"))
    for other in (Client(), account):
        assert other.get(f"/lists/{saved_list.pk}/export.{extension}").status_code == 404
        assert other.get(f"/lists/{uuid.uuid4()}/export.{extension}").status_code == 404


def test_export_of_another_kind_is_not_found(client: Client, saved_list: SavedList) -> None:
    assert client.get(f"/lists/{saved_list.pk}/export.exe").status_code == 404


def test_export_costs_a_constant_number_of_queries(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):  # session, list with run, entries, names of specialties
        client.get(f"/lists/{saved_list.pk}/export.csv")
