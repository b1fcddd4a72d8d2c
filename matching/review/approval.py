"""An approval in words: by whom, of which version, when; and why it no longer fits, where it does not."""

from dataclasses import dataclass
from datetime import datetime

from matching.models import Review


@dataclass(frozen=True, slots=True)
class Approval:
    """``stale``: why the list is no longer the one approved; "" while it is."""

    words: str
    stale: str

    @property
    def whole(self) -> str:
        """Both on one line, for a file."""
        return f"{self.words}; {self.stale}" if self.stale else self.words


def approval_of(review: Review | None) -> Approval | None:
    """Of a review with its organisation and approved version. None where none stands."""
    if review is None or review.state != Review.State.APPROVED or review.approved_at is None:
        return None
    version = review.approved_version
    words = f"Approved by {review.approved_by} ({review.organisation.name})"
    if version is not None:
        words += f", version {version.list_version}"
    stale = ""
    if review.stale_since is not None:
        reason = review.stale_reason.rstrip(".") or "the list or what it rests on has changed"
        stale = f"no longer fits: {_within(reason)}"
    return Approval(f"{words}, {day_words(review.approved_at)}", stale)


def _within(sentence: str) -> str:
    """As it goes on after a colon; a program's name keeps its capital."""
    return f"{sentence[0].lower()}{sentence[1:]}" if sentence.startswith(("The ", "No ")) else sentence


def day_words(moment: datetime) -> str:
    """``12 December 2026``"""
    return f"{moment.day} {moment:%B %Y}"
