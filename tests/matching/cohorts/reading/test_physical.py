"""Lines of a file, and JSON lines, however the bytes come."""

import tracemalloc
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cohorts.faults import CohortUnreadable
from matching.cohorts.forms import Form
from matching.cohorts.line import MAX_LINE_BYTES, BadLine, Line
from matching.cohorts.reading import lines_read
from matching.cohorts.reading.physical import physical_lines
from tests.matching.cohorts.streams import Dribble, Endless, faults, read

MB = 1024 * 1024


@given(lines=st.lists(st.binary(max_size=12).filter(lambda b: b"\n" not in b)), most=st.integers(1, 20))
def test_physical_lines_are_those_of_the_file(lines: list[bytes], most: int) -> None:
    body = b"\n".join(lines).removeprefix(b"\xef\xbb\xbf")
    wanted = body.split(b"\n")
    if not wanted[-1]:
        wanted.pop()
    assert list(physical_lines(Dribble(body, most))) == list(enumerate(wanted, start=1))


def test_jsonl_counts_empty_lines_and_takes_any_line_end() -> None:
    body = b'\xef\xbb\xbf{"a":1}\r\n\r\n  \n{"b":2}\n\n{"c":3}'
    for most in (1, 3, 1000):
        assert read(body, "jsonl", most) == [Line(1, b'{"a":1}'), Line(4, b'{"b":2}'), Line(6, b'{"c":3}')]
    assert read(b"", "jsonl") == []


def test_jsonl_line_too_long_is_one_bad_line() -> None:
    for size in (MAX_LINE_BYTES + 1, 3 * MAX_LINE_BYTES, 10 * MAX_LINE_BYTES + 5):
        lines = read(b"{}\n" + b"x" * size + b"\n{}\n" + b"y" * size, "jsonl")
        assert [line.number for line in lines] == [1, 2, 3, 4]
        assert list(faults(lines)) == [(2, "too_long"), (4, "too_long")]
    assert isinstance(read(b"x" * MAX_LINE_BYTES, "jsonl")[0], Line)


@pytest.mark.parametrize(
    ("form", "start"), [("jsonl", b"{"), ("json", b'[{"a":"'), ("json", b"[["), ("csv", b'reference\n"')]
)
def test_a_line_without_end_is_not_gathered(form: Form, start: bytes) -> None:
    stream, most = Endless(start, b"x" * 65536, 40 * MB), 3 * MB
    tracemalloc.start()
    try:
        with pytest.raises(CohortUnreadable) if form == "json" else nullcontext():
            assert all(isinstance(line, BadLine) for line in lines_read(stream, form))
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()
    assert not stream.left
