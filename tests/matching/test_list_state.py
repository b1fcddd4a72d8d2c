"""A list as a value: what may be done with one, and what two windows do to each other."""

from hypothesis import given
from hypothesis import strategies as st

from matching.list_state import (
    Edit,
    Kept,
    State,
    edits_meant,
    programs_of,
    state_add,
    state_documents,
    state_edit,
    state_move,
    state_read,
    state_remove,
    undo_target,
)

UNDID = "Undid: "
A, B, C = Kept("sp00001"), Kept("sp00002", "gold"), Kept("sp00003", note="Ask")
STATE: State = (A, B, C)

ids = st.integers(1, 30).map(lambda number: f"sp{number:05d}")
states = st.lists(ids, unique=True, max_size=12).map(lambda names: tuple(Kept(name) for name in names))


def test_state_read_and_documents_are_each_others_inverse() -> None:
    assert state_read(state_documents(STATE)) == STATE
    assert state_read([{"program": "sp00009"}]) == (Kept("sp00009"),)


def test_state_add_puts_new_ones_last_and_once() -> None:
    assert programs_of(state_add(STATE, ["sp00009", "sp00002", "sp00009"])) == (
        "sp00001", "sp00002", "sp00003", "sp00009",
    )  # fmt: skip


def test_state_move_takes_the_nearest_place_there_is() -> None:
    assert state_move(STATE, "sp00003", 1) == (C, A, B)
    assert state_move(STATE, "sp00001", 99) == (B, C, A)
    assert state_move(STATE, "sp00002", 0) == (B, A, C)
    assert state_move(STATE, "sp00009", 1) == STATE


@given(states, ids, st.integers(-5, 40))
def test_state_move_keeps_every_program_and_the_order_of_the_others(
    state: State, program: str, place: int
) -> None:
    moved = state_move(state, program, place)
    assert sorted(programs_of(moved)) == sorted(programs_of(state))
    assert state_remove(moved, [program]) == state_remove(state, [program])


def test_edits_meant_are_what_differs_from_what_was_drawn() -> None:
    sent = {
        "sp00001": Edit(1, "", "plan", ""),
        "sp00002": Edit(2, "silver", "plan", ""),
        "sp00003": Edit(1, "", "applied", "Ask"),
        "sp00009": Edit(1, "", "applied", ""),
    }
    assert edits_meant(STATE, sent) == {
        "sp00002": Edit(signal="silver"),
        "sp00003": Edit(place=1, status="applied"),
    }


def test_state_edit_changes_what_is_there_and_moves_the_foremost_first() -> None:
    edits = {"sp00003": Edit(place=1, note=""), "sp00002": Edit(place=2), "sp00009": Edit(status="applied")}
    assert state_edit(STATE, edits) == (Kept("sp00003"), B, A)


@given(states, st.dictionaries(ids, st.builds(Edit, place=st.integers(1, 20), note=st.text(max_size=3))))
def test_state_edit_twice_is_as_once(state: State, sent: dict[str, Edit]) -> None:
    notes = {name: Edit(note=edit.note) for name, edit in sent.items()}
    once = state_edit(state, notes)
    assert state_edit(once, notes) == once
    assert edits_meant(once, notes) == {}


def test_two_windows_both_keep_what_they_changed() -> None:
    """One removes a program and adds another; the other, drawn before, writes a note and a status."""
    now = state_add(state_remove(STATE, ["sp00001"]), ["sp00009"])
    sent = {"sp00001": Edit(1, "", "applied", ""), "sp00002": Edit(2, "gold", "plan", "Hers")}
    merged = state_edit(now, edits_meant(STATE, sent))
    assert merged == (Kept("sp00002", "gold", "plan", "Hers"), C, Kept("sp00009"))


def test_undo_target_goes_back_further_each_time() -> None:
    versions = [(1, "Saved"), (2, "a"), (3, "b")]
    for undone in ((3, 2), (2, 1), (0, 0)):
        assert undo_target(versions, UNDID) == undone
        number, words = len(versions) + 1, dict(versions).get(undone[0], "")
        versions.append((number, f"{UNDID}{words}"))


def test_undo_target_after_a_new_change_is_that_change() -> None:
    versions = [(1, "Saved"), (2, "a"), (3, f"{UNDID}a"), (4, "c")]
    assert undo_target(versions, UNDID) == (4, 3)
    assert undo_target([*versions, (5, f"{UNDID}c")], UNDID) == (0, 0)


def test_undo_target_ends_where_versions_are_not_kept() -> None:
    assert undo_target([], UNDID) == (0, 0)
    assert undo_target([(7, "a")], UNDID) == (0, 0)
    assert undo_target([(4, "named"), (7, "a"), (8, "b")], UNDID) == (8, 7)


@given(st.lists(st.booleans(), max_size=40))
def test_undo_target_leads_to_the_state_a_stack_would(steps: list[bool]) -> None:
    """``True`` is a change, ``False`` an undo; a plain stack of states is the truth."""
    versions, contents, stack = [(1, "Saved")], {1: 0}, [0]
    for step, change in enumerate(steps, start=1):
        number = len(versions) + 1
        if change:
            versions.append((number, f"change {step}"))
            stack.append(step)
        else:
            last, target = undo_target(versions, UNDID)
            assert (target == 0) == (len(stack) == 1)
            if not target:
                continue
            versions.append((number, f"{UNDID}{dict(versions)[last]}"))
            stack.pop()
            assert contents[target] == stack[-1]
        contents[number] = stack[-1]
