"""Every change of a list: one version, judged anew, and nothing of another window lost."""

import sys

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.list_state import Edit
from matching.models import SavedList
from matching.schema import MAX_APPLICATIONS
from matching.services import list_add, list_edit, list_remove
from programs.models import DataVersion
from tests.matching.factories import program_make
from tests.matching.lists import ids_of, list_scored, off_list, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


@pytest.fixture
def saved_list(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def last_words(saved_list: SavedList) -> str:
    return str(saved_list.versions.first().change)  # type: ignore[union-attr]


def test_list_add_puts_a_program_last_judged_and_in_a_version(saved_list: SavedList) -> None:
    before, program = ids_of(saved_list), off_list(saved_list)[0]

    added = list_add(saved_list=saved_list, programs=[program])

    saved_list.refresh_from_db()
    entry = saved_list.entries.get(program=program)
    assert added.added == (program,)
    assert ids_of(saved_list) == [*before, program]
    assert entry.tier
    assert entry.probability is not None
    assert entry.shown["reasons"] is not None
    assert saved_list.version == 2 == saved_list.versions.count()
    assert last_words(saved_list) == f"Added Harbor {program}"
    assert saved_list.figures is not None
    assert saved_list.figures["applications"] == len(before) + 1


def test_list_add_of_what_is_there_changes_nothing(saved_list: SavedList) -> None:
    there = ids_of(saved_list)[0]
    added = list_add(saved_list=saved_list, programs=[there, "sp99999"])
    saved_list.refresh_from_db()
    assert (added.added, added.there, added.written.words) == ((), (there,), "")
    assert saved_list.version == 1


def test_list_add_takes_one_track_of_a_program(saved_list: SavedList) -> None:
    new = off_list(saved_list)[0]
    key = new.replace("sp", "p")
    program_make("sp00090", program_key=key, track="preliminary")
    assert list_add(saved_list=saved_list, programs=[new]).added == (new,)
    assert list_add(saved_list=saved_list, programs=["sp00090"]).other_track == ("sp00090",)


def test_list_add_stops_where_the_list_is_full(
    saved_list: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_APPLICATIONS == 300
    monkeypatch.setattr(sys.modules[list_edit.__module__], "MAX_APPLICATIONS", 5)
    new = off_list(saved_list)[:3]
    added = list_add(saved_list=saved_list, programs=new)
    assert (added.added, added.no_room) == ((new[0],), tuple(new[1:]))
    assert saved_list.entries.count() == 5


def test_list_add_of_a_program_not_yet_published_shows_no_odds(saved_list: SavedList) -> None:
    program_make("sp00091")
    list_add(saved_list=saved_list, programs=["sp00091"])
    entry = saved_list.entries.get(program="sp00091")
    assert (entry.tier, entry.probability, entry.low, entry.high) == ("", None, None, None)


def test_list_remove_closes_the_gap(saved_list: SavedList) -> None:
    before = ids_of(saved_list)
    written = list_remove(saved_list=saved_list, programs=[before[1], "sp99999"])
    assert written.words == f"Removed Harbor {before[1]}"
    assert ids_of(saved_list) == [before[0], *before[2:]]
    assert list(saved_list.entries.values_list("position", flat=True)) == [1, 2, 3]


def test_list_remove_of_everything_leaves_an_empty_list(saved_list: SavedList) -> None:
    list_remove(saved_list=saved_list, programs=ids_of(saved_list))
    saved_list.refresh_from_db()
    assert ids_of(saved_list) == []
    assert saved_list.figures is not None
    assert (saved_list.figures["applications"], saved_list.figures["cost_usd"]) == (0, 0)


def test_list_edit_takes_over_what_differs_alone(saved_list: SavedList) -> None:
    first, second = ids_of(saved_list)[:2]
    sent = {
        first: Edit(1, None, "applied", "Ask Dr. Chen"),
        second: Edit(2, None, "plan", ""),
    }
    written = list_edit(saved_list=saved_list, version=1, sent=sent)
    entry = saved_list.entries.get(program=first)
    assert (entry.status, entry.note) == ("applied", "Ask Dr. Chen")
    assert (written.touched, written.moved, written.stale) == (frozenset({first}), False, False)
    assert written.words == f"Harbor {first}: applied. Wrote a note on Harbor {first}"


def test_list_edit_of_a_note_leaves_the_odds_alone_while_the_model_is_the_same(saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    rows = dict(saved_list.entries.values_list("program_id", "pk"))
    list_edit(saved_list=saved_list, version=1, sent={first: Edit(note="Ask")})
    assert dict(saved_list.entries.values_list("program_id", "pk")) == rows
    saved_list.refresh_from_db()
    saved_list.figures = {**(saved_list.figures or {}), "judged": {"model": "old", "data": "old"}}
    saved_list.save(update_fields=["figures"])
    list_edit(saved_list=saved_list, version=2, sent={first: Edit(note="Ask again")})
    saved_list.refresh_from_db()
    assert saved_list.figures is not None
    assert saved_list.figures["judged"]["model"] != "old"
    assert saved_list.entries.get(program=first).note == "Ask again"


def test_list_edit_of_a_signal_moves_the_odds_of_that_program_alone(saved_list: SavedList) -> None:
    odds = dict(saved_list.entries.values_list("program_id", "probability"))
    unsent = saved_list.entries.filter(signal="").values_list("program_id", flat=True)
    program, signal = (unsent[0], "silver") if unsent else (ids_of(saved_list)[-1], "")
    list_edit(saved_list=saved_list, version=1, sent={program: Edit(signal=signal)})
    after = dict(saved_list.entries.values_list("program_id", "probability"))
    assert {name for name in odds if odds[name] != pytest.approx(after[name], abs=1e-9)} == {program}


def test_list_edit_moves_by_one_and_to_a_place(saved_list: SavedList) -> None:
    a, b, c, d = ids_of(saved_list)
    assert list_edit(saved_list=saved_list, version=1, sent={}, move=(c, -1)).moved
    assert ids_of(saved_list) == [a, c, b, d]
    list_edit(saved_list=saved_list, version=2, sent={d: Edit(place=1)})
    assert ids_of(saved_list) == [d, a, c, b]
    assert list_edit(saved_list=saved_list, version=3, sent={}, move=(d, -1)).words == ""
    saved_list.refresh_from_db()
    assert saved_list.version == 3


def test_list_edit_of_an_older_window_keeps_both_changes_and_says_so(saved_list: SavedList) -> None:
    a, b, _, _ = ids_of(saved_list)
    list_edit(saved_list=saved_list, version=1, sent={a: Edit(note="of the other window")})
    drawn = {name: Edit(place, None, "plan", "") for place, name in enumerate(ids_of(saved_list), start=1)}
    written = list_edit(saved_list=saved_list, version=1, sent=drawn | {b: Edit(2, None, "invited", "")})
    notes = {each.program: (each.status, each.note) for each in state_of(saved_list)}
    assert written.stale
    assert (notes[a], notes[b]) == (("plan", "of the other window"), ("invited", ""))


def test_list_edit_sent_twice_is_no_change_of_another_window(saved_list: SavedList) -> None:
    a = ids_of(saved_list)[0]
    sent = {a: Edit(1, None, "plan", "Mine")}
    list_edit(saved_list=saved_list, version=1, sent=sent)
    again = list_edit(saved_list=saved_list, version=1, sent=sent, move=(a, 1))
    assert again.stale is False
    assert again.words == f"Moved Harbor {a} to place 2"


def test_list_edit_removes_and_keeps_what_else_was_typed(saved_list: SavedList) -> None:
    a, b, _, _ = ids_of(saved_list)
    written = list_edit(saved_list=saved_list, version=1, sent={b: Edit(note="kept")}, remove=a)
    assert ids_of(saved_list)[0] == b
    assert saved_list.entries.get(program=b).note == "kept"
    assert written.words.startswith(f"Removed Harbor {a}")


def test_list_edit_costs_the_same_however_long(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for length in (2, 10):
        saved_list = list_scored(max_applications=length)
        first = ids_of(saved_list)[0]
        with django_assert_max_num_queries(14):
            list_edit(saved_list=saved_list, version=1, sent={first: Edit(note="x")})


def test_list_edit_on_a_list_whose_answer_cannot_be_judged_keeps_the_list(saved_list: SavedList) -> None:
    run = saved_list.match.run
    run.profile = {"of": "another edition"}
    run.save(update_fields=["profile"])
    new = off_list(saved_list)[0]
    list_add(saved_list=saved_list, programs=[new])
    saved_list.refresh_from_db()
    assert ids_of(saved_list)[-1] == new
    assert saved_list.figures is None
