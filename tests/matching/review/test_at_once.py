"""Two windows, two advisors, an advisor and the applicant at the same moment: nothing of anybody is lost.

With SQLite, too, there are real threads here, a connection each.
"""

from typing import Any

import pytest
from django.contrib.auth.models import User

from matching.models import Review, ReviewEvent, ReviewPatch, SavedList
from matching.review.faults import AlreadyClaimed, PatchInvalid, ReviewNotPossible
from matching.review.services import (
    patch_add,
    patch_change,
    patch_settle,
    patches_send,
    review_claim,
    review_release,
    review_submit,
    risks_refresh,
)
from matching.services import list_add, list_copy, list_remove
from programs.models import Program
from tests.faults.crowd import CROWD, at_once
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, advisor_make
from tests.matching.review.proposing import draft

pytestmark = pytest.mark.django_db(transaction=True)


def tried(work: Any, *refusals: type[Exception]) -> Any:
    """What came of it, the refusal where it was refused."""
    try:
        return work()
    except refusals as refusal:
        return refusal


def test_two_advisors_proposing_at_once_lose_nothing(desk: Desk) -> None:
    """Each adds her own changes to the same review; all stand, in a row of revisions without a gap."""
    advisors: tuple[User, ...] = (desk.advisor, desk.lead)
    fresh = Program.objects.in_bulk(off_list(desk.saved_list))
    names = sorted(fresh)[:CROWD]
    revision = desk.review.revision

    patches = at_once(
        lambda number: patch_add(
            review=desk.review, advisor=advisors[number % 2], kind="add", program=fresh[names[number]],
            text=f"Thought {number}", now=NOW,
        )
    )  # fmt: skip

    kept = ReviewPatch.objects.filter(review=desk.review, state="draft")
    assert set(kept.values_list("program_id", "text")) == {
        (name, f"Thought {number}") for number, name in enumerate(names)
    }
    assert {patch.author_id for patch in patches} == {desk.advisor.pk, desk.lead.pk}
    desk.review.refresh_from_db()
    assert desk.review.revision == revision + CROWD
    told = ReviewEvent.objects.filter(review=desk.review, kind="patch_added").order_by("id")
    assert [event.data["revision"] for event in told] == list(range(revision + 1, revision + CROWD + 1))


def test_same_change_proposed_at_once_stands_once(desk: Desk) -> None:
    program = Program.objects.get(pk=ids_of(desk.saved_list)[0])

    came = at_once(
        lambda number: tried(
            lambda: patch_add(
                review=desk.review, advisor=desk.advisor, kind="remove", program=program, now=NOW
            ),
            PatchInvalid,
        )
    )

    assert sum(isinstance(each, ReviewPatch) for each in came) == 1
    refusals = [each.errors for each in came if isinstance(each, PatchInvalid)]
    assert [list(errors) for errors in refusals] == [["program"]] * (CROWD - 1)


def test_same_draft_changed_in_two_windows_keeps_the_first(desk: Desk) -> None:
    patch = draft(desk, "note", text="As it was.")
    desk.review.refresh_from_db()
    drawn = desk.review.revision

    came = at_once(
        lambda number: tried(
            lambda: patch_change(
                patch=patch, advisor=desk.advisor, now=NOW, text=f"Window {number}", seen=drawn
            ),
            ReviewNotPossible,
        )
    )

    (won,) = [each for each in came if isinstance(each, ReviewPatch)]
    patch.refresh_from_db()
    assert patch.text == won.text
    assert all("meanwhile" in each.words for each in came if isinstance(each, ReviewNotPossible))


def test_proposing_while_it_is_sent(desk: Desk) -> None:
    """What came in time was sent, what came too late is a draft still: each is one of the two."""
    fresh = Program.objects.in_bulk(off_list(desk.saved_list))
    names = sorted(fresh)
    draft(desk, "note", text="First.")

    def work(number: int) -> Any:
        if number == 0:
            return patches_send(review=desk.review, advisor=desk.lead, message="", now=NOW)
        return patch_add(
            review=desk.review, advisor=desk.advisor, kind="add", program=fresh[names[number]], now=NOW
        )

    went = at_once(work)[0]

    kept = ReviewPatch.objects.filter(review=desk.review)
    assert kept.count() == CROWD
    assert kept.filter(state="sent").count() == went
    assert kept.filter(state="draft").count() == CROWD - went
    sent_event = ReviewEvent.objects.get(kind="sent")
    assert set(sent_event.data["patches"]) == set(kept.filter(state="sent").values_list("pk", flat=True))


def test_answering_while_her_own_hand_is_on_the_list(desk: Desk) -> None:
    """Accepted changes and her own edits all come to be, each as one version of the list."""
    names = off_list(desk.saved_list)
    fresh = Program.objects.in_bulk(names)
    half = CROWD // 2
    for name in names[:half]:
        draft(desk, "add", name)
    patches_send(review=desk.review, advisor=desk.advisor, message="", now=NOW)
    patches = list(ReviewPatch.objects.filter(review=desk.review).order_by("id"))
    before, version = ids_of(desk.saved_list), SavedList.objects.get(pk=desk.saved_list.pk).version
    own = [name for name in sorted(fresh) if name not in names[:half]][: half - 1]

    def work(number: int) -> Any:
        if number < half:
            return patch_settle(patch=patches[number], accept=True, actor=desk.owner, now=NOW)
        if number < CROWD - 1:
            return list_add(saved_list=desk.saved_list, programs=[own[number - half]])
        return list_remove(saved_list=desk.saved_list, programs=[before[0]])

    at_once(work)

    assert set(ids_of(desk.saved_list)) == {*before[1:], *names[:half], *own}
    assert SavedList.objects.get(pk=desk.saved_list.pk).version == version + CROWD
    assert not ReviewPatch.objects.filter(review=desk.review).exclude(state="accepted").exists()


def test_same_change_answered_at_once_counts_once(desk: Desk) -> None:
    patch = draft(desk, "remove", ids_of(desk.saved_list)[0])
    patches_send(review=desk.review, advisor=desk.advisor, message="", now=NOW)

    came = at_once(
        lambda number: tried(
            lambda: patch_settle(patch=patch, accept=number % 2 == 0, actor=desk.owner, now=NOW),
            ReviewNotPossible,
        )
    )

    (won,) = [each for each in came if isinstance(each, ReviewPatch)]
    patch.refresh_from_db()
    assert patch.state == won.state
    assert ReviewEvent.objects.filter(patch=patch, kind__in=("accepted", "declined")).count() == 1


def test_claim_at_once_has_one_winner(desk: Desk) -> None:
    review_release(review=desk.review, advisor=desk.advisor, now=NOW)
    crowd = [advisor_make(desk.organisation, f"advisor{number}") for number in range(CROWD)]

    came = at_once(
        lambda number: tried(
            lambda: review_claim(review=desk.review, advisor=crowd[number], now=NOW), AlreadyClaimed
        )
    )

    (won,) = [each for each in came if isinstance(each, Review)]
    desk.review.refresh_from_db()
    assert desk.review.advisor_id == won.advisor_id
    assert all("has this review already." in each.words for each in came if isinstance(each, AlreadyClaimed))


def test_same_list_sent_at_once_is_one_review(desk: Desk) -> None:
    listed = list_copy(saved_list=desk.saved_list, name="Another")

    came = at_once(
        lambda number: tried(
            lambda: review_submit(
                saved_list=listed, organisation=desk.organisation, message="", actor=desk.owner, now=NOW
            ),
            ReviewNotPossible,
        )
    )

    assert sum(isinstance(each, Review) for each in came) == 1
    assert listed.reviews.count() == 1


def test_refresh_while_changes_are_proposed(desk: Desk) -> None:
    """The nightly work writes its own columns and none of what an advisor does meanwhile."""
    fresh = Program.objects.in_bulk(off_list(desk.saved_list))
    names = sorted(fresh)

    def work(number: int) -> Any:
        if number % 2:
            Review.objects.filter(pk=desk.review.pk).update(risk_at=None)
            return risks_refresh(now=NOW, limit=10)
        return patch_add(
            review=desk.review, advisor=desk.advisor, kind="add", program=fresh[names[number]], now=NOW
        )

    revision = desk.review.revision
    at_once(work)

    desk.review.refresh_from_db()
    assert desk.review.revision == revision + CROWD // 2
    assert ReviewPatch.objects.filter(review=desk.review).count() == CROWD // 2
    risks_refresh(now=NOW, limit=10)
    desk.review.refresh_from_db()
    assert desk.review.danger > 0
