"""What the data desk merged: lists that hold the one listing take the other."""

import logging
from dataclasses import replace

from django.db import transaction

from matching.list_state import Kept, State
from matching.models import ListEntry, SavedList
from programs.models import Program

from .list_writing import list_lock, list_state, list_write, names_of

logger = logging.getLogger(__name__)


def lists_merge(*, duplicate: Program, kept: Program) -> int:
    """Puts ``kept`` in the place of ``duplicate`` on every list that holds it: says on how many.

    Each list is a transaction of its own; one that fails keeps the duplicate, whose page names the other.
    """
    held = (
        ListEntry.objects.filter(program=duplicate)
        .order_by("saved_list")
        .values_list("saved_list", flat=True)
    )
    done = 0
    for saved_list in SavedList.objects.filter(pk__in=list(held)).order_by("pk"):
        try:
            done += list_merge(saved_list=saved_list, duplicate=duplicate, kept=kept)
        except Exception:
            logger.exception("list %s keeps the duplicate %s", saved_list.pk, duplicate.pk)
    return done


@transaction.atomic
def list_merge(*, saved_list: SavedList, duplicate: Program, kept: Program) -> bool:
    """One version of one list, with words; undo brings the duplicate back."""
    locked = list_lock(saved_list)
    before = list_state(locked)
    after = state_merge(before, duplicate.pk, kept.pk)
    if after == before:
        return False
    names = names_of((duplicate.pk, kept.pk))
    there = any(each.program == kept.pk for each in before)
    words = (
        f"Removed {names[duplicate.pk]}: it is {names[kept.pk]}, listed twice"
        if there
        else f"{names[kept.pk]} in place of {names[duplicate.pk]}: one program listed twice"
    )
    list_write(saved_list=locked, before=before, after=after, words=words)
    return True


def state_merge(state: State, duplicate: str, kept: str) -> State:
    """The list with the kept program where the duplicate was, with all that was set beside it; where both
    stood, the kept one in its own place, with the duplicate's note where it had none."""
    named = {each.program: each for each in state}
    gone, there = named.get(duplicate), named.get(kept)
    if gone is None:
        return state
    if there is None:
        return tuple(replace(each, program=kept) if each is gone else each for each in state)
    joined = Kept(kept, there.signal, _further(there.status, gone.status), there.note or gone.note)
    return tuple(joined if each is there else each for each in state if each is not gone)


def _further(one: str, other: str) -> str:
    """What was set beside one program twice: the one that is more than a plan."""
    return other if one == "plan" else one
