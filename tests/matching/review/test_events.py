"""What was done is written with what was done: neither without the other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from matching.models import (
    AdvisorMark,
    ListEntry,
    ListVersion,
    Review,
    ReviewEvent,
    ReviewPatch,
    ReviewVersion,
)
from matching.review.services import (
    facts_ask,
    patch_change,
    patch_withdraw,
    review_approve,
    review_claim,
    review_hand_over,
    review_release,
    review_reopen,
    review_resubmit,
    review_snooze,
    review_submit,
    review_withdraw,
)
from matching.services import list_add, list_copy
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, send, sent, settle


class Broken(Exception):
    """The event could not be written."""


@pytest.fixture
def no_events(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on no event can be written."""

    def fail(*_: Any, **__: Any) -> None:
        raise Broken

    def start() -> None:
        monkeypatch.setattr(ReviewEvent.objects, "create", fail)
        monkeypatch.setattr(ReviewEvent.objects, "bulk_create", fail)

    return start


ROWS: tuple[type[Model], ...] = (
    Review, ReviewVersion, ReviewPatch, AdvisorMark, ListEntry, ListVersion, ReviewEvent,
)  # fmt: skip


def everything() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in ROWS]


def unclaimed(desk: Desk) -> Desk:
    review_release(review=desk.review, advisor=desk.advisor, now=NOW)
    return desk


def approved(desk: Desk) -> Desk:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    return desk


# By name: what has to be so before, and the act.
ACTS: dict[str, tuple[Callable[[Desk], Any], Callable[[Desk, Any], Any]]] = {
    "submit": (
        lambda d: list_copy(saved_list=d.saved_list, name="Another"),
        lambda d, listed: review_submit(
            saved_list=listed, organisation=d.organisation, message="", actor=d.owner, now=NOW
        ),
    ),
    "resubmit": (
        lambda d: send(d, "Look again."),
        lambda d, _: review_resubmit(review=d.review, message="", actor=d.owner, now=NOW),
    ),
    "withdraw": (
        lambda d: settle(d, sent(d, "lock", ids_of(d.saved_list)[0])),
        lambda d, _: review_withdraw(review=d.review, actor=d.owner, now=NOW),
    ),
    "claim": (unclaimed, lambda d, _: review_claim(review=d.review, advisor=d.lead, now=NOW)),
    "release": (lambda d: d, lambda d, _: review_release(review=d.review, advisor=d.advisor, now=NOW)),
    "hand_over": (
        lambda d: d,
        lambda d, _: review_hand_over(review=d.review, advisor=d.advisor, to=d.lead, note="", now=NOW),
    ),
    "snooze": (
        lambda d: d,
        lambda d, _: review_snooze(
            review=d.review, advisor=d.advisor, until=NOW.date() + timedelta(days=1), note="", now=NOW
        ),
    ),
    "patch_add": (lambda d: d, lambda d, _: draft(d, "remove", ids_of(d.saved_list)[0])),
    "patch_change": (
        lambda d: draft(d, "note", text="Once."),
        lambda d, patch: patch_change(patch=patch, advisor=d.advisor, now=NOW, text="Twice."),
    ),
    "patch_withdraw": (
        lambda d: settle(d, sent(d, "lock", ids_of(d.saved_list)[0])),
        lambda d, patch: patch_withdraw(patch=patch, advisor=d.advisor, now=NOW),
    ),
    "send": (lambda d: draft(d, "remove", ids_of(d.saved_list)[0]), lambda d, _: send(d, "See.")),
    "accept": (
        lambda d: sent(d, "add", off_list(d.saved_list)[0]),
        settle,
    ),
    "decline": (
        lambda d: sent(d, "add", off_list(d.saved_list)[0]),
        lambda d, patch: settle(d, patch, accept=False),
    ),
    "ask": (
        lambda d: d,
        lambda d, _: facts_ask(reviews=[d.review], advisor=d.advisor, field="letters", text="", now=NOW),
    ),
    "approve": (lambda d: d, lambda d, _: approved(d)),
    "reopen": (approved, lambda d, _: review_reopen(review=d.review, advisor=d.advisor, now=NOW)),
    "stale": (
        approved,
        lambda d, _: list_add(saved_list=d.saved_list, programs=off_list(d.saved_list)[:1]),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_act_is_undone_where_its_event_cannot_be_written(
    desk: Desk, act: str, no_events: Callable[[], None]
) -> None:
    before_it, do = ACTS[act]
    ready = before_it(desk)
    rows = everything()
    no_events()
    with pytest.raises(Broken):
        do(desk, ready)
    assert everything() == rows


def test_event_names_the_applicant_as_such_and_staff_by_name(desk: Desk) -> None:
    settle(desk, sent(desk, "remove", ids_of(desk.saved_list)[0]))
    named = dict(ReviewEvent.objects.filter(review=desk.review).values_list("kind", "actor_name"))
    assert named["submitted"] == named["accepted"] == "applicant"
    assert named["claimed"] == named["sent"] == "Advisor Hale"


def test_every_event_says_which_revision_it_made(desk: Desk) -> None:
    settle(desk, sent(desk, "remove", ids_of(desk.saved_list)[0]))
    revisions = [event.data["revision"] for event in desk.review.events.order_by("id")]
    assert revisions == sorted(set(revisions))
    desk.review.refresh_from_db()
    assert revisions[-1] == desk.review.revision
