"""Whatever is sent as a cohort: a body that is none keeps nothing, a line that is none sinks no other."""

import gzip
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from matching.models import Cohort, CohortChunk
from tests.api.cohort_calls import (
    COHORTS,
    PROFILE,
    Headers,
    applicant,
    applicants,
    as_jsonl,
    lines_of,
    nothing_kept,
    send,
    sent,
    work,
)
from tests.api.conftest import KeyMaker, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def partner(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=["cohorts"])


LINES = applicants(3)
CSV = b"reference,applicant_type,graduation_year,specialties\r\na-1,us_img,2025,internal-medicine\r\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(LINES).encode(), "application/json"),
        (json.dumps(LINES, indent=2).encode(), "application/json; charset=utf-8"),
        (as_jsonl(LINES), "application/jsonl"),
        (as_jsonl(LINES).replace(b"\n", b"\r\n"), "application/x-ndjson"),
        (as_jsonl(LINES), "APPLICATION/JSONL"),
        (as_jsonl(LINES).rstrip(), "application/jsonl"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_body_forms_are_all_read(
    client: Client, partner: Headers, body: bytes, kind: str, packed: bool
) -> None:
    more = {"content_encoding": "gzip"} if packed else {}
    address = sent(client, partner, gzip.compress(body) if packed else body, kind=kind, **more)
    work()

    results = lines_of(client.get(f"{address}results/", headers=partner))

    assert [(line["line"], line["reference"]) for line in results] == [(1, "a-1"), (2, "a-2"), (3, "a-3")]


def test_body_of_several_gzip_members_is_one(client: Client, partner: Headers) -> None:
    raw = as_jsonl(LINES)
    body = gzip.compress(raw[:700]) + gzip.compress(raw[700:])

    assert send(client, partner, body, content_encoding="gzip").json()["total"] == 3


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("text/plain", {}),
        ("", {}),
        ("application/xml", {}),
        ("multipart/form-data; boundary=x", {}),
        ("application/x-www-form-urlencoded", {}),
        ("text/csv; charset=latin-1", {}),
        ("application/json; charset=utf-16", {}),
        ("application/jsonl", {"content_encoding": "br"}),
        ("application/jsonl", {"content_encoding": "gzip, gzip"}),
    ],
)
def test_body_of_another_kind_is_refused(
    client: Client, partner: Headers, kind: str, more: dict[str, str]
) -> None:
    problem = problem_of(send(client, partner, as_jsonl(LINES), kind=kind, **more), 415)

    assert any(word in problem["detail"] for word in ("application/jsonl", "UTF-8", "gzip"))
    assert nothing_kept()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'[{"reference": "a"}', "application/json", 400),
        (b"[] []", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"\xff\xfe[\x00", "application/json", 400),
        (b"", "text/csv", 400),
    ],
)
def test_body_that_is_not_of_its_form_keeps_nothing(
    client: Client, partner: Headers, body: bytes, kind: str, status: int
) -> None:
    problem_of(send(client, partner, body, kind=kind), status)

    assert nothing_kept()


def test_body_csv_of_other_columns_is_told_of_each(client: Client, partner: Headers) -> None:
    body = CSV.replace(b"graduation_year", b"graduation_yaer").replace(b"applicant_type", b"kind")

    problem = problem_of(send(client, partner, body, kind="text/csv"), 422)

    assert len(problem["errors"]) >= 2
    assert nothing_kept()


def test_body_csv_is_scored(client: Client, partner: Headers) -> None:
    address = sent(client, partner, CSV, kind="text/csv")
    work()

    results = lines_of(client.get(f"{address}results/", headers=partner))

    assert [(line["line"], line["reference"]) for line in results] == [(2, "a-1")]


@pytest.mark.parametrize(
    "body", [b"not gzip", gzip.compress(as_jsonl(LINES), mtime=0)[:-12], gzip.compress(b"", mtime=0)[:5], b""]
)
def test_body_that_is_no_whole_gzip_keeps_nothing(client: Client, partner: Headers, body: bytes) -> None:
    problem_of(send(client, partner, body, content_encoding="gzip"), 400)

    assert nothing_kept()


def test_body_too_large_by_its_length_is_not_read(
    client: Client, partner: Headers, settings: Settings
) -> None:
    settings.COHORT_MAX_MB = 1
    unread = Unread(2 * 1024 * 1024)

    response = raw_post(client, partner, unread, CONTENT_LENGTH=str(unread.length))

    assert "1 MB" in problem_of(response, 413)["detail"]
    assert not unread.was_read
    assert nothing_kept()


def test_body_too_large_once_unpacked_keeps_nothing(
    client: Client, partner: Headers, settings: Settings
) -> None:
    settings.COHORT_MAX_MB = 1
    bomb = gzip.compress(b" " * 8 * 1024 * 1024 + b"\n")

    problem_of(send(client, partner, bomb, content_encoding="gzip"), 413)
    problem_of(send(client, partner, gzip.compress(b"") * 60_000, content_encoding="gzip"), 413)

    assert nothing_kept()


def test_body_of_more_applicants_than_may_be_keeps_nothing(
    client: Client, partner: Headers, settings: Settings
) -> None:
    settings.COHORT_MAX_APPLICANTS = 120
    most = applicants(120)

    refused = problem_of(send(client, partner, [*most, applicant("one more")]), 413)

    assert "120" in refused["detail"]
    assert nothing_kept()
    assert not CohortChunk.objects.exists()
    assert send(client, partner, most).json()["total"] == 120


class Unread(io.RawIOBase):
    """A body that says so when somebody reads it; it breaks off before its length."""

    def __init__(self, length: int, given: bytes = b"") -> None:
        self.length, self.was_read, self._given = length, False, io.BytesIO(given)

    def read(self, size: int | None = -1) -> bytes:
        self.was_read = True
        return self._given.read(size)


class Torn(Unread):
    """As a connection that is reset."""

    def read(self, size: int | None = -1) -> bytes:
        given = super().read(100)
        if not given:
            raise ConnectionResetError
        return given


def raw_post(client: Client, headers: Headers, source: Any, **environ: Any) -> Any:
    environ = {"wsgi.input": source, "CONTENT_TYPE": "application/jsonl", **environ}
    return client.generic("POST", COHORTS, headers=headers, **environ)


@pytest.mark.parametrize("kind", [Unread, Torn])
def test_body_that_breaks_off_keeps_nothing(client: Client, partner: Headers, kind: type[Unread]) -> None:
    whole = as_jsonl(LINES)
    source = kind(len(whole) + 1, whole)

    problem = problem_of(raw_post(client, partner, source, CONTENT_LENGTH=str(source.length)), 400)

    assert "broke off" in problem["detail"]
    assert nothing_kept()


def test_body_in_chunks_of_transfer_needs_no_length(client: Client, partner: Headers) -> None:
    environ = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    source = io.BytesIO(as_jsonl(LINES))

    taken = raw_post(client, partner, source, **environ, **{"wsgi.input_terminated": True})
    refused = raw_post(client, partner, io.BytesIO(as_jsonl(LINES)), **environ)
    torn = raw_post(client, partner, Torn(0, as_jsonl(LINES)), **environ, **{"wsgi.input_terminated": True})

    assert taken.json()["total"] == 3
    assert "Content-Length" in problem_of(refused, 400)["detail"]
    problem_of(torn, 400)
    assert Cohort.objects.count() == 1


def test_body_too_large_in_chunks_of_transfer(client: Client, partner: Headers, settings: Settings) -> None:
    settings.COHORT_MAX_MB = 1
    source = io.BytesIO(b" " * 3 * 1024 * 1024)

    response = raw_post(
        client,
        partner,
        source,
        CONTENT_LENGTH="",
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input_terminated": True},
    )

    problem_of(response, 413)
    assert nothing_kept()


def test_body_length_that_is_no_number(client: Client, partner: Headers) -> None:
    problem_of(raw_post(client, partner, io.BytesIO(b""), CONTENT_LENGTH="-1"), 400)


BAD_LINES: list[tuple[bytes, str, str]] = [
    (b"{not json", "", "invalid_json"),
    (b"[]", "", "invalid_type"),
    (b"null", "", "invalid_type"),
    (b'{"profile": {}}', "/reference", "required"),
    (b'{"reference": "", "profile": {}}', "/reference", "too_short"),
    (b'{"reference": 7, "profile": {}}', "/reference", "invalid_type"),
    (b'{"reference": "first", "profile": {}}', "/reference", "duplicate"),
    (b'{"reference": "x"}', "/profile", "required"),
    (b'{"reference": "x", "reference": "y", "profile": {}}', "", "invalid_json"),
    (json.dumps(applicant("x", explain=3)).encode(), "/options/explain", "not_in_cohorts"),
    (json.dumps(applicant("x", ranges=True)).encode(), "/options/ranges", "not_in_cohorts"),
    (json.dumps({**applicant("x"), "store": True}).encode(), "/store", "not_in_cohorts"),
    (json.dumps(applicant("x", tpo=3)).encode(), "/options/tpo", "unknown_member"),
    (
        json.dumps(applicant("x", profile={**PROFILE, "graduation_year": 1900})).encode(),
        "/profile/graduation_year",
        "min_value",
    ),
]


def test_bad_lines_are_told_of_and_the_rest_is_scored(client: Client, partner: Headers) -> None:
    """All of them in one upload, each between two that are good."""
    raw = [json.dumps(applicant("first")).encode()]
    for place, (line, _, _) in enumerate(BAD_LINES):
        raw += [line.replace(b'"x"', b'"x-%d"' % place), json.dumps(applicant(f"good-{place}")).encode()]

    address = sent(client, partner, b"\n".join(raw))
    work()

    told = client.get(f"{address}errors/?page_size=200", headers=partner).json()["results"]
    assert [line["line"] for line in told] == list(range(2, 2 * len(BAD_LINES) + 1, 2))
    for line, (raw_line, pointer, code) in zip(told, BAD_LINES, strict=True):
        found = [(fault["pointer"], fault["code"]) for fault in line["errors"]]
        assert (pointer, code) in found, (raw_line, line)
    scored = lines_of(client.get(f"{address}results/", headers=partner))
    assert [line["line"] for line in scored] == list(range(1, 2 * len(BAD_LINES) + 2, 2))
