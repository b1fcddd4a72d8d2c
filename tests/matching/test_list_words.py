from matching.list_state import Edit, Kept, state_edit, state_remove
from matching.list_words import added_words, edit_words, one_words, removed_words
from matching.models import ListEntry

NAMES = {"sp00001": "St Mary", "sp00002": "Kern"}
STATE = (Kept("sp00001"), Kept("sp00002"))


def test_added_and_removed_words_name_one_and_count_more() -> None:
    assert added_words(["St Mary"]) == "Added St Mary"
    assert added_words(["St Mary", "Kern"]) == "Added 2 programs"
    assert removed_words(["Kern"]) == "Removed Kern"
    assert removed_words([]) == "Removed 0 programs"


def test_edit_words_name_a_single_change() -> None:
    edits = {"sp00002": Edit(place=1)}
    assert edit_words(STATE, state_edit(STATE, edits), edits, [], NAMES) == "Moved Kern to place 1"


def test_edit_words_count_several_and_name_what_went() -> None:
    edits = {"sp00001": Edit(note="x"), "sp00002": Edit(status="applied")}
    assert edit_words(STATE, state_edit(STATE, edits), edits, [], NAMES) == "Changed 2 programs"
    after = state_remove(STATE, ["sp00001"])
    assert edit_words(STATE, after, {}, ["sp00001"], NAMES) == "Removed St Mary"


def test_one_words_say_all_that_was_changed() -> None:
    assert one_words(Edit(status="invited"), "Kern", 1) == "Kern: invited"
    assert one_words(Edit(signal="gold", note="x"), "Kern", 1) == "Gold signal for Kern. Wrote a note on Kern"
    assert one_words(Edit(signal="", note=""), "Kern", 1) == "No signal for Kern. Cleared the note on Kern"


def test_every_status_of_the_model_has_words() -> None:
    told = {one_words(Edit(status=status), "Kern", 1) for status in ListEntry.Status.values}
    assert len(told) == len(ListEntry.Status.values)
