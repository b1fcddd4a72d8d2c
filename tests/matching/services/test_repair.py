from dataclasses import replace

import pytest

from matching.models import Match, SavedList
from matching.selectors import match_document
from matching.services import ListNotReady, list_add, list_start, list_undo
from matching.services.list_writing import list_lock, list_state, list_write
from matching.services.repair import list_repair_apply, match_repair
from tests.matching.factories import match_make, run_make


@pytest.fixture
def weak_list(scored: Match) -> SavedList:
    """The two programs of the answer that come last."""
    saved_list = list_start(match=scored)
    rows = match_document(scored)["list"]
    list_add(saved_list=saved_list, programs=[row["program"]["id"] for row in rows[-2:]])
    return saved_list


def programs_of(saved_list: SavedList) -> list[str]:
    return list(saved_list.entries.order_by("position").values_list("program_id", flat=True))


def test_list_repair_apply_betters_the_list_as_one_change(weak_list: SavedList) -> None:
    before = programs_of(weak_list)
    repaired = list_repair_apply(saved_list=weak_list)
    after = programs_of(weak_list)
    assert len(after) == len(before)
    assert repaired.added
    assert len(repaired.added) == len(repaired.removed)
    assert repaired.before is not None
    assert repaired.after is not None
    assert repaired.after["match"]["probability"] > repaired.before["match"]["probability"]
    version = weak_list.versions.first()
    assert version is not None
    assert version.change == "Repaired the balance"


def test_list_repair_apply_can_be_undone(weak_list: SavedList) -> None:
    before = programs_of(weak_list)
    list_repair_apply(saved_list=weak_list)
    list_undo(saved_list=weak_list)
    assert programs_of(weak_list) == before


def test_list_repair_apply_leaves_what_was_applied_to(weak_list: SavedList) -> None:
    locked = list_lock(weak_list)
    state = list_state(locked)
    applied = tuple(replace(each, status="applied") for each in state)
    list_write(saved_list=locked, before=state, after=applied, words="Applied")
    repaired = list_repair_apply(saved_list=weak_list)
    assert (repaired.added, repaired.removed, repaired.written.words) == ((), (), "")
    assert programs_of(weak_list) == [each.program for each in applied]


def test_list_repair_apply_of_an_empty_list_does_nothing(scored: Match) -> None:
    saved_list = list_start(match=scored)
    repaired = list_repair_apply(saved_list=saved_list)
    assert repaired.written.words == ""
    assert saved_list.versions.count() == 1


def test_match_repair_saves_the_recommended_list_without_its_dear_end(scored: Match) -> None:
    summary = match_document(scored)["summary"]
    stop = (summary["stop_line"] or {}).get("applications", 0)
    repaired = match_repair(match=scored)
    left = stop or summary["applications"]
    saved_list = SavedList.objects.get()
    assert len(programs_of(saved_list)) == left
    assert len(repaired.removed) == summary["applications"] - left
    assert repaired.before is not None
    assert repaired.before["applications"] == summary["applications"]


def test_match_repair_waits_for_an_answer(db: None) -> None:
    with pytest.raises(ListNotReady):
        match_repair(match=match_make(run=run_make()))
    assert not SavedList.objects.exists()
