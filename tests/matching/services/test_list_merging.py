"""A merge at the data desk reaches the lists: each as one version, with words, and its own undo."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from matching.list_state import Edit, Kept
from matching.models import SavedList
from matching.services import list_add, list_edit, list_undo
from matching.services.list_merging import lists_merge, state_merge
from matching.services.list_writing import list_write
from programs.models import DataVersion, Program
from programs.services.merging import programs_merge
from tests.matching.lists import ids_of, list_scored, off_list, state_of

pytestmark = pytest.mark.django_db


def merged(duplicate: str, kept: str) -> None:
    """As the desk does it, whatever the two are in the small catalogue."""
    two = Program.objects.filter(pk__in=(duplicate, kept))
    two.update(specialty=Program.objects.get(pk=kept).specialty, track="categorical")
    programs_merge(
        duplicate=Program.objects.get(pk=duplicate),
        kept=Program.objects.get(pk=kept),
        reason="One program listed twice.",
        by=User.objects.create_superuser("lead"),
        now=timezone.now(),
    )


def test_merge_puts_the_kept_program_in_place_of_the_duplicate(
    small_catalogue: DataVersion, django_capture_on_commit_callbacks: Any
) -> None:
    saved_list, other = list_scored(), list_scored()
    first, *rest = ids_of(saved_list)
    kept = off_list(saved_list)[0]
    list_edit(saved_list=saved_list, version=1, sent={first: Edit(note="Dr Cho", status="applied")})

    with django_capture_on_commit_callbacks(execute=True):
        merged(first, kept)

    saved_list.refresh_from_db()
    assert ids_of(saved_list) == [kept, *rest] == ids_of(other)
    assert state_of(saved_list)[0] == Kept(kept, state_of(saved_list)[0].signal, "applied", "Dr Cho")
    version = saved_list.versions.first()
    assert version is not None
    assert saved_list.version == 3
    assert version.change.endswith("one program listed twice")
    list_undo(saved_list=saved_list)
    assert ids_of(saved_list) == [first, *rest]


def test_list_that_holds_both_keeps_one(small_catalogue: DataVersion) -> None:
    saved_list: SavedList = list_scored()
    kept = off_list(saved_list)[0]
    list_add(saved_list=saved_list, programs=[kept])
    first, *rest = ids_of(saved_list)
    duplicate, target = Program.objects.get(pk=first), Program.objects.get(pk=kept)
    assert lists_merge(duplicate=duplicate, kept=target) == 1
    assert ids_of(saved_list) == rest
    assert lists_merge(duplicate=duplicate, kept=target) == 0, "done once, it is done"


def test_list_that_fails_does_not_keep_the_others_from_it(
    small_catalogue: DataVersion, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lists = [list_scored(), list_scored()]
    first, kept = ids_of(lists[0])[0], off_list(lists[0])[0]
    written = list_write

    def breaks_on_the_first(**said: Any) -> object:
        if said["saved_list"].pk == min(each.pk for each in lists):
            raise RuntimeError
        return written(**said)

    monkeypatch.setattr("matching.services.list_merging.list_write", breaks_on_the_first)
    done = lists_merge(duplicate=Program.objects.get(pk=first), kept=Program.objects.get(pk=kept))
    assert done == 1
    assert "keeps the duplicate" in caplog.text
    assert sorted(ids_of(each)[0] for each in lists) == sorted([first, kept])


def test_state_merge_keeps_what_is_set_beside_either() -> None:
    both = (Kept("a", "gold", "plan", ""), Kept("b", "", "applied", "Dr Cho"), Kept("c"))
    assert state_merge(both, "b", "a") == (Kept("a", "gold", "applied", "Dr Cho"), Kept("c"))
    assert state_merge(both, "x", "a") == both
    assert state_merge(both, "c", "d") == (*both[:2], Kept("d"))
