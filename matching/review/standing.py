"""Where a review stands, in words: who has it, since when, and what happens next."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from matching.presentation.numbers import counted

from .approval import day_words

if TYPE_CHECKING:
    from matching.models import Review


@dataclass(frozen=True, slots=True)
class Standing:
    """``line``: one sentence for the list's own page. ``acts``: something waits for her."""

    head: str
    who: str
    then: str
    line: str
    acts: bool


def advisor_name(review: "Review") -> str:
    """Her name or the name she logs in with; never her address."""
    if review.advisor is None:
        return ""
    return str(review.advisor.get_full_name() or review.advisor.get_username())


def standing_of(review: "Review", *, waiting: int, asks: int, since: datetime | None = None) -> Standing:
    """``waiting``, ``asks``: how many proposals and questions the applicant has not answered; ``since``: when
    whoever has it took it up."""
    told = _TOLD[review.state](review, _to_answer(waiting, asks), since or review.changed_at)
    return Standing(*told, acts=bool(waiting or asks) and review.state in ("in_review", "changes_asked"))


def _submitted(review: "Review", _: str, __: datetime) -> tuple[str, str, str, str]:
    name = review.organisation.name
    return (
        "Sent. An advisor has not taken it up yet.",
        f"Sent to {name} on {day_words(review.submitted_at)}.",
        "You need not do anything now. You may go on changing your list: your advisor sees what changed.",
        f"Sent to {name}. It waits for an advisor.",
    )


def _in_review(review: "Review", todo: str, since: datetime) -> tuple[str, str, str, str]:
    who = advisor_name(review) or "An advisor"
    then = "You need not do anything now. What your advisor proposes will stand here."
    if todo:
        then = f"Your advisor is still at it. {todo}"
    name = review.organisation.name
    return (
        f"{who} is looking at your list.",
        f"{who} of {name} has had it since {day_words(since)}.",
        then,
        f"{who} of {name} is looking at this list.",
    )


def _changes(review: "Review", todo: str, since: datetime) -> tuple[str, str, str, str]:
    who = advisor_name(review) or "Your advisor"
    if todo:
        return (
            f"{who} has answered you.",
            f"{who} of {review.organisation.name} has had it since {day_words(since)}.",
            f"It is your turn. {todo} Then send the list again, so that it can be approved.",
            f"{who} has answered you. {todo}",
        )
    return (
        "All is answered.",
        f"{who} of {review.organisation.name} has had it since {day_words(since)}.",
        "Send the list again when you are ready, so that your advisor can look once more and approve it.",
        "You answered all that was said. Send the list again when you are ready.",
    )


def _approved(review: "Review", _: str, __: datetime) -> tuple[str, str, str, str]:
    who = f"{review.approved_by} of {review.organisation.name}"
    stale = review.stale_since is not None
    return (
        "Approved, but no longer as it was." if stale else "Your list is approved.",
        f"{who} approved it on {day_words(review.approved_at)}." if review.approved_at else who,
        "Send it again, so that your advisor can look at what changed."
        if stale
        else "Nothing more is to be done. If you change the list, send it again.",
        f"{who} approved this list.",
    )


def _withdrawn(review: "Review", _: str, __: datetime) -> tuple[str, str, str, str]:
    return (
        "You took the list back.",
        f"{review.organisation.name} sees it no more, since {day_words(review.changed_at)}.",
        "You may send it again whenever you like, to them or to others.",
        "",
    )


def _to_answer(waiting: int, asks: int) -> str:
    parts = [
        *([f"{counted(waiting, 'change')} to accept or decline"] if waiting else []),
        *([f"{counted(asks, 'question')} to answer"] if asks else []),
    ]
    return f"There {'is' if waiting + asks == 1 else 'are'} {' and '.join(parts)}." if parts else ""


_TOLD = {
    "submitted": _submitted,
    "in_review": _in_review,
    "changes_asked": _changes,
    "approved": _approved,
    "withdrawn": _withdrawn,
}
