"""Results and errors read as streams and pages: in order, from any line, while it runs."""

import csv
import gzip
import io
import json
import tracemalloc
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from applicants.schema import ProfileDocument
from matching.api.cohorts import examples
from matching.cohorts.columns import COLUMNS
from matching.cohorts.line import Line
from matching.cohorts.reading import lines_read
from matching.cohorts.running import cohort_cancel
from matching.cohorts.selectors import CohortGone
from matching.models import Cohort, CohortChunk
from tests.api.cohort_calls import (
    Headers,
    applicant,
    applicants,
    cohort_with,
    component,
    done_values,
    lines_of,
    read,
    send,
    sent,
    streamed,
    work,
)
from tests.api.conftest import KeyMaker, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
JSONL = ("application/jsonl", "application/x-ndjson")


@pytest.fixture
def partner(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=["cohorts"])


def test_results_are_what_the_document_says(client: Client, partner: Headers) -> None:
    lines = [*applicants(2), applicant("with a list", max_applications=3)]
    address = sent(client, partner, lines)
    work()

    response = read(client, f"{address}results/", partner)
    results = lines_of(response)

    check = component("CohortResult")
    for line in results:
        check.validate(line)
    assert [line["reference"] for line in results] == ["a-1", "a-2", "with a list"]
    assert [line["summary"] is None for line in results] == [True, True, False]
    assert [row["selected"] for row in results[2]["list"]].count(True) == 3
    assert response["Content-Type"] == "application/jsonl"
    told = client.get(address, headers=partner).json()
    component("Cohort").validate(told)
    assert (response["X-Cohort-State"], response["X-Model-Version"], response["X-Data-Version"]) == (
        "done",
        told["model_version"],
        told["data_version"],
    )


@pytest.mark.parametrize("accept", JSONL)
@pytest.mark.parametrize("part", ["results", "errors"])
def test_lines_come_under_either_name(client: Client, partner: Headers, accept: str, part: str) -> None:
    address = sent(client, partner, applicants(4, bad=[2, 4]))
    work()

    response = read(client, f"{address}{part}/", partner, accept)

    assert response["Content-Type"] == accept
    assert [line["line"] for line in lines_of(response)] == ([1, 3] if part == "results" else [2, 4])


@pytest.mark.parametrize("part", ["results", "errors"])
def test_lines_as_csv(client: Client, partner: Headers, part: str) -> None:
    address = sent(client, partner, applicants(3, bad=[2]))
    work()

    response = read(client, f"{address}{part}/", partner, "text/csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(streamed(response).decode())))
    assert {row["line"] for row in rows} == ({"1", "3"} if part == "results" else {"2"})
    assert {row["reference"] for row in rows} == ({"a-1", "a-3"} if part == "results" else {"a-2"})


@pytest.mark.parametrize(
    ("part", "accept"),
    [
        ("results", "application/json"),
        ("results", "text/html"),
        ("errors", "text/html"),
        ("errors", "application/xml"),
    ],
)
def test_lines_in_another_form_are_not_to_be_had(
    client: Client, partner: Headers, part: str, accept: str
) -> None:
    address = sent(client, partner, applicants(1))

    problem_of(read(client, f"{address}{part}/", partner, accept), 406)


def test_results_packed(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(3))
    work()

    plain = streamed(read(client, f"{address}results/", partner))
    packed = read(client, f"{address}results/", partner, **{"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(streamed(packed)) == plain


def test_head_of_a_stream_has_no_lines(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(3))
    work()

    response = client.head(f"{address}results/", headers=partner)

    assert response["X-Cohort-State"] == "done"
    assert streamed(response) == b""


@pytest.mark.parametrize("after", range(6))
def test_lines_after_one_that_was_read(client: Client, partner: Headers, after: int) -> None:
    address = sent(client, partner, applicants(5, bad=[2, 5]))
    work()

    results = lines_of(read(client, f"{address}results/?after={after}", partner))
    errors = lines_of(read(client, f"{address}errors/?after={after}", partner, JSONL[0]))

    assert [line["line"] for line in results] == [line for line in (1, 3, 4) if line > after]
    assert [line["line"] for line in errors] == [line for line in (2, 5) if line > after]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=1&after=2", "page_size=2", "offset=1"])
def test_stream_refuses_what_it_does_not_know(client: Client, partner: Headers, query: str) -> None:
    address = sent(client, partner, applicants(1))

    for part, accept in (("results", "*/*"), ("errors", JSONL[0])):
        problem = problem_of(read(client, f"{address}{part}/?{query}", partner, accept), 400)
        assert problem["errors"][0]["in"] == "query"


def numbers(
    client: Client, cohort: Cohort, headers: Headers, part: str = "results", query: str = ""
) -> list[int]:
    address = f"/api/v1/cohorts/{cohort.pk}/{part}/{query}"
    return [line["line"] for line in lines_of(read(client, address, headers, JSONL[0]))]


def test_partial_results_end_before_the_first_chunk_in_work(client: Client, partner: Headers) -> None:
    """A chunk done out of turn waits for those before it, so that `after` leaves none out."""
    cohort = cohort_with([[1, 2, 3], [4, 5], [7, 8, 9]], done={0, 2})

    assert numbers(client, cohort, partner) == [1, 3]
    assert numbers(client, cohort, partner, "errors") == [2]
    CohortChunk.objects.filter(number=1).update(**done_values([4, 5]))
    assert numbers(client, cohort, partner, query="?after=3") == [5, 7, 9]
    assert numbers(client, cohort, partner, "errors", "?after=2") == [4, 8]


def test_results_of_a_failed_cohort_are_all_there_are(client: Client, partner: Headers) -> None:
    cohort = cohort_with([[1, 2], [3, 4], [5]], state="failed", done={0, 2})

    assert numbers(client, cohort, partner) == [1, 5]


def test_results_of_a_cohort_that_nobody_began(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(2))

    response = read(client, f"{address}results/", partner)

    assert (response["X-Cohort-State"], streamed(response)) == ("queued", b"")


def test_results_cancelled_while_they_are_read_break_off(client: Client, partner: Headers) -> None:
    """Half an answer must not look like a whole one."""
    lines = [[line] for line in range(1, 60)]
    cohort = cohort_with(lines, state="done", done=set(range(len(lines))))
    stream = read(client, f"/api/v1/cohorts/{cohort.pk}/results/", partner).streaming_content
    next(stream)

    cohort_cancel(cohort=cohort, now=timezone.now())

    with pytest.raises(CohortGone):
        list(stream)


@pytest.mark.parametrize("chunks", [60, pytest.param(1000, marks=pytest.mark.thorough)])
def test_results_of_a_large_cohort_take_no_more_memory(client: Client, partner: Headers, chunks: int) -> None:
    """50,000 lines are read and forgotten by a few chunks at a time."""
    each = 50
    cohort = cohort_with([[1]], state="done", done={0})
    values = done_values(list(range(1, each + 1)))
    CohortChunk.objects.bulk_create(
        CohortChunk(
            cohort=cohort, number=number, first_line=number * each + 1, lines=each, weight=each, **values
        )
        for number in range(1, chunks)
    )
    stream = read(client, f"/api/v1/cohorts/{cohort.pk}/results/", partner).streaming_content
    next(stream)

    tracemalloc.start()
    lines = length = 0
    for piece in stream:
        lines, length = lines + piece.count(b"\n"), length + len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert lines == (chunks - 1) * each / 2
    assert length > 120 * lines
    assert peak < 300_000


def test_stream_of_nothing_there(client: Client, partner: Headers) -> None:
    for part in ("results", "errors"):
        problem_of(read(client, f"/api/v1/cohorts/{uuid.uuid4()}/{part}/", partner), 404)
    assert send(client, partner, b"").status_code == 202


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("CohortLine", examples.LINES),
        ("CohortResult", examples.lines("cohort_results.jsonl")),
        ("CohortError", examples.lines("cohort_errors.jsonl")),
    ],
)
def test_examples_of_lines_are_what_the_document_says(name: str, lines: list[dict[str, Any]]) -> None:
    check = component(name)

    assert lines
    for line in lines:
        check.validate(line)


def test_example_of_csv_has_every_column_and_says_the_same() -> None:
    rows = [
        json.loads(line.raw)
        for line in lines_read(io.BytesIO(examples.CSV.encode()), "csv")
        if isinstance(line, Line)
    ]

    assert next(csv.reader(io.StringIO(examples.CSV))) == [column.name for column in COLUMNS]
    assert [row["reference"] for row in rows] == [line["reference"] for line in examples.LINES]
    for row, line in zip(rows, examples.LINES, strict=True):
        profiles = (ProfileDocument.model_validate(one["profile"]) for one in (row, line))
        assert len({profile.model_dump_json() for profile in profiles}) == 1
        assert row["options"]["top"] == line["options"]["top"] if "options" in line else "options" not in row
