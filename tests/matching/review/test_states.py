"""Every state against every action: what is possible, where it leads, and that all else says why not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from matching.models import Review, ReviewEvent, ReviewPatch
from matching.review.faults import StepNotPossible
from matching.review.services import (
    patch_add,
    patch_settle,
    patch_withdraw,
    patches_send,
    review_approve,
    review_claim,
    review_hand_over,
    review_release,
    review_reopen,
    review_resubmit,
    review_snooze,
    review_withdraw,
)
from matching.review.states import ACTIONS, OPEN, STATES, TABLE, may, step
from matching.services import list_add
from tests.matching.lists import off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW

# Written out once more, by hand: action to what each of submitted, in_review, changes_asked, approved and
# withdrawn leads to, "" where it cannot be done.
EXPECTED = {
    "claim": ("in_review", "in_review", "changes_asked", "approved", ""),
    "release": ("", "submitted", "changes_asked", "", ""),
    "hand_over": ("in_review", "in_review", "changes_asked", "approved", ""),
    "snooze": ("submitted", "in_review", "changes_asked", "approved", ""),
    "propose": ("", "in_review", "changes_asked", "", ""),
    "take_back": ("submitted", "in_review", "changes_asked", "approved", ""),
    "send": ("", "changes_asked", "changes_asked", "", ""),
    "ask": ("", "changes_asked", "changes_asked", "", ""),
    "settle": ("submitted", "in_review", "changes_asked", "", ""),
    "resubmit": ("", "", "in_review", "in_review", ""),
    "approve": ("", "approved", "approved", "", ""),
    "reopen": ("", "", "", "in_review", ""),
    "withdraw": ("withdrawn", "withdrawn", "withdrawn", "withdrawn", ""),
}
EVERY = [
    (action, state, after)
    for action, row in EXPECTED.items()
    for state, after in zip(STATES, row, strict=True)
]


def test_states_are_those_of_the_table_of_reviews() -> None:
    assert set(STATES) == set(Review.State.values)
    assert set(EXPECTED) == set(ACTIONS)
    assert set(OPEN) == set(STATES) - {"withdrawn"}


@pytest.mark.parametrize(("action", "state", "after"), EVERY)
def test_step(action: str, state: str, after: str) -> None:
    claimed = action != "release"
    assert may(state, action) is bool(after)
    if after:
        assert step(state, action, claimed=claimed) == after
    else:
        with pytest.raises(StepNotPossible) as caught:
            step(state, action, claimed=claimed)
        assert caught.value.words.startswith("This review ")
        assert caught.value.words.endswith(".")


@pytest.mark.parametrize("action", ACTIONS)
def test_step_without_an_advisor_waits_for_one(action: str) -> None:
    for state in TABLE[action]:
        assert step(state, action, claimed=False) != "in_review"


def test_every_open_state_can_be_left_and_withdrawn_cannot() -> None:
    assert all(may(state, "withdraw") for state in OPEN)
    assert not any(may("withdrawn", action) for action in ACTIONS)


Act = Callable[[Desk], Any]


def patch_of(desk: Desk, state: str) -> ReviewPatch:
    sent = None if state == "draft" else NOW
    return ReviewPatch.objects.create(
        review=desk.review, author=desk.advisor, author_name="Advisor Hale", kind="note", text="See below.",
        state=state, created_at=NOW, sent_at=sent,
    )  # fmt: skip


def resubmit(desk: Desk) -> Review:
    list_add(saved_list=desk.saved_list, programs=off_list(desk.saved_list)[:1])
    return review_resubmit(review=desk.review, message="", actor=desk.owner, now=NOW)


def claim_when_free(desk: Desk) -> Review:
    Review.objects.filter(pk=desk.review.pk).update(advisor=None)
    return review_claim(review=desk.review, advisor=desk.lead, now=NOW)


def send(desk: Desk) -> int:
    patch_of(desk, "draft")
    return patches_send(review=desk.review, advisor=desk.advisor, message="", now=NOW)


# "ask" is of many and leaves out what cannot be asked: tested with the others of its kind.
SERVICES: dict[str, Act] = {
    "claim": claim_when_free,
    "release": lambda d: review_release(review=d.review, advisor=d.advisor, now=NOW),
    "hand_over": lambda d: review_hand_over(review=d.review, advisor=d.advisor, to=d.lead, note="", now=NOW),
    "snooze": lambda d: review_snooze(
        review=d.review, advisor=d.advisor, until=NOW.date() + timedelta(days=3), note="", now=NOW
    ),
    "propose": lambda d: patch_add(
        review=d.review, advisor=d.advisor, kind="note", text="Apply early.", now=NOW
    ),
    "take_back": lambda d: patch_withdraw(patch=patch_of(d, "sent"), advisor=d.advisor, now=NOW),
    "send": send,
    "settle": lambda d: patch_settle(patch=patch_of(d, "sent"), accept=False, actor=d.owner, now=NOW),
    "resubmit": resubmit,
    "approve": lambda d: review_approve(review=d.review, advisor=d.advisor, now=NOW),
    "reopen": lambda d: review_reopen(review=d.review, advisor=d.advisor, now=NOW),
    "withdraw": lambda d: review_withdraw(review=d.review, actor=d.owner, now=NOW),
}


def put(desk: Desk, state: str) -> None:
    """The review in a state, as its services leave it."""
    if state == "approved":
        review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    elif state == "withdrawn":
        review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    elif state == "submitted":
        review_release(review=desk.review, advisor=desk.advisor, now=NOW)
    elif state == "changes_asked":
        patches_send(review=desk.review, advisor=desk.advisor, message="Look again.", now=NOW)
    desk.review.refresh_from_db()
    assert desk.review.state == state


@pytest.mark.parametrize("action", SERVICES)
def test_service_follows_the_table(desk: Desk, action: str) -> None:
    for state, after in zip(STATES, EXPECTED[action], strict=True):
        with transaction.atomic():
            put(desk, state)
            leads(desk, action, after)
            transaction.set_rollback(True)
        desk.review.refresh_from_db()


def leads(desk: Desk, action: str, after: str) -> None:
    state, revision = desk.review.state, desk.review.revision
    events = ReviewEvent.objects.filter(review=desk.review)
    told = events.count()
    if not after:
        with pytest.raises(StepNotPossible):
            SERVICES[action](desk)
        desk.review.refresh_from_db()
        assert (desk.review.state, desk.review.revision, events.count()) == (state, revision, told)
        return
    SERVICES[action](desk)
    desk.review.refresh_from_db()
    assert desk.review.state == after
    assert desk.review.revision > revision
    assert events.count() > told
    last = events.order_by("-id")[0]
    assert last.words
    assert last.data["revision"] == desk.review.revision
