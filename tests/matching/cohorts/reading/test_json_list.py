"""A JSON list is cut where a parser would cut it, and only there."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cohorts.faults import CohortUnreadable
from matching.cohorts.line import MAX_LINE_BYTES, Line
from tests.matching.cohorts.streams import faults, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='ab"\\{}[],:\n\u00e9\U0001f600', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    values=st.lists(VALUES, max_size=6),
    indent=st.sampled_from([None, 0, 3]),
    ascii_only=st.booleans(),
    most=st.integers(1, 40),
)
def test_elements_are_those_of_the_list(
    values: list[Any], indent: int | None, ascii_only: bool, most: int
) -> None:
    body = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode()
    lines = read(b" \n" + body + b"\r\n ", "json", most)
    assert [line.number for line in lines] == list(range(1, len(values) + 1))
    assert all(isinstance(line, Line) and b"\n" not in line.raw for line in lines)
    assert [json.loads(line.raw) for line in lines if isinstance(line, Line)] == values


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{}",
        b"3",
        b"[",
        b"[{}",
        b"[{},",
        b'[{"a":"]',
        b'["\\',
        b"[}]",
        b"[{}]]",
        b"[] x",
        b"\xff\xfe[",
    ],
)
def test_what_is_no_whole_list_is_unreadable(body: bytes) -> None:
    for most in (1, 100):
        with pytest.raises(CohortUnreadable):
            read(body, "json", most)


def test_an_element_that_is_no_json_stays_one_line() -> None:
    """Whether an element is JSON is asked of it alone, later: the cut is sound all the same."""
    lines = read(b'[{"a":NaN}, {"b":1,}, , {"c" 1}, "d"]', "json")
    raw = [line.raw.strip() for line in lines if isinstance(line, Line)]
    assert raw == [b'{"a":NaN}', b'{"b":1,}', b"", b'{"c" 1}', b'"d"']


def test_an_element_too_long_is_one_bad_line_wherever_it_is_long() -> None:
    long = b"x" * (3 * MAX_LINE_BYTES)
    body = b'[1,"' + long + b'",{"a":"\\"' + long + b'","b":[' + b"1," * MAX_LINE_BYTES + b"1]},4]"
    for most in (1000, 65536):
        lines = read(body, "json", most)
        assert list(faults(lines)) == [(2, "too_long"), (3, "too_long")]
        assert lines[0] == Line(1, b"1")
        assert lines[3] == Line(4, b"4")
