"""Asking many at once, and for which of them it was done and for which not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.utils import timezone

from matching.models import Review, ReviewPatch
from matching.review.faults import StepNotPossible
from matching.review.services import facts_ask
from matching.review.states import step

THERE_ALREADY = "It is asked already, or the profile says it."


@dataclass(frozen=True, slots=True)
class Asked:
    """Codes of reviews; those left out by the reason why."""

    asked: tuple[str, ...]
    left_out: dict[str, list[str]] = field(default_factory=dict)


def facts_asked(reviews: Sequence[Review], advisor: User, field: str, text: str) -> Asked:
    """One transaction for all of them. Raises PatchInvalid: then nobody was asked."""
    now = timezone.now()
    before = set(_patches(reviews))
    facts_ask(reviews=reviews, advisor=advisor, field=field, text=text, now=now)
    patches = _patches(reviews)
    reached = {review for patch, review in patches.items() if patch not in before}
    left_out: dict[str, list[str]] = {}
    for review in reviews:
        if review.pk not in reached:
            left_out.setdefault(_why(review), []).append(review.code)
    return Asked(tuple(review.code for review in reviews if review.pk in reached), left_out)


def _patches(reviews: Sequence[Review]) -> dict[int, object]:
    """Review by the id of what it was asked."""
    ids = [review.pk for review in reviews]
    asks = ReviewPatch.objects.filter(review__in=ids, kind=ReviewPatch.Kind.ASK).order_by()
    return dict(asks.values_list("pk", "review_id"))


def _why(review: Review) -> str:
    try:
        step(review.state, "ask")
    except StepNotPossible as fault:
        return fault.words
    return THERE_ALREADY
