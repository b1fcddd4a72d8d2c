"""What was done to a list, in words: the line beside Undo, and in the list's history."""

from collections.abc import Mapping, Sequence

from matching.list_state import Edit, State, programs_of

STATUSES = {
    "plan": "plan to apply",
    "applied": "applied",
    "invited": "invited",
    "declined": "declined",
    "interviewed": "interviewed",
    "ranked": "ranked",
}
SIGNALS = {"": "No signal", "gold": "Gold signal", "silver": "Silver signal", "signal": "Signal"}


def added_words(names: Sequence[str]) -> str:
    return f"Added {names[0]}" if len(names) == 1 else f"Added {len(names)} programs"


def removed_words(names: Sequence[str]) -> str:
    return f"Removed {names[0]}" if len(names) == 1 else f"Removed {len(names)} programs"


def edit_words(
    before: State, after: State, edits: Mapping[str, Edit], removed: Sequence[str], names: Mapping[str, str]
) -> str:
    """One change is named; several of one kind or of many are counted."""
    told = [f"Removed {names.get(name, name)}" for name in removed]
    changed = {name: edit for name, edit in edits.items() if name not in removed}
    places = programs_of(after)
    if len(changed) > 1:
        told.append(f"Changed {len(changed)} programs")
    else:
        told.extend(
            one_words(edit, names.get(name, name), places.index(name) + 1) for name, edit in changed.items()
        )
    return ". ".join(told)


def one_words(edit: Edit, name: str, place: int) -> str:
    """``Moved St Mary to place 3``; several changes of one program after its name."""
    told = []
    if edit.place is not None:
        told.append(f"Moved {name} to place {place}")
    if edit.status is not None:
        told.append(f"{name}: {STATUSES.get(edit.status, edit.status)}")
    if edit.signal is not None:
        told.append(f"{SIGNALS.get(edit.signal, edit.signal)} for {name}")
    if edit.note is not None:
        told.append(f"{'Wrote a note on' if edit.note else 'Cleared the note on'} {name}")
    return ". ".join(told)
