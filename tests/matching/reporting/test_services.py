"""Telling what became of a list: the report, the list beside it, and what is kept from before."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching.list_state import Edit
from matching.models import ChanceBefore, ListEntry, Match, MatchRun, Outcome, OutcomeReport, SavedList
from matching.reporting.services import (
    ListMoved,
    NotConsented,
    SeasonMoved,
    consent_withdraw,
    outcomes_delete,
    outcomes_save,
    report_witness,
)
from matching.services import (
    list_add,
    list_copy,
    list_edit,
    list_rebase,
    list_remove,
    list_undo,
    match_start,
    matches_claim,
    run_score,
)
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, list_scored, off_list, state_of
from tests.matching.reporting.making import OVER, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


def status(saved_list: SavedList, program: str, to: str) -> None:
    saved_list.refresh_from_db()
    list_edit(saved_list=saved_list, version=saved_list.version, sent={program: Edit(status=to)})


def odds(saved_list: SavedList) -> dict[str, tuple[Any, ...]]:
    fields = ("program_id", "probability", "low", "high", "tier")
    return {row[0]: row[1:] for row in saved_list.entries.values_list(*fields)}


def kept(saved_list: SavedList) -> dict[str, tuple[Any, ...]]:
    fields = ("program_id", "probability", "low", "high", "tier")
    return {
        row[0]: row[1:] for row in ChanceBefore.objects.filter(saved_list=saved_list).values_list(*fields)
    }


def results(saved_list: SavedList) -> dict[str, str]:
    rows = Outcome.objects.filter(report__saved_list=saved_list)
    return dict(rows.values_list("program_id", "result"))


def rejudged(saved_list: SavedList) -> Match:
    """Other answers of the same person, with other odds."""
    match = match_start(
        profile=profile_of(step2ck={"status": "pass", "score": 262, "attempts": 1}),
        options=options_of(max_applications=4),
        visitor=saved_list.visitor,
    )
    run_score(match.run_id)
    match.refresh_from_db()
    list_rebase(saved_list=saved_list, match=match)
    saved_list.refresh_from_db()
    return match


def test_report_takes_over_results_and_statuses_follow_as_one_version() -> None:
    saved_list = list_scored()
    first, second, third, _ = ids_of(saved_list)
    version = saved_list.version

    report = told(saved_list, {first: "invited", second: "matched", third: ""}, ending="here")

    saved_list.refresh_from_db()
    assert saved_list.version == version + 1
    assert (
        saved_list.versions.order_by("-number")
        .values_list("change", flat=True)[0]
        .startswith("Told what came")
    )
    assert [each.status for each in state_of(saved_list)] == ["invited", "ranked", "plan", "applied"]
    assert results(saved_list) == {first: "invited", second: "matched", ids_of(saved_list)[3]: "silent"}
    assert (report.ending, report.season, report.evidence) == ("here", "2027", "said")
    assert (report.applicant_type, report.step2ck_band) == ("us_img", "220-229")


def test_undoing_that_change_takes_the_results_back() -> None:
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    status(saved_list, first, "applied")
    told(saved_list, {first: "invited"})

    saved_list.refresh_from_db()
    list_undo(saved_list=saved_list)

    assert [each.status for each in state_of(saved_list)] == ["applied", "plan", "plan", "plan"]
    assert results(saved_list) == {first: "silent"}


def test_status_changed_on_the_list_changes_the_report() -> None:
    saved_list = list_scored()
    first, second, *_ = ids_of(saved_list)
    told(saved_list, {second: "matched"}, ending="here")

    status(saved_list, first, "interviewed")
    status(saved_list, second, "ranked")

    assert results(saved_list)[first] == "interviewed"
    assert results(saved_list)[second] == "matched"


def test_report_again_is_an_update() -> None:
    saved_list = list_scored()
    first, second, *_ = ids_of(saved_list)
    one = told(saved_list, {first: "matched"}, ending="here")
    two = told(saved_list, {first: "ranked", second: "matched"}, ending="here", now=OVER + timedelta(days=1))

    assert (one.pk, one.code, one.consented_at) == (two.pk, two.code, two.consented_at)
    assert results(saved_list)[second] == "matched"
    assert two.updated_at == OVER + timedelta(days=1)


def test_list_that_moved_is_not_written() -> None:
    saved_list = list_scored()
    version = saved_list.version
    list_add(saved_list=saved_list, programs=off_list(saved_list)[:1])

    with pytest.raises(ListMoved):
        outcomes_save(
            saved_list=saved_list, version=version, results={}, ending="none", consent=True, now=OVER
        )
    assert not OutcomeReport.objects.exists()


def test_chance_is_kept_when_a_program_is_applied_to() -> None:
    saved_list = list_scored()
    before, first = odds(saved_list), ids_of(saved_list)[0]

    status(saved_list, first, "applied")

    row = ChanceBefore.objects.get()
    assert kept(saved_list) == {first: before[first]}
    run = saved_list.match.run
    assert (row.model_version, row.data_version, row.season) == (run.model_version, run.data_version, "2027")
    assert row.made_at == saved_list.match.created_at
    assert row.known_at is None


def test_judging_anew_does_not_overwrite_what_was_kept() -> None:
    saved_list = list_scored()
    first, before = ids_of(saved_list)[0], odds(saved_list)
    status(saved_list, first, "applied")

    rejudged(saved_list)
    status(saved_list, first, "invited")
    told(saved_list, {first: "invited"})

    assert odds(saved_list)[first] != before[first]
    assert kept(saved_list)[first] == before[first]
    chance = Outcome.objects.get(program=first).chance
    assert chance is not None
    assert (chance.probability, chance.low, chance.high, chance.tier) == before[first]


def test_judging_anew_while_programs_read_keeps_the_chances_that_stood() -> None:
    """Applications of 2027 are read since September 2026: what stood until now was from before."""
    saved_list = list_scored()
    before, first_match = odds(saved_list), saved_list.match

    later = rejudged(saved_list)

    assert kept(saved_list) == before != odds(saved_list)
    made = set(ChanceBefore.objects.values_list("made_at", flat=True))
    assert made == {first_match.created_at} != {later.created_at}


def test_first_answer_dates_the_chance_once() -> None:
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    status(saved_list, first, "applied")
    status(saved_list, first, "invited")
    known = ChanceBefore.objects.get().known_at
    status(saved_list, first, "interviewed")

    assert known is not None
    assert ChanceBefore.objects.get().known_at == known


def test_answers_of_today_after_chances_of_today_do_not_count() -> None:
    """Odds made on the day she told of an invitation may have been made after she knew."""
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    status(saved_list, first, "invited")

    report = told(saved_list, {first: "invited"})

    assert report.tally == {}
    assert report.forecast is not None
    assert report.forecast["came"] == 1
    assert Outcome.objects.get(program=first).chance is not None


def test_chances_from_days_before_count() -> None:
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    Match.objects.update(created_at=timezone.now() - timedelta(days=90))

    report = told(saved_list, {first: "invited"})

    chances = [row[0] for row in odds(saved_list).values()]
    assert report.forecast is not None
    assert report.forecast["expected"] == pytest.approx(sum(chances), abs=1e-5)
    assert report.forecast["came"] == sum(row[2] for row in report.tally.values()) == 1
    assert sum(row[0] for row in report.tally.values()) == 4


def test_what_was_removed_and_added_again_keeps_its_first_chance() -> None:
    saved_list = list_scored()
    first, before = ids_of(saved_list)[0], odds(saved_list)
    status(saved_list, first, "applied")
    list_remove(saved_list=saved_list, programs=[first])
    list_add(saved_list=saved_list, programs=[first])
    status(saved_list, first, "applied")

    assert kept(saved_list) == {first: before[first]}


def test_copy_takes_the_chances_along() -> None:
    saved_list = list_scored()
    status(saved_list, ids_of(saved_list)[0], "applied")

    copied = list_copy(saved_list=saved_list, name="Copy")

    assert kept(copied) == kept(saved_list) != {}


def test_closed_or_unknown_odds_are_kept_as_unknown() -> None:
    saved_list = list_scored()
    ListEntry.objects.update(probability=None, low=None, high=None, tier="")

    report = told(saved_list)

    assert report.forecast is None
    assert {row[0] for row in kept(saved_list).values()} == {None}


def test_consent_is_dated_once_and_goes_when_unticked() -> None:
    saved_list = list_scored()
    assert told(saved_list, consent=False).consented_at is None
    assert told(saved_list, consent=True).consented_at == OVER
    assert told(saved_list, consent=True, now=OVER + timedelta(days=2)).consented_at == OVER
    assert told(saved_list, consent=False).consented_at is None


def test_consent_can_be_taken_back_alone() -> None:
    saved_list = list_scored()
    told(saved_list)

    consent_withdraw(saved_list=saved_list, now=OVER)

    assert OutcomeReport.objects.get().consented_at is None
    assert results(saved_list)


def test_witnessing_says_who_and_when_and_a_change_takes_it_back() -> None:
    saved_list = list_scored()
    report, advisor = told(saved_list), User.objects.create_user("advisor")

    report_witness(report=report, advisor=advisor, now=OVER)
    report.refresh_from_db()
    assert (report.evidence, report.seen_by, report.seen_at) == ("seen", advisor, OVER)

    assert told(saved_list).evidence == "seen"
    assert told(saved_list, {ids_of(saved_list)[0]: "invited"}).evidence == "said"


def test_nobody_witnesses_what_is_hers_alone() -> None:
    report = told(list_scored(), consent=False)

    with pytest.raises(NotConsented):
        report_witness(report=report, advisor=User.objects.create_user("advisor"), now=OVER)


def test_deleting_the_report_leaves_the_list() -> None:
    saved_list = list_scored()
    told(saved_list)

    outcomes_delete(saved_list=saved_list)

    assert not OutcomeReport.objects.exists()
    assert not Outcome.objects.exists()
    assert {each.status for each in state_of(saved_list)} == {"applied"}


def test_deleting_the_list_takes_all_of_it() -> None:
    saved_list = list_scored()
    told(saved_list)

    saved_list.delete()

    assert not OutcomeReport.objects.exists()
    assert not ChanceBefore.objects.exists()


def test_one_person_has_one_code_also_after_logging_in() -> None:
    visitor = uuid.uuid4()
    one, two = told(list_scored(visitor=visitor)), told(list_scored(visitor=visitor))
    other = told(list_scored())
    owner = User.objects.create_user("ana")
    assert one.code == two.code != other.code

    assert other.saved_list.visitor is not None
    matches_claim(visitor=visitor, user=owner)
    matches_claim(visitor=other.saved_list.visitor, user=owner)

    assert set(OutcomeReport.objects.values_list("code", flat=True)) == {one.code}


@pytest.mark.parametrize(
    "broken",
    [{"evidence": "told"}, {"ending": "happy"}, {"evidence": "seen"}, {"seen_at": OVER}],
)
def test_report_constraints(broken: dict[str, Any]) -> None:
    report = told(list_scored())

    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeReport.objects.filter(pk=report.pk).update(**broken)


def test_outcome_constraints() -> None:
    saved_list = list_scored()
    report = told(saved_list)
    rows = Outcome.objects.filter(report=report)

    for broken in ({"result": "hired"}, {"result": "matched"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(report=report, program_id=ids_of(saved_list)[0], result="silent")


@pytest.mark.parametrize(
    "broken", [{"low": None}, {"high": 1.2}, {"low": 0.9, "high": 0.1}, {"tier": "sure"}]
)
def test_chance_constraints(broken: dict[str, Any]) -> None:
    saved_list = list_scored()
    told(saved_list)

    with pytest.raises(IntegrityError), transaction.atomic():
        ChanceBefore.objects.filter(saved_list=saved_list).update(**broken)


def test_list_used_for_another_season_leaves_its_report_alone() -> None:
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    told(saved_list, {first: "invited"})
    MatchRun.objects.update(season="2028")

    status(saved_list, first, "declined")

    assert results(saved_list)[first] == "invited"
    with pytest.raises(SeasonMoved):
        told(saved_list)


def test_chances_of_another_season_go_where_no_report_stands_on_them() -> None:
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    status(saved_list, first, "applied")
    status(saved_list, first, "plan")
    MatchRun.objects.update(season="2028")

    status(saved_list, first, "applied")

    assert ChanceBefore.objects.get().season == "2028"


def test_answer_that_stood_before_its_chance_was_kept_makes_no_forecast() -> None:
    """A list whose statuses are older than the keeping of chances: nobody can say what came first."""
    saved_list = list_scored()
    first = ids_of(saved_list)[0]
    saved_list.entries.filter(program=first).update(status="invited")

    report = told(saved_list, {first: "invited"})

    assert report.tally == {}
    row = ChanceBefore.objects.get(program=first)
    assert row.known_at == row.made_at
