"""An approval, what makes it stale, and what makes it fit again."""

from datetime import date

import pytest
from django.utils import timezone

from matching.list_state import Edit
from matching.models import Review, ReviewVersion
from matching.review.diffs import entries_diff
from matching.review.faults import ReviewNotPossible
from matching.review.selectors import events_for_owner
from matching.review.services import approval_check, review_approve, review_reopen, review_resubmit
from matching.review.staleness import Fit, reasons
from matching.selectors import match_for_request
from matching.services import list_add, list_edit, list_rebase, list_sort, list_undo, match_start, run_score
from programs.models import Program, ProgramFact
from programs.services.publishing import data_version_publish
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, sent


@pytest.fixture
def approved(desk: Desk) -> Desk:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    desk.review.refresh_from_db()
    desk.saved_list.refresh_from_db()
    return desk


def stale(desk: Desk) -> str:
    desk.review.refresh_from_db()
    assert (desk.review.stale_since is not None) == bool(desk.review.stale_reason)
    return desk.review.stale_reason


def kinds(review: Review) -> list[str]:
    return list(review.events.values_list("kind", flat=True))


def test_approve_says_who_what_and_when(approved: Desk) -> None:
    review = approved.review
    assert (review.state, review.approved_by, review.approved_at) == ("approved", "Advisor Hale", NOW)
    version = review.approved_version
    assert version is not None
    assert (version.reason, version.list_version) == ("approved", approved.saved_list.version)
    assert version.model_version
    assert version.data_version == approved.saved_list.match.run.data_version
    assert [each["program"] for each in version.entries] == ids_of(approved.saved_list)
    assert version.figures == approved.saved_list.figures


def test_approve_waits_for_drafts_and_answers(desk: Desk) -> None:
    draft(desk, "note", text="Apply early.")
    with pytest.raises(ReviewNotPossible, match="1 change not sent"):
        review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    sent(desk, "remove", ids_of(desk.saved_list)[0])
    with pytest.raises(ReviewNotPossible, match="1 change not answered"):
        review_approve(review=desk.review, advisor=desk.advisor, now=NOW)


def test_reopen_takes_the_approval_back(approved: Desk) -> None:
    review = review_reopen(review=approved.review, advisor=approved.advisor, now=NOW)
    assert (review.state, review.approved_version, review.approved_by) == ("in_review", None, "")
    assert review.versions.filter(reason="approved").count() == 1  # what was approved stays to be read


def test_order_and_notes_are_her_own(approved: Desk) -> None:
    saved_list = approved.saved_list
    first = ids_of(saved_list)[0]
    list_sort(saved_list=saved_list, by="name", words="By name")
    saved_list.refresh_from_db()
    list_edit(
        saved_list=saved_list, version=saved_list.version,
        sent={first: Edit(note="Ask Dr. Lee", status="applied", place=3)},
    )  # fmt: skip
    assert stale(approved) == ""
    assert "stale" not in kinds(approved.review)


def test_added_program_makes_it_stale_and_undo_mends_it(approved: Desk) -> None:
    list_add(saved_list=approved.saved_list, programs=off_list(approved.saved_list)[:1])
    assert "1 program added" in stale(approved)
    since = approved.review.stale_since
    list_add(saved_list=approved.saved_list, programs=off_list(approved.saved_list)[:1])
    assert "2 programs added" in stale(approved)
    assert approved.review.stale_since == since
    list_undo(saved_list=approved.saved_list)
    list_undo(saved_list=approved.saved_list)
    assert stale(approved) == ""
    assert kinds(approved.review)[-2:] == ["stale", "fits_again"]
    assert [event.kind for event in events_for_owner(approved.review)][-2:] == ["stale", "fits_again"]


def test_changed_signal_makes_it_stale(approved: Desk) -> None:
    saved_list, first = approved.saved_list, ids_of(approved.saved_list)[0]
    list_edit(saved_list=saved_list, version=saved_list.version, sent={first: Edit(signal="")})
    assert "1 signal changed" in stale(approved)


def test_other_answers_make_it_stale(approved: Desk) -> None:
    profile = profile_of(step2ck={"status": "pass", "score": 225, "attempts": 1})
    match = match_start(profile=profile, options=options_of(max_applications=4), owner=approved.owner)
    run_score(match.run_id)
    list_rebase(saved_list=approved.saved_list, match=match_for_request(match.pk, user=approved.owner))
    assert "The profile changed" in stale(approved)


def test_same_answers_asked_again_leave_it(approved: Desk) -> None:
    match = match_start(profile=profile_of(), options=options_of(max_applications=4), owner=approved.owner)
    list_rebase(saved_list=approved.saved_list, match=match_for_request(match.pk, user=approved.owner))
    assert stale(approved) == ""


def test_newer_data_that_close_a_program_make_it_stale(approved: Desk) -> None:
    first = ids_of(approved.saved_list)[0]
    fact = ProgramFact.objects.create(
        program_id=first, field="min_step2ck", value_number=250, value_as_stated="250", strictness="strict",
        url="https://example.org/", source_kind="program_page", confidence="high",
        observed_on=date(2026, 11, 20),
    )  # fmt: skip
    ProgramFact.objects.filter(pk=fact.pk).update(is_current=True)
    data_version_publish()
    _look(approved)
    assert "is closed to these answers" in stale(approved)


def test_newer_data_that_retire_a_program_make_it_stale_until_it_is_back(approved: Desk) -> None:
    first = ids_of(approved.saved_list)[0]
    Program.objects.filter(pk=first).update(retired_on="2026-11-20")
    _look(approved)
    assert "takes nobody any more" in stale(approved)
    Program.objects.filter(pk=first).update(retired_on=None)
    _look(approved)
    assert stale(approved) == ""


def test_check_of_a_list_that_is_not_approved_does_nothing(desk: Desk) -> None:
    assert approval_check(saved_list=desk.saved_list, now=NOW) is None
    assert "stale" not in kinds(desk.review)


def test_resubmit_of_an_approved_list_needs_a_change(approved: Desk) -> None:
    with pytest.raises(ReviewNotPossible, match="Nothing has changed"):
        review_resubmit(review=approved.review, message="", actor=approved.owner, now=NOW)
    list_add(saved_list=approved.saved_list, programs=off_list(approved.saved_list)[:1])
    review = review_resubmit(review=approved.review, message="", actor=approved.owner, now=NOW)
    assert (review.state, review.approved_version, review.stale_reason) == ("in_review", None, "")
    assert review.advisor_id == approved.advisor.pk


ENTRY = {"program": "sp1", "name": "Harbor", "tier": "target", "signal": "", "closed": False, "mark": ""}


def version_of(*entries: dict[str, object], none: float = 0.2) -> ReviewVersion:
    return ReviewVersion(entries=list(entries), figures={"interviews": {"none": none}}, profile={})


@pytest.mark.parametrize(
    ("fit", "none", "told"),
    [
        (Fit("target"), 0.2, ""),
        (Fit("target"), 0.24, ""),
        (Fit("target"), 0.25, "No interview at all: 20% then, 25% now."),
        (Fit("target"), 0.15, "No interview at all: 20% then, 15% now."),
        (Fit("reach"), 0.2, "Harbor left target."),
        (Fit("", closed=True), 0.2, "Harbor is closed to these answers."),
        (Fit("", retired=True), 0.2, "Harbor takes nobody any more."),
        (Fit("reach"), 0.3, "No interview at all: 20% then, 30% now and Harbor left target."),
    ],
)
def test_reasons(fit: Fit, none: float, told: str) -> None:
    assert reasons(version_of(ENTRY), [ENTRY], {"sp1": fit}, none, profile_changed=False) == told


def test_reasons_of_a_tier_that_her_advisor_set() -> None:
    held = {**ENTRY, "mark": "safety"}
    assert reasons(version_of(held), [held], {"sp1": Fit("reach")}, 0.2, profile_changed=False) == ""


def test_reasons_count_what_is_too_much_to_name() -> None:
    entries = [{**ENTRY, "program": f"sp{n}", "name": f"Harbor {n}"} for n in range(9)]
    fits = {str(each["program"]): Fit("reach") for each in entries}
    told = reasons(version_of(*entries), entries, fits, 0.2, profile_changed=False)
    assert told.endswith("Harbor 2 left target and 6 more like these.")
    assert not entries_diff(entries, entries)


def _look(desk: Desk) -> None:
    """As after publishing: with a catalogue that is looked for anew."""
    from matching import catalogue  # noqa: PLC0415

    catalogue._checked.version = None
    desk.saved_list.refresh_from_db()
    approval_check(saved_list=desk.saved_list, now=timezone.now())
