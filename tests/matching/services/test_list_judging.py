"""A list is judged when it changes, by the answers it stands on."""

import uuid

import pytest

from matching.list_state import Kept
from matching.models import MatchRun, SavedList
from matching.selectors import match_document, match_for_request
from matching.services import list_add, list_rebase, list_start, match_start, run_score
from matching.services.list_judging import entry_odds, list_judged
from matching.services.lists import ListNotReady, list_copy
from programs.models import DataVersion
from tests.matching.factories import match_make, run_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, list_scored, off_list, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved_list(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def test_list_judged_of_the_recommended_list_says_what_the_answer_says(saved_list: SavedList) -> None:
    judged = list_judged(saved_list, state_of(saved_list))
    document = match_document(saved_list.match, explain=0)
    summary = document["summary"]
    assert judged.figures is not None
    assert judged.figures["cost_usd"] == summary["cost_usd"]
    assert judged.figures["match"]["probability"] == pytest.approx(summary["match"]["probability"], abs=1e-6)
    assert judged.figures["ours"]["programs"] == ids_of(saved_list)
    for row in document["list"]:
        if row["selected"]:
            odds = judged.odds(row["program"]["id"])
            assert odds["probability"] == pytest.approx(row["interview"]["probability"], abs=1e-6)
            assert odds["tier"] == row["tier"]


def test_list_judged_counts_a_signal_its_specialty_does_not_have_as_none(saved_list: SavedList) -> None:
    program = off_list(saved_list)[0]
    plain = list_judged(saved_list, (Kept(program),)).odds(program)
    assert list_judged(saved_list, (Kept(program, "signal"),)).odds(program) == plain


def test_list_judged_by_an_earlier_model_takes_the_current_catalogue(saved_list: SavedList) -> None:
    MatchRun.objects.filter(pk=saved_list.match.run_id).update(model_version="old", data_version="gone")
    saved_list.refresh_from_db()
    judged = list_judged(SavedList.objects.get(pk=saved_list.pk), state_of(saved_list))
    assert judged.figures is not None
    assert judged.figures["judged"]["model"] != "old"
    assert judged.figures["judged"]["data"] == DataVersion.objects.get().version


def test_entry_odds_of_a_closed_program_keeps_the_rule_and_no_number() -> None:
    gates = [{"gate": "visa", "verdict": "fail"}, {"gate": "x", "verdict": "pass"}]
    row = {"tier": None, "interview": {"probability": None, "low": None, "high": None}, "closed": True,
           "gates": gates}  # fmt: skip
    odds = entry_odds(row)
    assert (odds["tier"], odds["probability"]) == ("", None)
    assert (odds["shown"]["closed"], odds["shown"]["gates"]) == (True, gates[:1])


def test_entry_odds_without_a_range_shows_no_number() -> None:
    odds = entry_odds({"tier": "reach", "interview": {"probability": 0.1, "low": None, "high": None}})
    assert (odds["probability"], odds["low"], odds["high"], odds["tier"]) == (None, None, None, "reach")


def test_list_start_is_empty_and_needs_an_answer(saved_list: SavedList) -> None:
    begun = list_start(match=saved_list.match, name="Another")
    assert (ids_of(begun), begun.version, begun.visitor) == ([], 1, saved_list.visitor)
    with pytest.raises(ListNotReady):
        list_start(match=match_make(run=run_make()))


def test_list_copy_has_the_same_programs_and_a_history_of_its_own(saved_list: SavedList) -> None:
    copied = list_copy(saved_list=saved_list, name="Copy")
    assert state_of(copied) == state_of(saved_list)
    assert copied.versions.get().change == "Copied from My list"
    list_add(saved_list=copied, programs=off_list(copied)[:1])
    assert state_of(copied) != state_of(saved_list)


def test_list_rebase_judges_by_the_newer_answers(saved_list: SavedList) -> None:
    assert saved_list.visitor is not None
    before = {each.program_id: each.probability or 0 for each in saved_list.entries.all()}
    better = profile_of(step2ck={"status": "pass", "score": 250, "attempts": 1})
    match = match_start(profile=better, options=options_of(), visitor=saved_list.visitor)
    run_score(match.run_id)

    list_rebase(saved_list=saved_list, match=match_for_request(match.pk, visitor=saved_list.visitor))

    saved_list.refresh_from_db()
    after = {each.program_id: each.probability or 0 for each in saved_list.entries.all()}
    assert saved_list.match_id == match.pk
    assert all(after[name] > before[name] for name in before)
    assert saved_list.versions.latest("number").change.startswith("Judged by the answers of")
    assert saved_list.figures is not None
    assert saved_list.figures["ours"]["match_id"] == str(match.pk)


def test_list_rebase_refuses_anothers_answers(saved_list: SavedList) -> None:
    other = list_scored(visitor=uuid.uuid4())
    with pytest.raises(ValueError, match="its owner"):
        list_rebase(saved_list=saved_list, match=other.match)
