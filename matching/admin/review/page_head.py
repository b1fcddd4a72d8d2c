"""What the head of a review says: since when it waits, until when it may, and how endangered the list is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.models import Review
from matching.presentation.numbers import counted, dollars, in_hundred

NONE_BAD = 0.1
TIME_LEFT = 14  # days before a deadline from which on it is told first


@dataclass(frozen=True, slots=True)
class Part:
    """One reason to worry; ``bad`` where it is one."""

    words: str
    bad: bool


def waiting_words(review: Review, now: datetime) -> str:
    return f"sent {review.submitted_at:%-d %B %Y}, {days_words((now - review.submitted_at).days)}"


def days_words(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def deadline_words(deadline: date | None, today: date) -> str:
    if deadline is None:
        return "no deadline known"
    days = (deadline - today).days
    when = f"{deadline:%-d %B %Y}"
    if days < 0:
        return f"deadline was {when}"
    left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"deadline {when}, {left}"


def danger_parts(review: Review, today: date) -> tuple[Part, ...]:
    """From the columns the queue is sorted by, so that both say the same."""
    none = review.p_none
    fails, unused, missing = review.strict_fails, review.unused_signals, review.missing_facts
    soon = review.deadline is not None and (review.deadline - today).days <= TIME_LEFT
    return (
        Part(
            "Not judged yet" if none is None else f"No interview in {in_hundred(none)} seasons",
            none is None or none >= NONE_BAD,
        ),
        Part(
            f"{counted(fails, 'program')} closed by a strict rule" if fails else "No strict rule fails",
            fails > 0,
        ),
        Part(f"D{deadline_words(review.deadline, today)[1:]}", True)
        if soon
        else Part(_capital(deadline_words(review.deadline, today)), False),
        Part(f"{counted(unused, 'signal')} not used" if unused else "No signal left over", unused > 0),
        Part(
            f"{dollars(review.over_budget_usd)} over the budget"
            if review.over_budget_usd
            else "Within the budget, or none set",
            review.over_budget_usd > 0,
        ),
        Part(f"{counted(missing, 'fact')} missing" if missing else "No fact missing", missing > 0),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def who_asks(profile: Mapping[str, Any]) -> str:
    """``US-citizen IMG, graduated 2025``"""
    from applicants.portrait import TYPES  # noqa: PLC0415

    year = profile.get("graduation_year")
    kind = TYPES.get(profile.get("applicant_type") or "", "")
    return ", ".join(part for part in (kind, f"graduated {year}" if year else "") if part)
