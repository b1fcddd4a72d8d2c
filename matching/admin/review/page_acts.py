"""What the buttons at the head do: each checks what was typed with it, calls its service and says what was
done."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from matching.models import AdvisorGroup, Review
from matching.presentation.numbers import counted
from matching.review.services import (
    patches_send,
    review_approve,
    review_claim,
    review_hand_over,
    review_release,
    review_reopen,
    review_snooze,
)

Sent = Mapping[str, str]
Doing = Callable[[Review, Sent, User, datetime], str]


class ActInvalid(Exception):
    """What was typed with a button cannot be used: words by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


def colleagues(review: Review) -> "QuerySet[User]":
    """Who else advises where the review was sent."""
    rows = User.objects.filter(
        memberships__organisation=review.organisation_id, is_active=True, is_staff=True
    )
    return rows.exclude(pk=review.advisor_id or 0).order_by("first_name", "last_name", "username")


def act(review: Review, sent: Sent, *, advisor: User, now: datetime) -> str:
    """Raises ActInvalid, ReviewNotPossible."""
    doing = _DOING.get(sent.get("move", ""))
    if doing is None:
        raise ActInvalid({"move": "Choose what to do."})
    return doing(review, sent, advisor, now)


def _claim(review: Review, _: Sent, advisor: User, now: datetime) -> str:
    review_claim(review=review, advisor=advisor, now=now)
    return "It is yours now."


def _release(review: Review, _: Sent, advisor: User, now: datetime) -> str:
    review_release(review=review, advisor=advisor, now=now)
    return f"Review {review.code} waits for an advisor again."


def _approve(review: Review, _: Sent, advisor: User, now: datetime) -> str:
    review_approve(review=review, advisor=advisor, now=now)
    return "Approved. The applicant sees it on her list and in its PDF."


def _reopen(review: Review, _: Sent, advisor: User, now: datetime) -> str:
    review_reopen(review=review, advisor=advisor, now=now)
    return "Open again: the approval has ended."


def _send(review: Review, sent: Sent, advisor: User, now: datetime) -> str:
    message = sent.get("message", "")
    count = patches_send(review=review, advisor=advisor, message=message, now=now)
    return f"Sent: {counted(count, 'change')}." if count else "Sent: your message."


def _snooze(review: Review, sent: Sent, advisor: User, now: datetime) -> str:
    until = _day(sent.get("until", ""))
    review_snooze(review=review, advisor=advisor, until=until, note=sent.get("snooze_note", ""), now=now)
    return f"Put off until {until:%-d %B %Y}."


def _wake(review: Review, _: Sent, advisor: User, now: datetime) -> str:
    review_snooze(review=review, advisor=advisor, until=None, note="", now=now)
    return "Back in the queue."


def _hand_over(review: Review, sent: Sent, advisor: User, now: datetime) -> str:
    kind, _, number = sent.get("to", "").partition(":")
    to = group = None
    if kind == "user" and number.isdecimal():
        to = colleagues(review).filter(pk=int(number)).first()
    elif kind == "group" and number.isdecimal():
        group = AdvisorGroup.objects.filter(organisation=review.organisation_id, pk=int(number)).first()
    if to is None and group is None:
        raise ActInvalid({"to": "Choose who has it from now on."})
    note = sent.get("hand_note", "")
    review_hand_over(review=review, advisor=advisor, to=to, group=group, note=note, now=now)
    named = (to.get_full_name() or to.get_username()) if to else str(group)
    return f"Review {review.code} is with {named} now."


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise ActInvalid({"until": "Give a day, such as 2026-12-01."}) from None


_DOING: dict[str, Doing] = {
    "claim": _claim,
    "release": _release,
    "send": _send,
    "approve": _approve,
    "reopen": _reopen,
    "snooze": _snooze,
    "wake": _wake,
    "hand_over": _hand_over,
}
