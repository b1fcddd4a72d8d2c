"""Changing a list. Each call is one change, one version, one undo, and says in words what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from matching.list_state import (
    Edit,
    State,
    edits_meant,
    programs_of,
    state_add,
    state_edit,
    state_read,
    state_remove,
)
from matching.list_words import added_words, edit_words, removed_words
from matching.models import SavedList
from matching.review.marks import locked_programs
from matching.schema import MAX_APPLICATIONS
from programs.models import Program

from .list_writing import Written, list_lock, list_state, list_write, names_of


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: ids ``added``, ``there`` already, ``other_track`` of a program that is on the list
    with another track, ``no_room`` beyond the longest list."""

    written: Written
    added: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    other_track: tuple[str, ...] = ()
    no_room: tuple[str, ...] = ()


@transaction.atomic
def list_add(*, saved_list: SavedList, programs: Sequence[str], words: str = "") -> Added:
    """Add programs at the end. ``words`` say what was done where naming them would be too long.

    One program stands on a list once, with one track, and a list holds at most ``MAX_APPLICATIONS``.
    Ids the catalogue does not know are left out.
    """
    locked = list_lock(saved_list)
    before = list_state(locked)
    sorted_out = _sort_out(before, programs)
    names = names_of(sorted_out.added)
    said = words or added_words([names[each] for each in sorted_out.added])
    after = state_add(before, sorted_out.added)
    return replace(sorted_out, written=list_write(saved_list=locked, before=before, after=after, words=said))


@transaction.atomic
def list_remove(
    *, saved_list: SavedList, programs: Iterable[str], though_locked: bool = False, words: str = ""
) -> Written:
    """Take programs off the list, with their notes; undo brings both back. ``words`` say what was done, where
    that is more than naming them.

    What she and her advisor agreed to keep stays, and ``locked`` names it, unless she says ``though_locked``.
    """
    locked = list_lock(saved_list)
    before = list_state(locked)
    asked = set(programs) & set(programs_of(before))
    kept = frozenset() if though_locked else locked_programs(locked) & asked
    gone = asked - kept
    words = words or removed_words(sorted(names_of(gone).values()))
    after = state_remove(before, gone)
    return replace(list_write(saved_list=locked, before=before, after=after, words=words), locked=kept)


@transaction.atomic
def list_edit(
    *,
    saved_list: SavedList,
    version: int,
    sent: Mapping[str, Edit],
    remove: str = "",
    move: tuple[str, int] | None = None,
    though_locked: bool = False,
    words: str = "",
) -> Written:
    """Take over a form as it was sent: what differs from the list in ``version``, which the form was drawn
    with, is meant. ``move`` moves a program by so many places, ``remove`` takes one off.

    A list that has changed meanwhile keeps those changes: ``stale`` says so, and nothing is lost.
    """
    locked = list_lock(saved_list)
    before = list_state(locked)
    drawn = before if version == locked.version else _drawn(locked, version, before)
    changed = edits_meant(drawn, sent)
    # What a window sends a second time, or what it sent itself a moment ago, is no change made elsewhere.
    stale = before not in (drawn, state_edit(drawn, changed))
    meant = edits_meant(before, changed)
    if move and move[0] in programs_of(before):
        place = programs_of(before).index(move[0]) + 1 + move[1]
        meant[move[0]] = replace(meant.get(move[0], Edit()), place=max(1, place))
    kept = frozenset([remove]) & locked_programs(locked) if remove and not though_locked else frozenset()
    after = state_remove(state_edit(before, meant), [] if kept else [remove])
    gone = [remove] if len(after) < len(before) else []
    words = words or edit_words(before, after, meant, gone, names_of((*meant, *gone)))
    written = list_write(saved_list=locked, before=before, after=after, words=words)
    return replace(written, stale=stale, locked=kept)


def _drawn(saved_list: SavedList, version: int, now: State) -> State:
    kept = saved_list.versions.filter(number=version).values_list("entries", flat=True).first()
    return now if kept is None else state_read(kept)


def _sort_out(state: State, programs: Sequence[str]) -> Added:
    asked = list(dict.fromkeys(programs))
    there = set(programs_of(state))
    keys = dict(Program.objects.filter(pk__in=[*there, *asked]).values_list("pk", "program_key"))
    taken = {keys[name] for name in there}
    added: list[str] = []
    doubled: list[str] = []
    for name in asked:
        if name in there or name not in keys:
            continue
        (doubled if keys[name] in taken else added).append(name)
        taken.add(keys[name])
    room = max(0, MAX_APPLICATIONS - len(state))
    return Added(
        written=Written(SavedList(), ""),
        added=tuple(added[:room]),
        there=tuple(name for name in asked if name in there),
        other_track=tuple(doubled),
        no_room=tuple(added[room:]),
    )
