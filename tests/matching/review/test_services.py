"""The whole way of a review, once."""

from matching.models import ReviewEvent, ReviewPatch, SavedList
from matching.review.marks import marks_of
from matching.review.selectors import patches_for_owner, review_of_list
from matching.review.services import (
    patch_add,
    patch_settle,
    patches_send,
    review_approve,
    review_resubmit,
)
from programs.models import Program
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW


def test_review_from_sending_to_approval(desk: Desk) -> None:
    review, advisor = desk.review, desk.advisor
    first, fresh = ids_of(desk.saved_list)[0], off_list(desk.saved_list)[0]
    patch_add(review=review, advisor=advisor, kind="add", program=Program.objects.get(pk=fresh), now=NOW)
    shown = desk.saved_list.entries.get(program=first).tier
    tier = "safety" if shown != "safety" else "reach"
    moved = Program.objects.get(pk=first)
    patch_add(review=review, advisor=advisor, kind="tier", program=moved, tier=tier, reason="knows", now=NOW)
    assert patches_for_owner(review).count() == 0

    assert patches_send(review=review, advisor=advisor, message="Two thoughts.", now=NOW) == 2

    review.refresh_from_db()
    assert review.state == "changes_asked"
    add, tier_patch, note = patches_for_owner(review)
    assert (add.kind, tier_patch.kind, note.text) == ("add", "tier", "Two thoughts.")
    assert add.effect is not None
    assert add.effect["with"]["applications"] == add.effect["without"]["applications"] + 1
    for patch in (add, tier_patch):
        patch_settle(patch=patch, accept=True, actor=desk.owner, now=NOW)
    assert fresh in ids_of(desk.saved_list)
    assert marks_of(desk.saved_list, desk=False)[first].tier == tier

    review_resubmit(review=review, message="Done.", actor=desk.owner, now=NOW)
    review_approve(review=review, advisor=advisor, now=NOW)

    kept = review_of_list(SavedList.objects.get(pk=desk.saved_list.pk))
    assert kept is not None
    assert kept.state == "approved"
    assert kept.approved_version is not None
    assert [each["program"] for each in kept.approved_version.entries] == ids_of(desk.saved_list)
    assert kept.approved_by == "Advisor Hale"
    kinds = list(ReviewEvent.objects.filter(review=review).values_list("kind", flat=True))
    assert kinds == [
        "submitted", "claimed", "patch_added", "patch_added", "sent", "accepted", "accepted", "resubmitted",
        "approved",
    ]  # fmt: skip
    assert ReviewPatch.objects.filter(state="accepted").count() == 2
