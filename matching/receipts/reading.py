"""Reads: one's answers in order, two of them by id, and the receipt that was worked out for them."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from matching.models import Match, MatchRun, Receipt
from matching.selectors import matches_for_request

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from matching.scoring.answer import Answer

    Asker = AbstractBaseUser | AnonymousUser | None

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """The list of one answer as a whole, as it was kept."""

    low: float
    high: float
    p10: int
    p90: int
    applications: int
    cost_usd: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer of the history. ``figures`` None where there is none to show; ``earlier`` the one before."""

    match: Match
    figures: Figures | None
    earlier: Match | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    asked: tuple[Asked, ...]
    page: Any
    total: int


def history_page(*, number: str | None, **asker: Any) -> HistoryPage:
    """A page of one's answers, newest first, each with the one before it: three queries however many."""
    matches = matches_for_request(**asker).defer(None).defer("run__whole")
    page = Paginator(matches, A_PAGE).get_page(number)
    first = (page.number - 1) * A_PAGE
    here = list(matches[first : first + A_PAGE + 1])
    shown = here[:A_PAGE]
    asked = tuple(
        Asked(match, figures_of(match.run), here[place + 1] if place + 1 < len(here) else None)
        for place, match in enumerate(shown)
    )
    return HistoryPage(asked, page, page.paginator.count)


def match_earlier(match: Match, **asker: Any) -> uuid.UUID | None:
    """The id of the answer asked for before this one that differs from it; None where there is none."""
    earlier = matches_for_request(**asker).filter(created_at__lt=match.created_at).exclude(run=match.run_id)
    return earlier.order_by("-created_at", "id").values_list("pk", flat=True).first()


def receipt_of(before: MatchRun, after: MatchRun) -> Receipt | None:
    return Receipt.objects.filter(before=before, after=after).first()


def receipts_for_request(**asker: Any) -> QuerySet[Receipt]:
    """Those between two of one's own answers. A run may be shared, and so may what was worked out for it."""
    runs = matches_for_request(**asker).order_by().values("run")
    return Receipt.objects.filter(before__in=runs, after__in=runs)


def answer_kept(run: MatchRun) -> "Answer | None":
    """What a run answered; None where it has no answer, or one of a format that is not read any more."""
    from matching.packing import AnswerOutdated, answer_unpack  # noqa: PLC0415

    if run.result is None:
        return None
    try:
        return answer_unpack(bytes(run.result))
    except AnswerOutdated:
        return None


def figures_of(run: MatchRun) -> Figures | None:
    answer = answer_kept(run)
    if answer is None:
        return None
    chosen, interviews = answer.widest, answer.interviews
    return Figures(
        low=chosen.match.low,
        high=chosen.match.high,
        p10=interviews.p10,
        p90=interviews.p90,
        applications=len(chosen.rows),
        cost_usd=chosen.cost_usd,
    )
