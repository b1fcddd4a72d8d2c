"""What changed since a list was last with its advisor."""

from matching.list_state import Edit
from matching.models import SavedList
from matching.review.changed import changed_since, listed_lines, profile_lines
from matching.review.diffs import Diff
from matching.selectors import match_for_request
from matching.services import list_add, list_edit, list_rebase, list_remove, match_start, run_score
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk

NAMES = {f"sp{number:05d}": f"Program {number}" for number in range(1, 9)}


def lines_of(desk: Desk) -> tuple[str, ...]:
    changed = changed_since(desk.review, SavedList.objects.select_related("match__run").get())
    return changed.lines if changed else ()


def test_nothing_changed_is_nothing_told(desk: Desk) -> None:
    assert changed_since(desk.review, desk.saved_list) is None


def test_note_of_hers_is_nothing_changed(desk: Desk) -> None:
    name = ids_of(desk.saved_list)[0]
    list_edit(saved_list=desk.saved_list, version=1, sent={name: Edit(note="Call them")})
    assert lines_of(desk) == ()


def test_programs_added_and_taken_off_are_named_with_what_it_does(desk: Desk) -> None:
    gone, new = ids_of(desk.saved_list)[0], off_list(desk.saved_list)[0]
    list_remove(saved_list=desk.saved_list, programs=[gone])
    list_add(saved_list=desk.saved_list, programs=[new])
    added, removed, *_, figures = lines_of(desk)
    assert added.startswith("Added: ")
    assert removed.startswith("Taken off: ")
    assert figures.startswith("No interview at all")


def test_answers_that_changed_are_named_and_not_told(desk: Desk) -> None:
    match = match_start(
        profile=profile_of(graduation_year=2011), options=options_of(max_applications=4), owner=desk.owner
    )
    run_score(match.run_id)
    list_rebase(saved_list=desk.saved_list, match=match_for_request(match.pk, user=desk.owner))
    told = " ".join(lines_of(desk))
    assert "Your answers: the year you graduated." in told
    assert "2011" not in told


def test_many_of_a_kind_are_counted() -> None:
    signals = dict.fromkeys(NAMES, ("", "gold"))
    diff = Diff(added=tuple(NAMES), signals=signals, names=NAMES)
    added, changed = listed_lines(diff)
    assert added == "Added: Program 1, Program 2, Program 3, Program 4 and 4 more."
    assert changed == "Changed signals of 8 programs."


def test_signal_tier_and_order_are_told() -> None:
    diff = Diff(
        signals={"sp00001": ("", "gold")},
        tiers={"sp00002": ("target", "reach")},
        moved=(("sp00001", 1, 2), ("sp00002", 2, 1)),
        closed=("sp00003",),
        names=NAMES,
    )
    assert listed_lines(diff) == [
        "Program 1: no signal → gold signal.",
        "Program 2: target → reach.",
        "Closed to you now: Program 3.",
        "The order: 2 programs in another place.",
    ]


def test_answers_that_no_form_asks_are_still_told() -> None:
    assert profile_lines({"shoe_size": (1, 2)}) == ["Your answers."]
    assert profile_lines({}) == []
