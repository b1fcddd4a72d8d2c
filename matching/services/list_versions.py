"""Going back: undo, restoring a version, and keeping one under a name."""

from django.db import transaction

from matching.list_state import State, state_read, undo_target
from matching.models import ListVersion, SavedList
from programs.models import Program

from .list_writing import UNDID, Written, list_lock, list_state, list_write


class NothingToUndo(Exception):
    """The list is as it began, or what came before is not kept any more."""


@transaction.atomic
def list_undo(*, saved_list: SavedList) -> Written:
    """Take back the last change that stands, as a change of its own; again, the one before it.

    Raises NothingToUndo.
    """
    locked = list_lock(saved_list)
    changes = dict(locked.versions.values_list("number", "change"))
    last, target = undo_target(changes.items(), UNDID)
    if not last:
        raise NothingToUndo
    return _copy_back(locked, target, f"{UNDID}{changes[last]}")


@transaction.atomic
def list_restore(*, saved_list: SavedList, number: int) -> Written:
    """Make the list what it was in a version. Raises ListVersion.DoesNotExist."""
    locked = list_lock(saved_list)
    kept = locked.versions.get(number=number)
    named = f" “{kept.name}”" if kept.name else ""
    return _copy_back(locked, number, f"Went back to version {number}{named}")


@transaction.atomic
def list_version_name(*, saved_list: SavedList, number: int, name: str) -> ListVersion:
    """Name a version, which keeps it for good; without a name it goes once it is old.

    Raises ListVersion.DoesNotExist.
    """
    version = saved_list.versions.select_for_update().get(number=number)
    version.name = " ".join(name.split())
    version.save(update_fields=["name"])
    return version


def _copy_back(saved_list: SavedList, number: int, words: str) -> Written:
    kept = saved_list.versions.values_list("entries", flat=True).get(number=number)
    before, after = list_state(saved_list), _still_held(state_read(kept))
    return list_write(saved_list=saved_list, before=before, after=after, words=words)


def _still_held(state: State) -> State:
    """A program that left the catalogue cannot come back."""
    held = set(Program.objects.filter(pk__in=[each.program for each in state]).values_list("pk", flat=True))
    return tuple(each for each in state if each.program in held)
