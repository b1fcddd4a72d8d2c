"""Whatever JSON is sent: a document or ProfileInvalid, never anything else; what is valid stays so."""

from time import process_time
from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicants.codes import COUNTRIES, LANGUAGES, STATES
from applicants.faults import ProfileInvalid
from applicants.labels import (
    APPLICANT_TYPES,
    EXAM_STATUSES,
    EXPERIENCE_KINDS,
    LETTER_AUTHORS,
    RED_FLAGS,
    RINGS,
    SERVICE_FOCUSES,
    TIE_KINDS,
    VISA_NEEDS,
)
from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from tests.applicants.documents import EXAMPLE, SEASON, faults

TEXT = st.text(st.characters(codec=None), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from([*ProfileDocument.model_fields, "step_2ck", "", "a/b"])
ROW_NAMES = st.sampled_from(
    ["kind", "author", "focus", "state", "ring", "weeks", "status", "score", "taken", "x"]
)
ALMOST = st.dictionaries(
    NAMES,
    JSON | st.dictionaries(ROW_NAMES, SCALARS) | st.lists(st.dictionaries(ROW_NAMES, SCALARS)),
    max_size=6,
)


def some(codes: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(list(codes))


def number(low: int, high: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(low, high)


MONTHS = st.none() | st.builds("{:04d}-{:02d}".format, st.integers(1985, 2032), st.integers(1, 12))
EXAM = st.fixed_dictionaries(
    {},
    optional={
        "status": some(EXAM_STATUSES),
        "score": number(1, 300),
        "attempts": number(0, 6),
        "taken": MONTHS,
    },
)
PLACE = {"state": some(STATES), "ring": some(RINGS)}


def rows(key: str, codes: Any, **members: Any) -> st.SearchStrategy[Any]:
    row = st.fixed_dictionaries({key: st.sampled_from(list(codes))}, optional=members)
    return st.none() | st.lists(row, max_size=3)


# Every member has a lawful shape; what the members say together may still be impossible.
SHAPELY = st.fixed_dictionaries(
    {},
    optional={
        "applicant_type": some(APPLICANT_TYPES),
        "graduation_year": number(1960, 2030),
        "medical_school": st.fixed_dictionaries({}, optional={"country": some(COUNTRIES)}),
        "visa_needed": some(VISA_NEEDS),
        "ecfmg_certified": some([True, False]),
        "step1": EXAM,
        "step2ck": EXAM,
        "step3": EXAM,
        "experience": rows("kind", EXPERIENCE_KINDS, weeks=number(1, 260), **PLACE),
        "letters": rows("author", LETTER_AUTHORS, **PLACE),
        "service": rows("focus", SERVICE_FOCUSES, months=number(1, 600), ring=some(RINGS)),
        "languages": st.none() | st.lists(st.sampled_from(list(LANGUAGES)), max_size=4),
        "ties": rows("kind", TIE_KINDS, **PLACE),
        "red_flags": st.none() | st.lists(st.sampled_from(list(RED_FLAGS)), max_size=3),
    },
)


def outcome(data: Any) -> ProfileDocument | ProfileInvalid:
    try:
        return profile_validate(data, season=SEASON, specialties={"internal-medicine"}, program_ids=set())
    except ProfileInvalid as invalid:
        return invalid


def resolves(pointer: str, data: Any) -> bool:
    """Whether the place itself, or for what is missing its parent, is in ``data``."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    for token in tokens[:-1]:
        data = data[int(token)] if isinstance(data, list) else data[token]
    return isinstance(data, list | dict) or not tokens


@given(JSON | ALMOST)
def test_validate_any_json_is_valid_or_faulted(data: Any) -> None:
    result = outcome(data)
    if isinstance(result, ProfileInvalid):
        assert result.faults
        for fault in result.faults:
            assert fault.pointer == "" or fault.pointer.startswith("/")
            assert fault.code
            assert fault.detail
            fault.pointer.encode()
            fault.detail.encode()


@given(SHAPELY)
def test_validate_shapely_document_round_trips_or_is_impossible(data: dict[str, Any]) -> None:
    result = outcome(data)
    if isinstance(result, ProfileDocument):
        dumped = result.model_dump(mode="json")
        assert profile_validate(dumped, season=SEASON) == result
        assert all(
            dumped[name] == value for name, value in data.items() if not isinstance(value, list | dict)
        )
    else:
        assert {fault.code for fault in result.faults} <= {
            "impossible",
            "min_value",
            "max_value",
            "duplicate",
        }
        assert all(resolves(fault.pointer, data) for fault in result.faults)


@given(SHAPELY, st.integers(301, 10**6))
def test_validate_one_more_fault_hides_no_other(data: dict[str, Any], score: int) -> None:
    before = {(fault.pointer, fault.code) for fault in faults({**data, "step3": None})}
    after = {(fault.pointer, fault.code) for fault in faults({**data, "step3": {"score": score}})}
    assert after == before | {("/step3/score", "max_value")}


@pytest.mark.parametrize("depth", [10, 5000])
def test_validate_survives_deep_nesting(depth: int) -> None:
    deep: Any = 1
    for _ in range(depth):
        deep = [deep]
    assert isinstance(
        outcome({"experience": deep, "graduation_year": deep, "wishes": {"x": deep}}), ProfileInvalid
    )


def test_validate_example_stays_quick() -> None:
    # Processor time, the best of many: a busy machine is no fault of the rules.
    best = min(repeat(lambda: outcome(EXAMPLE), timer=process_time, number=50, repeat=40)) / 50
    assert best < 150e-6
