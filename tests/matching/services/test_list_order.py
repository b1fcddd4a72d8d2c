"""Another order for a whole list: one change, judged anew, nothing set beside a program lost."""

import pytest

from matching.list_state import Edit
from matching.models import SavedList
from matching.services import list_add, list_edit, list_sort, list_undo
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored, off_list, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


@pytest.fixture
def saved_list(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def in_order(saved_list: SavedList, by: str) -> list[str]:
    list_sort(saved_list=saved_list, by=by, words=f"Sorted: {by}")
    return ids_of(saved_list)


def test_list_sort_by_odds_puts_the_likeliest_first_and_keeps_what_is_set(saved_list: SavedList) -> None:
    last = ids_of(saved_list)[-1]
    list_edit(saved_list=saved_list, version=1, sent={last: Edit(note="Ask", status="applied")})
    held = set(state_of(saved_list))
    in_order(saved_list, "odds")
    odds = [entry.probability or -1 for entry in saved_list.entries.order_by("position")]
    assert odds == sorted(odds, reverse=True)
    assert set(state_of(saved_list)) == held


def test_list_sort_by_wish_puts_the_best_fit_first(saved_list: SavedList) -> None:
    in_order(saved_list, "wish")
    fits = [entry.shown["fit"] for entry in saved_list.entries.order_by("position")]
    known = [-1 if fit is None else fit for fit in fits]
    assert known == sorted(known, reverse=True)


def test_list_sort_by_name(saved_list: SavedList) -> None:
    in_order(saved_list, "name")
    entries = saved_list.entries.select_related("program").order_by("position")
    names = [entry.program.name.casefold() for entry in entries]
    assert names == sorted(names)


def test_list_sort_as_suggested_brings_our_order_back_and_her_own_last(saved_list: SavedList) -> None:
    ours, own = ids_of(saved_list), off_list(saved_list)[0]
    list_add(saved_list=saved_list, programs=[own])
    in_order(saved_list, "name")
    assert in_order(saved_list, "suggested") == [*ours, own]


def test_list_sort_is_one_change_and_undone_as_one(saved_list: SavedList) -> None:
    in_order(saved_list, "name")
    before = ids_of(saved_list)
    reordered = in_order(saved_list, "odds")
    version = SavedList.objects.get(pk=saved_list.pk).version
    assert in_order(saved_list, "odds") == reordered
    assert SavedList.objects.get(pk=saved_list.pk).version == version
    if reordered != before:
        list_undo(saved_list=saved_list)
    assert ids_of(saved_list) == before
