"""Who has a review: claimed, given back, handed over, put off, asked of many at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.models import AdvisorGroup, Review, ReviewEvent, ReviewPatch
from matching.review.faults import AlreadyClaimed, PatchInvalid, ReviewNotPossible
from matching.review.services import (
    facts_ask,
    patch_withdraw,
    review_approve,
    review_claim,
    review_hand_over,
    review_release,
    review_snooze,
)
from matching.services import list_copy
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, advisor_make, organisation_make, review_make
from tests.matching.review.proposing import draft

TOMORROW = NOW.date() + timedelta(days=1)


def test_claim_of_anothers_says_whose_it_is(desk: Desk) -> None:
    with pytest.raises(AlreadyClaimed, match="Advisor Hale has this review already"):
        review_claim(review=desk.review, advisor=desk.lead, now=NOW)


def test_claim_of_ones_own_changes_nothing(desk: Desk) -> None:
    desk.review.refresh_from_db()
    revision = desk.review.revision
    assert review_claim(review=desk.review, advisor=desk.advisor, now=NOW).revision == revision


def test_claim_after_its_advisor_has_left(desk: Desk) -> None:
    desk.advisor.delete()
    review = review_claim(review=desk.review, advisor=desk.lead, now=NOW)
    assert (review.state, review.advisor_id) == ("in_review", desk.lead.pk)


def test_release_gives_it_back(desk: Desk) -> None:
    review = review_release(review=desk.review, advisor=desk.advisor, now=NOW)
    assert (review.state, review.advisor) == ("submitted", None)


def test_release_of_what_nobody_has(desk: Desk) -> None:
    Review.objects.filter(pk=desk.review.pk).update(advisor=None)
    with pytest.raises(ReviewNotPossible, match="Nobody has"):
        review_release(review=desk.review, advisor=desk.advisor, now=NOW)


def test_hand_over_to_a_colleague(desk: Desk) -> None:
    review = review_hand_over(
        review=desk.review, advisor=desk.advisor, to=desk.lead, note="On leave.", now=NOW
    )
    assert (review.advisor, review.state) == (desk.lead, "in_review")
    event = ReviewEvent.objects.get(kind="handed_over")
    assert event.words == "Handed over to Lead Hale"
    assert event.data["note"] == "On leave."
    assert not event.visible


def test_hand_over_to_a_group_waits_for_one_of_it(desk: Desk) -> None:
    group = AdvisorGroup.objects.create(organisation=desk.organisation, name="Surgery")
    review = review_hand_over(review=desk.review, advisor=desk.advisor, group=group, note="", now=NOW)
    assert (review.advisor, review.group, review.state) == (None, group, "submitted")


def test_hand_over_beyond_the_organisation(desk: Desk) -> None:
    elsewhere = organisation_make("Elsewhere")
    stranger = advisor_make(elsewhere, "stranger")
    group = AdvisorGroup.objects.create(organisation=elsewhere, name="Surgery")
    for whom in (
        {"to": stranger},
        {"to": desk.owner},
        {"group": group},
        {},
        {"to": desk.lead, "group": group},
    ):
        with pytest.raises(ReviewNotPossible):
            review_hand_over(review=desk.review, advisor=desk.advisor, note="", now=NOW, **whom)
    desk.review.refresh_from_db()
    assert desk.review.advisor == desk.advisor


def test_snooze_and_back(desk: Desk) -> None:
    review = review_snooze(review=desk.review, advisor=desk.advisor, until=TOMORROW, note="Exam", now=NOW)
    assert (review.snoozed_until, review.snooze_note) == (TOMORROW, "Exam")
    review = review_snooze(review=desk.review, advisor=desk.advisor, until=None, note="", now=NOW)
    assert (review.snoozed_until, review.snooze_note) == (None, "")


@pytest.mark.parametrize(("days", "note"), [(0, ""), (-3, ""), (3, "a" * 201)])
def test_snooze_that_cannot_be(desk: Desk, days: int, note: str) -> None:
    until = NOW.date() + timedelta(days=days)
    with pytest.raises(ReviewNotPossible):
        review_snooze(review=desk.review, advisor=desk.advisor, until=until, note=note, now=NOW)


def others(desk: Desk, number: int) -> list[Review]:
    copies = [list_copy(saved_list=desk.saved_list, name=f"Copy {n}") for n in range(number)]
    reviews = [review_make(copy, desk.organisation) for copy in copies]
    return [review_claim(review=review, advisor=desk.advisor, now=NOW) for review in reviews]


def test_ask_of_many_is_a_sent_change_each(desk: Desk) -> None:
    reviews = [desk.review, *others(desk, 3)]
    asked = facts_ask(reviews=reviews, advisor=desk.advisor, field="letters", text="How many?", now=NOW)
    assert asked == 4
    patches = ReviewPatch.objects.filter(kind="ask", state="sent", field="letters", text="How many?")
    assert {patch.review_id for patch in patches} == {review.pk for review in reviews}
    assert set(Review.objects.values_list("state", flat=True)) == {"changes_asked"}
    told = ReviewEvent.objects.filter(kind="asked", visible=True)
    assert {event.words for event in told} == {"Asked. Tell us: letters of recommendation"}
    assert all(event.data["revision"] == event.review.revision for event in told.select_related("review"))


def test_ask_leaves_out_what_cannot_be_asked(desk: Desk) -> None:
    asked_already, approved, waiting, free = others(desk, 4)
    facts_ask(reviews=[asked_already], advisor=desk.advisor, field="letters", now=NOW)
    review_approve(review=approved, advisor=desk.advisor, now=NOW)
    review_release(review=waiting, advisor=desk.advisor, now=NOW)
    everything = [asked_already, approved, waiting, free]
    assert facts_ask(reviews=everything, advisor=desk.advisor, field="letters", now=NOW) == 1
    assert ReviewPatch.objects.get(review=free).state == "sent"
    # The profile says it already.
    assert facts_ask(reviews=everything, advisor=desk.advisor, field="visa_needed", now=NOW) == 0


def test_ask_again_once_the_first_was_taken_back(desk: Desk) -> None:
    facts_ask(reviews=[desk.review], advisor=desk.advisor, field="letters", now=NOW)
    patch_withdraw(patch=ReviewPatch.objects.get(), advisor=desk.advisor, now=NOW)
    assert facts_ask(reviews=[desk.review], advisor=desk.advisor, field="letters", now=NOW) == 1


def test_ask_of_what_no_profile_holds(desk: Desk) -> None:
    for field, text in (("shoe_size", ""), ("", "")):
        with pytest.raises(PatchInvalid) as caught:
            facts_ask(reviews=[desk.review], advisor=desk.advisor, field=field, text=text, now=NOW)
        assert list(caught.value.errors) == ["field"]


def test_ask_of_nobody(desk: Desk) -> None:
    assert facts_ask(reviews=[], advisor=desk.advisor, field="letters", now=NOW) == 0


def test_ask_asks_as_many_queries_for_many_as_for_one(desk: Desk) -> None:
    def queries(reviews: list[Review], field: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert facts_ask(reviews=reviews, advisor=desk.advisor, field=field, now=NOW) == len(reviews)
        return len(asked)

    many = others(desk, 6)
    assert queries(many, "letters") == queries([desk.review], "ties")


def test_draft_of_a_lead_stands_beside_the_advisors(desk: Desk) -> None:
    draft(desk, "note", text="Mine.")
    draft(desk, "note", text="The lead's.", by=desk.lead)
    names = list(ReviewPatch.objects.order_by("id").values_list("author_name", flat=True))
    assert names == ["Advisor Hale", "Lead Hale"]
