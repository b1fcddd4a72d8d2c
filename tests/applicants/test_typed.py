"""What was typed is kept to the letter, step by step, and is bounded."""

import pytest
from django.http import QueryDict

from applicants.schema import MAX_ROWS
from applicants.steps import STEPS
from applicants.typed import (
    CHECKED,
    MAX_TEXT,
    MAX_VALUES,
    as_data,
    checked,
    checked_too,
    row_added,
    row_removed,
    step_typed,
    storable,
)

YOU, TRAINING, WISHES = STEPS


def test_step_typed_changes_its_own_step_alone() -> None:
    before = {"graduation_year": ["2020"], "step1_status": ["pass"], "wish_ring": ["california"]}
    sent = QueryDict("graduation_year=20x5&wish_ring=national&csrfmiddlewaretoken=x&go=next")
    assert step_typed(before, sent, YOU) == {"graduation_year": ["20x5"], "wish_ring": ["california"]}


def test_step_typed_is_bounded() -> None:
    sent = QueryDict(mutable=True)
    sent.setlist("languages", ["x" * 5000] * 1000)
    kept = step_typed({}, sent, TRAINING)["languages"]
    assert (len(kept), len(kept[0])) == (MAX_VALUES, MAX_TEXT)


def test_row_added_counts_one_more_up_to_the_most() -> None:
    assert row_added({}, "ties")["ties-rows"] == ["2"]
    assert row_added({"ties-rows": [str(MAX_ROWS)]}, "ties")["ties-rows"] == [str(MAX_ROWS)]
    assert row_added({"ties-rows": ["x"]}, "ties")["ties-rows"] == ["2"]


def test_row_removed_moves_the_later_ones_up() -> None:
    before = {
        "ties-rows": ["3"],
        "ties-0-kind": ["family"],
        "ties-1-kind": ["work"],
        "ties-2-kind": ["residence"],
        "ties-2-state": ["NY"],
        "letters-1-author": ["non_us"],
        "ties_none": ["on"],
    }
    assert row_removed(before, "ties", 1) == {
        "ties-rows": ["2"],
        "ties-0-kind": ["family"],
        "ties-1-kind": ["residence"],
        "ties-1-state": ["NY"],
        "letters-1-author": ["non_us"],
        "ties_none": ["on"],
    }


def test_row_removed_from_the_last_one_empties_it() -> None:
    assert row_removed({"ties-rows": ["1"], "ties-0-kind": ["work"]}, "ties", 0) == {"ties-rows": ["1"]}


@pytest.mark.parametrize("index", [7, 10**9])
def test_row_removed_that_is_not_there_loses_nothing(index: int) -> None:
    kept = row_removed({"ties-rows": ["2"], "ties-0-kind": ["work"]}, "ties", index)
    assert kept["ties-0-kind"] == ["work"]


def test_checked_steps_are_remembered_in_order_and_are_no_answers() -> None:
    typed = checked_too(checked_too({"wish_ring": ["california"]}, WISHES), YOU)
    assert typed[CHECKED] == ["you", "wishes"]
    assert checked(typed) == {"you", "wishes"}
    assert CHECKED not in as_data(typed)


def test_storable_holds_nothing_a_database_cannot() -> None:
    assert storable({"school_name": ["a\x00b"]}) == {"school_name": ["a\ufffdb"]}
