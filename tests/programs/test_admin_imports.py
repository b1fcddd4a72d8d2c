"""Imports on the desk: who may do what, what is too large, and the way from the file to the undoing."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from programs.models import ImportBatch, ImportRow, ImportSource, ProgramFact
from tests.programs.factories import make_fact, make_program
from tests.programs.importing.files import csv_file
from tests.programs.people import make_person
from tests.programs.services.importing.journey import SOURCE, applied, handed_in, person, staged

pytestmark = pytest.mark.django_db
LIST = reverse("admin:programs_importbatch_changelist")
ADD = reverse("admin:programs_importbatch_add")
DESK = ("add_importbatch", "view_importbatch", "view_programfact")
HEADER = ("id", "field", "value")


def url(batch: ImportBatch, name: str = "change") -> str:
    return reverse(f"admin:programs_importbatch_{name}", args=[batch.pk])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.STAFF_TWO_FACTOR = False


@pytest.fixture
def desk() -> Client:
    return client_of(make_person(*DESK))


@pytest.fixture
def lead() -> Client:
    return client_of(make_person(*DESK, "apply_import", "confirm_fact", "add_dataversion"))


def upload(data: bytes, **members: str) -> dict[str, object]:
    return {
        "kind": "facts",
        "source": "answers",
        "preset": "",
        "rights": "own",
        "rights_statement": "The coordinator, by mail.",
        "file": SimpleUploadedFile("answers.csv", data),
        **members,
    }


def test_the_way_from_the_file_to_the_undoing(
    desk: Client, lead: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    program = make_program()
    data = f"Our id;Fact;Value\n{program.pk};letters_required;3\nsp99998;letters_required;3\n".encode()
    page = desk.post(ADD, upload(data, source=" Answers "))
    batch = ImportBatch.objects.get()
    assert (page.status_code, page["Location"]) == (302, url(batch, "columns"))
    assert (batch.rights, batch.rights_statement, batch.layout["delimiter"]) == (
        "own",
        "The coordinator, by mail.",
        ";",
    )

    page = desk.get(url(batch, "columns"))
    chosen = {f"c{at}": page.context["form"][f"c{at}"].value() for at in range(3)}
    assert chosen == {"c0": "id", "c1": "field", "c2": "value"}

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            url(batch, "columns"),
            {
                **chosen,
                "source_kind": "program_page",
                "source": "mail",
                "confidence": "high",
                "strictness": "statement",
                "tracks": "one",
            },
        )
    page = desk.get(url(batch))
    assert b"is the id of no program of ours" in page.content
    assert ImportSource.objects.get().mapping["facts"] == {"id": "Our id", "field": "Fact", "value": "Value"}
    told = b"".join(desk.get(url(batch, "errors"))).decode()
    assert told == "\ufeffrow,column,value,reason\r\n3,Our id,sp99998,is the id of no program of ours\r\n"

    assert lead.post(url(batch, "confirm"), {}).status_code == 302
    assert not ProgramFact.objects.exists()  # the faults were not agreed to
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url(batch, "confirm"), {"understood": "on", "conflicts": "beside"})
    page = lead.get(url(batch))
    assert b"a new data version must be published" in page.content
    assert ProgramFact.objects.get().batch == batch

    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url(batch, "undo"))
    assert b"Everything stands as before" in lead.get(url(batch)).content
    assert not ProgramFact.objects.exists()


@pytest.mark.parametrize(
    ("members", "data", "field"),
    [
        ({"rights_statement": " "}, b"a,b\n1,2\n", "rights_statement"),
        ({"rights": "hearsay"}, b"a,b\n1,2\n", "rights"),
        ({"source": ""}, b"a,b\n1,2\n", "source"),
        ({"preset": "freida-programs"}, b"a,b\n1,2\n", "preset"),
        ({}, b"%PDF-1.7", "file"),
        ({}, b"a,b\n", "file"),
    ],
)
def test_upload_says_what_is_wrong_beside_its_box(
    desk: Client, members: dict[str, str], data: bytes, field: str
) -> None:
    page = desk.post(ADD, upload(data, **members))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not ImportBatch.objects.exists()


class Unread(io.RawIOBase):
    """A body of 200 MB that is counted as it is read, in pieces."""

    def __init__(self) -> None:
        self.largest = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.largest = max(self.largest, size)
        assert 0 < size <= 64 * 1024
        return b""


def test_200_mb_are_refused_by_their_declared_size(desk: Client) -> None:
    body = Unread()
    page = desk.generic(
        "POST", ADD, b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024), **{"wsgi.input": body},  # type: ignore[arg-type]
    )  # fmt: skip
    assert page.status_code == 413
    assert b"larger than 25 MB" in page.content
    assert body.largest == 64 * 1024
    assert not ImportBatch.objects.exists()


def test_a_file_larger_than_it_declares_is_stopped_at_the_limit(
    desk: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.IMPORT_MAX_MB = 1
    monkeypatch.setattr("programs.admin.imports.views.declared_check", lambda _: None)
    page = desk.post(ADD, upload(b"a,b\n" + b"1,2\n" * 400_000))
    assert page.status_code == 413
    assert b"larger than 1 MB" in page.content


def test_upload_needs_the_forms_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(*DESK))
    assert client.post(ADD, upload(b"a,b\n1,2\n")).status_code == 403
    assert not ImportBatch.objects.exists()


POSTS = ("confirm", "undo", "drop", "layout", "replace", "columns")
GETS = ("change", "columns", "progress", "errors")


@pytest.fixture
def batch(tmp_path: Path) -> ImportBatch:
    return staged(tmp_path, HEADER, (make_program().pk, "letters_required", "3"))


@pytest.mark.parametrize("name", [*POSTS, *GETS])
@pytest.mark.parametrize("who", ["nobody", "applicant", "staff"])
def test_pages_are_for_the_desk(batch: ImportBatch, name: str, who: str) -> None:
    client = Client()
    if who != "nobody":
        client.force_login(User.objects.create_user("other", password="x", is_staff=who == "staff"))
    ask = client.post if name in POSTS else client.get
    assert ask(url(batch, name)).status_code == (403 if who == "staff" else 302)
    batch.refresh_from_db()
    assert batch.state == "ready"


@pytest.mark.parametrize(
    "address",
    [
        LIST,
        ADD,
        *(
            reverse(f"admin:programs_importbatch_export_{kind}_{form}")
            for kind in ("programs", "facts")
            for form in ("csv", "xlsx")
        ),
    ],
)
def test_list_and_exports_are_for_the_desk(address: str) -> None:
    assert Client().get(address).status_code == 302
    assert client_of(make_person()).get(address).status_code == 403


@pytest.mark.parametrize("name", ["confirm", "undo"])
def test_only_a_lead_writes_and_undoes(desk: Client, batch: ImportBatch, name: str) -> None:
    assert desk.post(url(batch, name), {"conflicts": "beside"}).status_code == 403
    assert b"Somebody of the data leads confirms it" in desk.get(url(batch)).content


def test_every_state_has_its_page(desk: Client, lead: Client, batch: ImportBatch, tmp_path: Path) -> None:
    for state, words in (
        ("reading", b"Reading the rows"),
        ("applying", b"Writing 1"),
        ("undoing", b"Undoing 1"),
    ):
        ImportBatch.objects.update(state=state)
        assert words in desk.get(url(batch)).content
        assert words in desk.get(url(batch, "progress")).content
    ImportBatch.objects.update(state="failed", reason="The file cannot be read: row 7.")
    assert b"row 7" in desk.get(url(batch)).content
    assert desk.get(url(batch, "progress"))["HX-Redirect"] == url(batch)
    ImportBatch.objects.update(state="ready", reason="")
    assert desk.post(url(batch, "drop")).status_code == 302
    assert b"Dropped" in desk.get(url(batch)).content
    assert applied(staged(tmp_path, HEADER, (make_program().pk, "letters_required", "3"))).state == "applied"


def test_import_leads_a_second_reader_to_what_waits(desk: Client, lead: Client, tmp_path: Path) -> None:
    """Who wrote it and who brought it in read of it; a third confirms."""
    row = (make_program().pk, "min_step2ck", "241")
    batch = applied(staged(tmp_path, HEADER, row, defaults={**SOURCE, "strictness": "strict"}), by="uploader")
    button = "Confirm all 1 that wait"
    for client, offered in ((desk, False), (client_of(person("uploader")), False), (lead, True)):
        html = client.get(url(batch)).content.decode()
        assert "1 rule waits for a second reader and counts for nothing" in html
        assert (button in html) is offered

    lead.post(url(batch, "confirm_facts"))

    html = lead.get(url(batch)).content.decode()
    assert button not in html
    assert "for a second reader" not in html
    assert ProgramFact.objects.get().check_state == "confirmed"


def test_layout_is_chosen_otherwise(desk: Client, tmp_path: Path) -> None:
    batch = handed_in(csv_file(tmp_path / "f.csv", HEADER, ("x;y", "1", "2"), delimiter=","))
    desk.post(url(batch, "layout"), {"encoding": "utf-8", "delimiter": ";", "header_row": "1"})
    batch.refresh_from_db()
    assert batch.layout["columns"] == ["id,field,value"]
    assert b"Row of the header" in desk.get(url(batch, "columns")).content


def test_preview_asks_as_much_of_many_rows_as_of_one(
    desk: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few = staged(tmp_path, HEADER, (make_program().pk, "letters_required", "3"))
    programs = [make_program() for _ in range(60)]
    for program in programs[:20]:
        make_fact(program, "letters_required", "4", url="https://another.example/")
    many = staged(tmp_path, HEADER, *((program.pk, "letters_required", "3") for program in programs))
    desk.get(url(few))
    with django_assert_max_num_queries(12):
        desk.get(url(few) + "?rows=add")
    with django_assert_max_num_queries(12):
        page = desk.get(url(many) + "?rows=add")
    assert len(page.context["rows"]) == 40
    assert ImportRow.objects.count() == 61
    with django_assert_max_num_queries(12):
        desk.get(LIST)


def test_exports_come_as_files(desk: Client) -> None:
    make_fact(make_program(), "letters_required", "3")
    page = desk.get(reverse("admin:programs_importbatch_export_facts_xlsx"))
    assert page.content[:2] == b"PK"
    page = desk.get(reverse("admin:programs_importbatch_export_facts_csv"))
    assert b"letters_required" in b"".join(page)
