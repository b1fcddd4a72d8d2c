"""Uploads on their way in: what is kept of them, what is refused whole, and that memory does not grow."""

import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from matching.api.errors import PartDown
from matching.cohorts.faults import CohortInvalid, CohortTooLarge, CohortUnreadable
from matching.cohorts.forms import Form
from matching.cohorts.line import BadLine, Line, lines_unpack
from matching.cohorts.staging import CHUNK_WEIGHT, Staged, cohort_stage
from matching.models import Cohort, CohortChunk
from tests.api.bodies import GOOD
from tests.matching.catalogue import catalogue_make
from tests.matching.cohorts.applicants import NOW
from tests.matching.cohorts.streams import Dribble
from tests.matching.factories import key_make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.catalogue.CHECK_SECONDS", 0.0)
    catalogue_make()


def stage(body: bytes, form: Form = "jsonl") -> Staged:
    return cohort_stage(stream=Dribble(body, 5000), form=form, key=key_make()[0], now=NOW)


def line_of(number: int, **more: Any) -> dict[str, Any]:
    return {"reference": f"r{number}", "profile": GOOD["profile"], **more}


def jsonl(lines: list[Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def kept(cohort: Cohort) -> list[Line | BadLine]:
    chunks = CohortChunk.objects.filter(cohort=cohort).order_by("number")
    return [line for chunk in chunks for line in lines_unpack(bytes(chunk.input or b""))]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_staging_keeps_every_line_in_chunks(form: Form) -> None:
    lists = {"options": {"max_applications": 20}}
    lines = [line_of(i, **(lists if 250 <= i < 265 else {})) for i in range(300)]
    body = jsonl(lines) if form == "jsonl" else json.dumps(lines, indent=2).encode()
    cohort, digest = stage(body, form)

    assert digest == hashlib.sha256(body).hexdigest()
    assert (cohort.state, cohort.total, cohort.weight) == ("receiving", 300, 285 + 15 * 10)
    cohort.refresh_from_db()
    assert cohort.total == 300
    chunks = list(cohort.chunks.order_by("number"))
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    assert sum(chunk.lines for chunk in chunks) == 300
    assert sum(chunk.weight for chunk in chunks) == cohort.weight
    assert max(chunk.weight for chunk in chunks) <= CHUNK_WEIGHT
    found = kept(cohort)
    assert [line.number for line in found] == list(range(1, 301))
    assert [json.loads(line.raw) for line in found if isinstance(line, Line)] == lines
    for chunk in chunks:
        assert chunk.first_line == next(lines_unpack(bytes(chunk.input or b""))).number


def test_staging_csv_gives_lines_by_the_file() -> None:
    cohort, _ = stage(b'reference,school_name\na,"x\ny"\nb,\na,\n', "csv")
    found = kept(cohort)
    assert [(line.number, type(line)) for line in found] == [(2, Line), (4, Line), (5, BadLine)]


def test_staging_tells_bad_lines_apart() -> None:
    long = "x" * 129
    bodies: list[tuple[bytes, str, str, str | None]] = [
        (b"{", "", "invalid_json", None),
        (b'{"reference":"a","profile":NaN}', "", "invalid_json", None),
        (b'{"reference":"\\ud800"}', "", "invalid_json", None),
        (b'{"reference":"\xff"}', "", "invalid_json", None),
        (b"[1]", "", "invalid_type", None),
        (b"{}", "/reference", "required", None),
        (b'{"reference":7}', "/reference", "invalid_type", None),
        (b'{"reference":""}', "/reference", "too_short", None),
        (json.dumps({"reference": long}).encode(), "/reference", "too_long", None),
        (b'{"reference":"a\\u0000"}', "/reference", "invalid_characters", None),
        (b'{"reference":"first"}', "/reference", "duplicate", "first"),
    ]
    cohort, _ = stage(b"\n".join([b'{"reference":"first"}', *(body for body, *_ in bodies)]))
    first, *bad = kept(cohort)
    assert isinstance(first, Line)
    assert cohort.total == len(bodies) + 1
    for line, (body, pointer, code, reference) in zip(bad, bodies, strict=True):
        assert isinstance(line, BadLine), body
        assert (line.faults[0].pointer, line.faults[0].code, line.reference) == (pointer, code, reference), (
            body
        )


def test_staging_an_empty_upload_is_an_empty_cohort() -> None:
    for body, form in ((b"", "jsonl"), (b"[]", "json"), (b"reference\n", "csv")):
        cohort, _ = stage(body, form)  # type: ignore[arg-type]
        assert (cohort.total, cohort.weight, cohort.chunks.count()) == (0, 0, 0)


def test_staging_keeps_nothing_of_what_it_refuses(settings: Settings) -> None:
    settings.COHORT_MAX_APPLICANTS = 900
    many = [line_of(i) for i in range(901)]
    refused: list[tuple[bytes, Form, type[Exception]]] = [
        (jsonl(many), "jsonl", CohortTooLarge),
        (json.dumps(many).encode()[:-1] + b",", "json", CohortTooLarge),
        (json.dumps(many[:850]).encode()[:-1], "json", CohortUnreadable),
        (b"{}", "json", CohortUnreadable),
        (b"referenze\n", "csv", CohortInvalid),
    ]
    for body, form, error in refused:
        with pytest.raises(error):
            stage(body, form)
    assert stage(jsonl(many[:900])).cohort.total == 900
    assert (Cohort.objects.count(), sum(c.lines for c in CohortChunk.objects.all())) == (1, 900)


def test_staging_has_a_limit_of_bytes_and_survives_a_caller_who_hangs_up(settings: Settings) -> None:
    settings.COHORT_MAX_MB = 1
    with pytest.raises(CohortTooLarge, match="1 MB"):
        stage(jsonl([line_of(i) for i in range(2000)]))

    class Gone(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if data := super().read(size):
                return data
            raise OSError("connection reset")

    with pytest.raises(OSError, match="connection reset"):
        cohort_stage(
            stream=Gone(jsonl([line_of(i) for i in range(900)])), form="jsonl", key=key_make()[0], now=NOW
        )
    assert not Cohort.objects.exists()
    assert not CohortChunk.objects.exists()


def test_staging_without_a_catalogue_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.catalogue.version_current", lambda: None)
    with pytest.raises(PartDown):
        stage(b"")


class Made:
    """JSON lines made up as they are read: the test holds none of them."""

    def __init__(self, count: int) -> None:
        self._lines = self._make(count)

    @staticmethod
    def _make(count: int) -> Iterator[bytes]:
        profile = json.dumps(GOOD["profile"])
        for number in range(count):
            yield f'{{"reference":"r{number}","profile":{profile}}}\n'.encode()

    def read(self, size: int = -1, /) -> bytes:
        return next(self._lines, b"")


def peak_of(count: int) -> int:
    key = key_make()[0]
    tracemalloc.start()
    try:
        assert cohort_stage(stream=Made(count), form="jsonl", key=key, now=NOW).cohort.total == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_staging_memory_hardly_grows_with_the_cohort() -> None:
    stage(b"")
    few, many = peak_of(1000), peak_of(4000)
    assert many - few < 1024 * 1024  # the digests of the references


@pytest.mark.thorough
def test_staging_memory_hardly_grows_to_the_nation() -> None:
    stage(b"")
    few, many = peak_of(5000), peak_of(50_000)
    assert many - few < 10 * 1024 * 1024
