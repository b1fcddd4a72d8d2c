"""Proposals as they are drafted, changed, sent, answered and taken back."""

import pytest

from matching.list_state import Edit
from matching.models import AdvisorMark, ReviewEvent, ReviewPatch
from matching.review.faults import PatchInvalid, PatchNoLongerFits, ReviewNotPossible
from matching.review.marks import marks_of
from matching.review.selectors import events_for_owner, patches_for_owner
from matching.review.services import (
    patch_change,
    patch_withdraw,
    review_resubmit,
)
from matching.selectors import match_for_request
from matching.services import list_edit, list_rebase, list_remove, list_undo, match_start, run_score
from programs.models import Program
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, other_tier, program, send, sent, settle, signals_of


def test_patch_add_that_does_not_fit_writes_nothing(desk: Desk) -> None:
    told = ReviewEvent.objects.count()
    with pytest.raises(PatchInvalid) as caught:
        draft(desk, "remove", off_list(desk.saved_list)[0])
    assert caught.value.errors == {"program": "This program is not on the list."}
    assert (ReviewPatch.objects.count(), ReviewEvent.objects.count()) == (0, told)


def test_patch_add_of_a_retired_program(desk: Desk) -> None:
    gone = off_list(desk.saved_list)[0]
    Program.objects.filter(pk=gone).update(retired_on="2026-07-01")
    with pytest.raises(PatchInvalid) as caught:
        draft(desk, "add", gone)
    assert list(caught.value.errors) == ["program"]


def test_patch_add_keeps_the_tier_it_was_shown_with(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    patch = draft(desk, "tier", first, tier=other_tier(desk, first), reason="knows")
    assert patch.tier_from == desk.saved_list.entries.get(program=first).tier
    assert patch.author_name == "Advisor Hale"
    assert patch.state == "draft"


def test_patch_change_writes_a_draft_anew(desk: Desk) -> None:
    first, second = ids_of(desk.saved_list)[:2]
    patch = draft(desk, "remove", first)
    changed = patch_change(
        patch=patch, advisor=desk.advisor, now=NOW, program=program(second), text="This one."
    )
    assert (changed.kind, changed.program_id, changed.text) == ("remove", second, "This one.")
    assert draft(desk, "remove", first).pk != patch.pk  # the first is free again


def test_patch_change_does_not_write_over_what_another_window_did(desk: Desk) -> None:
    patch = draft(desk, "note", text="First.")
    desk.review.refresh_from_db()
    drawn = desk.review.revision
    patch_change(patch=patch, advisor=desk.lead, now=NOW, text="The lead's.", seen=drawn)
    with pytest.raises(ReviewNotPossible, match="meanwhile"):
        patch_change(patch=patch, advisor=desk.advisor, now=NOW, text="The advisor's.", seen=drawn)
    patch.refresh_from_db()
    assert patch.text == "The lead's."


def test_patch_change_of_what_was_sent_is_too_late(desk: Desk) -> None:
    patch = sent(desk, "note", text="Apply early.")
    with pytest.raises(ReviewNotPossible, match="not a draft"):
        patch_change(patch=patch, advisor=desk.advisor, now=NOW, text="Late.")


def test_settle_add_and_undo(desk: Desk) -> None:
    fresh, before = off_list(desk.saved_list)[0], ids_of(desk.saved_list)
    patch = settle(desk, sent(desk, "add", fresh), words="Thank you.")
    assert (patch.state, patch.answer) == ("accepted", "Thank you.")
    assert ids_of(desk.saved_list) == [*before, fresh]
    version = desk.saved_list.versions.first()
    assert version is not None
    assert version.change.startswith("From the review: Add Harbor")
    list_undo(saved_list=desk.saved_list)
    assert ids_of(desk.saved_list) == before


def test_settle_declined_leaves_the_list(desk: Desk) -> None:
    before = ids_of(desk.saved_list)
    patch = settle(desk, sent(desk, "remove", before[0]), accept=False, words="I studied there.")
    assert (patch.state, patch.answer) == ("declined", "I studied there.")
    assert ids_of(desk.saved_list) == before


def test_settle_twice_says_so(desk: Desk) -> None:
    patch = settle(desk, sent(desk, "remove", ids_of(desk.saved_list)[0]))
    with pytest.raises(ReviewNotPossible, match="answered this already: accepted"):
        settle(desk, patch, accept=False)
    patch.refresh_from_db()
    assert patch.state == "accepted"


@pytest.mark.parametrize("private", [True, False])
def test_settle_of_what_was_not_sent_to_her(desk: Desk, private: bool) -> None:
    patch = draft(desk, "note", text="For us.", private=private)
    if private:
        send(desk)
    with pytest.raises(ReviewNotPossible, match="no such change"):
        settle(desk, patch)


def test_settle_signal_is_a_trade(desk: Desk) -> None:
    signals = signals_of(desk)
    gold = next(name for name, signal in signals.items() if signal == "gold")
    silver = next(name for name, signal in signals.items() if signal == "silver")
    patch = sent(desk, "signal", silver, other=program(gold), signal="gold")
    settle(desk, patch)
    after = signals_of(desk)
    assert (after[silver], after[gold]) == ("gold", "silver")


def test_settle_signal_that_the_other_gave_away_meanwhile(desk: Desk) -> None:
    signals = signals_of(desk)
    gold = next(name for name, signal in signals.items() if signal == "gold")
    silver = next(name for name, signal in signals.items() if signal == "silver")
    patch = sent(desk, "signal", silver, other=program(gold), signal="gold")
    desk.saved_list.refresh_from_db()
    list_edit(saved_list=desk.saved_list, version=desk.saved_list.version, sent={gold: Edit(signal="silver")})
    before = signals_of(desk)
    with pytest.raises(PatchNoLongerFits, match="Nothing was changed"):
        settle(desk, patch)
    patch.refresh_from_db()
    assert (patch.state, signals_of(desk)) == ("sent", before)


@pytest.mark.parametrize("kind", ["tier", "lock", "signal"])
def test_settle_of_a_program_that_is_gone_loses_nothing(desk: Desk, kind: str) -> None:
    first = ids_of(desk.saved_list)[0]
    more = {
        "tier": {"tier": other_tier(desk, first), "reason": "knows"},
        "lock": {},
        "signal": {"signal": ""},
    }[kind]
    patch = sent(desk, kind, first, **more)
    list_remove(saved_list=desk.saved_list, programs=[first])
    told = ReviewEvent.objects.count()
    with pytest.raises(PatchNoLongerFits, match="not on the list"):
        settle(desk, patch)
    patch.refresh_from_db()
    assert (patch.state, AdvisorMark.objects.count(), ReviewEvent.objects.count()) == ("sent", 0, told)
    list_undo(saved_list=desk.saved_list)
    assert settle(desk, patch).state == "accepted"


def test_settle_of_a_removal_that_she_made_herself(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    patch = sent(desk, "remove", first)
    list_remove(saved_list=desk.saved_list, programs=[first])
    assert settle(desk, patch).state == "accepted"


def test_settle_of_a_program_the_catalogue_retired(desk: Desk) -> None:
    fresh = off_list(desk.saved_list)[0]
    patch = sent(desk, "add", fresh)
    Program.objects.filter(pk=fresh).update(retired_on="2026-11-01")
    with pytest.raises(PatchNoLongerFits, match="takes nobody"):
        settle(desk, patch)


def test_ask_is_answered_by_the_profile(desk: Desk) -> None:
    patch = sent(desk, "ask", field="step3.status")
    with pytest.raises(PatchNoLongerFits, match="Step 3 result"):
        settle(desk, patch)
    asked = options_of(max_applications=4)
    newer = match_start(
        profile=profile_of(step3={"status": "not_taken", "attempts": 0}), options=asked, owner=desk.owner
    )
    run_score(newer.run_id)

    list_rebase(saved_list=desk.saved_list, match=match_for_request(newer.pk, user=desk.owner))

    patch.refresh_from_db()
    assert patch.state == "accepted"
    last = events_for_owner(desk.review).last()
    assert last is not None
    assert (last.kind, last.words) == ("answered", "The profile says it now: Step 3 result")


def test_ask_in_words_needs_words(desk: Desk) -> None:
    patch = sent(desk, "ask", text="When do your letters come?")
    with pytest.raises(PatchNoLongerFits, match="Write your answer"):
        settle(desk, patch)
    assert settle(desk, patch, words="In May.").state == "accepted"


def test_send_of_nothing(desk: Desk) -> None:
    with pytest.raises(ReviewNotPossible, match="nothing to send"):
        send(desk)


def test_send_of_a_message_alone_is_a_note(desk: Desk) -> None:
    assert send(desk, "Look at your signals.") == 0
    (note,) = patches_for_owner(desk.review)
    assert (note.kind, note.state, note.text) == ("note", "sent", "Look at your signals.")
    desk.review.refresh_from_db()
    assert desk.review.state == "changes_asked"


def test_what_is_private_never_reaches_the_applicant(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    tier = other_tier(desk, first)
    draft(desk, "tier", first, tier=tier, reason="refused", text="Secret words.", private=True)
    draft(desk, "note", text="Secret words.", private=True)

    assert send(desk) == 2

    desk.review.refresh_from_db()
    assert desk.review.state == "in_review"  # nothing went to her
    assert desk.review.versions.count() == 1
    assert marks_of(desk.saved_list, desk=True)[first].tier == tier
    assert marks_of(desk.saved_list, desk=True)[first].private
    assert marks_of(desk.saved_list, desk=False) == {}
    assert list(patches_for_owner(desk.review)) == []
    assert {event.kind for event in events_for_owner(desk.review)} == {"submitted", "claimed"}
    review_version = desk.review.versions.first()
    assert review_version is not None
    assert "Secret" not in str(review_version.entries)


def test_patch_withdraw_of_what_was_sent_closes_it_for_her(desk: Desk) -> None:
    patch = sent(desk, "remove", ids_of(desk.saved_list)[0])
    patch_withdraw(patch=patch, advisor=desk.advisor, now=NOW)
    with pytest.raises(ReviewNotPossible, match="took this change back"):
        settle(desk, patch)


def test_patch_withdraw_of_an_accepted_removal_is_too_late(desk: Desk) -> None:
    patch = settle(desk, sent(desk, "remove", ids_of(desk.saved_list)[0]))
    with pytest.raises(ReviewNotPossible, match="settled"):
        patch_withdraw(patch=patch, advisor=desk.advisor, now=NOW)


def test_send_keeps_the_effect_of_each_change(desk: Desk) -> None:
    removed = draft(desk, "remove", ids_of(desk.saved_list)[0])
    noted = draft(desk, "note", text="Apply early.")
    send(desk)
    alone, without = effect_of(removed)
    assert alone["applications"] == 3
    assert alone["p_none"] > without["p_none"]
    assert effect_of(noted) == (without, without)


def effect_of(patch: ReviewPatch) -> tuple[dict[str, float], dict[str, float]]:
    patch.refresh_from_db()
    assert patch.effect is not None
    return patch.effect["with"], patch.effect["without"]


def test_resubmit_freezes_the_list_once_more(desk: Desk) -> None:
    settle(desk, sent(desk, "remove", ids_of(desk.saved_list)[0]))
    review_resubmit(review=desk.review, message="Done.", actor=desk.owner, now=NOW)
    reasons = list(desk.review.versions.order_by("number").values_list("number", "reason"))
    assert reasons == [(1, "submitted"), (2, "sent"), (3, "submitted")]
    assert [len(version.entries) for version in desk.review.versions.order_by("number")] == [4, 4, 3]
