"""Going back, by one or to any version."""

import pytest

from matching.models import ListVersion, SavedList
from matching.services import (
    NothingToUndo,
    list_add,
    list_remove,
    list_restore,
    list_undo,
    list_version_name,
)
from matching.services.list_writing import VERSIONS_KEPT
from programs.models import DataVersion
from tests.matching.factories import NOW
from tests.matching.lists import ids_of, list_scored, off_list, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved_list(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def test_list_undo_goes_back_step_by_step_and_says_what(saved_list: SavedList) -> None:
    first, new = state_of(saved_list), off_list(saved_list)[0]
    list_add(saved_list=saved_list, programs=[new])
    second = state_of(saved_list)
    list_remove(saved_list=saved_list, programs=[first[0].program])

    assert list_undo(saved_list=saved_list).words == f"Undid: Removed Harbor {first[0].program}"
    assert state_of(saved_list) == second
    assert list_undo(saved_list=saved_list).words == f"Undid: Added Harbor {new}"
    assert state_of(saved_list) == first
    with pytest.raises(NothingToUndo):
        list_undo(saved_list=saved_list)
    saved_list.refresh_from_db()
    assert saved_list.version == saved_list.versions.count() == 5


def test_list_undo_of_a_fresh_list_has_nothing_to_undo(saved_list: SavedList) -> None:
    with pytest.raises(NothingToUndo):
        list_undo(saved_list=saved_list)


def test_list_restore_brings_any_version_back_as_a_change(saved_list: SavedList) -> None:
    first = state_of(saved_list)
    list_remove(saved_list=saved_list, programs=ids_of(saved_list))
    assert list_restore(saved_list=saved_list, number=1).words == "Went back to version 1"
    assert state_of(saved_list) == first
    assert list_undo(saved_list=saved_list).words == "Undid: Went back to version 1"
    assert state_of(saved_list) == ()


def test_list_restore_of_an_unknown_version_changes_nothing(saved_list: SavedList) -> None:
    with pytest.raises(ListVersion.DoesNotExist):
        list_restore(saved_list=saved_list, number=99)
    saved_list.refresh_from_db()
    assert saved_list.version == 1


def test_list_version_name_keeps_it_when_others_go(saved_list: SavedList) -> None:
    list_version_name(saved_list=saved_list, number=1, name="  As  recommended ")
    ListVersion.objects.bulk_create(
        ListVersion(saved_list=saved_list, number=number, entries=[], change="c", created_at=NOW)
        for number in range(2, VERSIONS_KEPT + 3)
    )
    SavedList.objects.filter(pk=saved_list.pk).update(version=VERSIONS_KEPT + 2)

    list_add(saved_list=saved_list, programs=off_list(saved_list)[:1])

    kept = list(saved_list.versions.order_by("number").values_list("number", "name"))
    assert kept[0] == (1, "As recommended")
    assert [number for number, _ in kept[1:]] == list(range(4, VERSIONS_KEPT + 4))
