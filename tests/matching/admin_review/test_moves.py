"""The buttons at the head of a review: none is offered that would be refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from matching.admin.review.page_moves import moves_possible
from matching.models import AdvisorGroup, Review
from matching.review.services import review_approve, review_release, review_snooze
from tests.matching.admin_review.conftest import Page
from tests.matching.lists import ids_of
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, advisor_make
from tests.matching.review.proposing import draft, send, sent, settle

pytestmark = pytest.mark.django_db


def offered(page: Page) -> list[str]:
    return [move.name for move in page.get().context["moves"].offered]


def review_now(desk: Desk) -> Review:
    return Review.objects.get(pk=desk.review.pk)


def test_buttons_follow_the_state(desk: Desk, page: Page, lead_page: Page) -> None:
    assert offered(page) == ["send", "approve", "snooze", "hand_over", "release"]
    patch = draft(desk, "lock", ids_of(desk.saved_list)[0])
    assert offered(page) == ["send", "snooze", "hand_over", "release"]
    assert "once 1 draft is sent or withdrawn" in page.get().context["moves"].waits
    send(desk)
    assert "once 1 change is answered or taken back" in page.get().context["moves"].waits
    settle(desk, patch)
    assert "approve" in offered(page)

    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    assert offered(page) == ["reopen", "snooze", "hand_over"]
    Review.objects.update(state="in_review")
    review_release(review=review_now(desk), advisor=desk.advisor, now=NOW)
    assert offered(lead_page) == ["claim", "hand_over"]


def test_note_that_was_sent_does_not_hold_up_an_approval(desk: Desk, page: Page) -> None:
    sent(desk, "note", text="Well done")
    assert "approve" in offered(page)


def test_private_drafts_are_not_said_to_go_to_her(desk: Desk, page: Page) -> None:
    def told() -> tuple[str, str]:
        move = next(move for move in page.get().context["moves"].offered if move.name == "send")
        return move.label, move.does

    draft(desk, "note", text="For us", private=True)
    alone = told()
    draft(desk, "note", text="For her")

    assert alone == ("Keep the private ones", "1 private one holds from then on, at the desk alone.")
    assert told() == (
        "Ask for changes",
        "1 draft goes to the applicant, who takes or leaves each. "
        "1 private one holds from then on, at the desk alone.",
    )


def test_nobody_to_hand_it_to(desk: Desk) -> None:
    moves = moves_possible(desk.review, drafts=0, unanswered=0, others=False)
    assert "hand_over" not in [move.name for move in moves.offered]


@pytest.mark.parametrize("name", ["approve", "snooze", "hand_over", "release", "send"])
def test_every_button_that_is_offered_works(desk: Desk, page: Page, name: str) -> None:
    colleague = advisor_make(desk.organisation, "colleague")
    day = (timezone.now() + timedelta(days=9)).date()
    typed: dict[str, Any] = {
        "send": {"message": "Please look at the third."},
        "snooze": {"until": f"{day}", "snooze_note": "She sits Step 2 then"},
        "hand_over": {"to": f"user:{colleague.pk}", "hand_note": "Speaks Spanish"},
    }
    assert name in offered(page)

    response = page.send("move", move=name, **typed.get(name, {}))

    assert response.status_code == 302
    after = review_now(desk)
    assert {
        "approve": after.state == "approved" and after.approved_by == "Advisor Hale",
        "snooze": (after.snoozed_until, after.snooze_note) == (day, "She sits Step 2 then"),
        "hand_over": after.advisor == colleague,
        "release": after.advisor is None and after.state == "submitted",
        "send": after.state == "changes_asked",
    }[name]
    gone = name in ("hand_over", "release")
    assert response["Location"].endswith("/review/" if gone else f"/{desk.review.pk}/change/")


def test_put_off_is_told_and_ended(desk: Desk, page: Page) -> None:
    day = (timezone.now() + timedelta(days=3)).date()
    review_snooze(review=desk.review, advisor=desk.advisor, until=day, note="Exam", now=timezone.now())

    html = page.get().content.decode()
    assert "Put off until" in html
    assert "Exam" in html
    assert "wake" in offered(page)
    page.send("move", move="wake")
    assert review_now(desk).snoozed_until is None


def test_lead_takes_it_over_and_to_a_group(desk: Desk, lead_page: Page) -> None:
    lead_page.send("move", move="hand_over", to=f"user:{desk.lead.pk}")
    assert review_now(desk).advisor == desk.lead

    group = AdvisorGroup.objects.create(organisation=desk.organisation, name="California")
    lead_page.send("move", move="hand_over", to=f"group:{group.pk}")
    assert (review_now(desk).advisor, review_now(desk).group) == (None, group)


@pytest.mark.parametrize(
    ("sent_with", "said"),
    [
        ({"move": "snooze", "until": "soon", "snooze_note": "Kept words"}, "Give a day"),
        ({"move": "snooze", "until": "2020-01-01", "snooze_note": "Kept words"}, "Choose a day after today."),
        ({"move": "hand_over", "to": "user:0", "hand_note": "Kept words"}, "Choose who has it"),
        ({"move": "hand_over", "to": "", "hand_note": "Kept words"}, "Choose who has it"),
        ({"move": "send", "message": "Kept words " * 120}, "A message has at most"),
    ],
)
def test_refusal_says_why_and_keeps_the_words(
    desk: Desk, page: Page, sent_with: dict[str, Any], said: str
) -> None:
    response = page.send("move", **sent_with)

    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert "Kept words" in html
    assert review_now(desk).revision == desk.review.revision


def test_unknown_button_does_nothing(desk: Desk, page: Page) -> None:
    assert page.send("move", move="delete").status_code == 422
    led_back = page.client.get(page.address("move"))
    assert (led_back.status_code, led_back["Location"]) == (302, page.address())


def test_press_on_an_old_page_says_what_was_done_meanwhile(desk: Desk, page: Page) -> None:
    drawn = desk.review.revision
    draft(desk, "lock", ids_of(desk.saved_list)[0], by=desk.lead)

    response = page.send("move", revision=drawn, move="send", message="My message")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Lead Hale: Proposed: Keep" in html
    assert "My message" in html
    assert review_now(desk).state == "in_review"


def test_page_answers_a_stray_post_with_itself(desk: Desk, page: Page) -> None:
    response = page.client.post(page.address(), {"state": "approved"})
    assert (response.status_code, response["Location"]) == (302, page.address())
    assert review_now(desk).state == "in_review"
