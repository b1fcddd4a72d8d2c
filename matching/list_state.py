"""A list as a value: programs in order, each with what its owner set beside it; what may be done with one.

Two windows may show the same list. What is sent from one is compared with what that window was drawn with, so
that only what was meant there is changed, and nothing of what was done elsewhere meanwhile is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

SENT = ("signal", "status", "note")


@dataclass(frozen=True, slots=True)
class Kept:
    """One program of a list."""

    program: str
    signal: str = ""
    status: str = "plan"
    note: str = ""


State = tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change about one program; None: leave it. ``place`` counts from 1."""

    place: int | None = None
    signal: str | None = None
    status: str | None = None
    note: str | None = None

    @property
    def said(self) -> dict[str, str]:
        named = {name: getattr(self, name) for name in SENT}
        return {name: value for name, value in named.items() if value is not None}


def state_read(documents: Iterable[Mapping[str, Any]]) -> State:
    """From the entries a version keeps."""
    return tuple(
        Kept(each["program"], each.get("signal", ""), each.get("status", "plan"), each.get("note", ""))
        for each in documents
    )


def state_documents(state: State) -> list[dict[str, str]]:
    return [
        {"program": each.program, "signal": each.signal, "status": each.status, "note": each.note}
        for each in state
    ]


def programs_of(state: State) -> tuple[str, ...]:
    return tuple(each.program for each in state)


def state_add(state: State, programs: Iterable[str]) -> State:
    """At the end, in the order given; what is there already stays where it is."""
    there = set(programs_of(state))
    fresh = [name for name in dict.fromkeys(programs) if name not in there]
    return (*state, *(Kept(name) for name in fresh))


def state_remove(state: State, programs: Iterable[str]) -> State:
    gone = frozenset(programs)
    return tuple(each for each in state if each.program not in gone)


def state_move(state: State, program: str, place: int) -> State:
    """``program`` at ``place``, counted from 1; a place before the first or past the last is the nearest."""
    moved = [each for each in state if each.program == program]
    rest = [each for each in state if each.program != program]
    at = max(0, min(place - 1, len(rest)))
    return (*rest[:at], *moved, *rest[at:])


def edits_meant(drawn: State, sent: Mapping[str, Edit]) -> dict[str, Edit]:
    """What of ``sent`` differs from the list as it was drawn: that alone was meant."""
    meant = {}
    for place, each in enumerate(drawn, start=1):
        edit = sent.get(each.program)
        if edit is None:
            continue
        changed = {name: value for name, value in edit.said.items() if value != getattr(each, name)}
        found = Edit(place=edit.place if edit.place != place else None, **changed)
        if found != Edit():
            meant[each.program] = found
    return meant


def state_edit(state: State, edits: Mapping[str, Edit]) -> State:
    """The edits of programs that are still on the list; where several are moved, the foremost place first."""
    edited: State = tuple(
        replace(each, **edits[each.program].said) if each.program in edits else each for each in state
    )
    moves = sorted((edit.place, name) for name, edit in edits.items() if edit.place is not None)
    for place, name in moves:
        edited = state_move(edited, name, place)
    return edited


def undo_target(versions: Iterable[tuple[int, str]], undone: str) -> tuple[int, int]:
    """(the change to undo, the version to copy back); (0, 0) where there is none.

    ``versions``: number and words of those still kept. Words that start with ``undone`` tell of a version
    that copied back the list as it was before the change that stood last until then; so one can go back
    further and further.
    """
    changes = dict(versions)
    stands: dict[int, int] = {}  # by version: the last change that is not undone in it
    for number in sorted(changes):
        undid = changes[number].startswith(undone)
        stands[number] = stands.get(stands.get(number - 1, 0) - 1, 0) if undid else number
    last = stands.get(max(changes, default=0), 0)
    return (last, last - 1) if last - 1 in changes else (0, 0)
