"""Asking for what a profile does not say: of many at once, and settled by itself once it is said."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.models import Review, ReviewEvent, ReviewPatch, SavedList
from matching.review.faults import PatchInvalid
from matching.review.freezing import list_of
from matching.review.mails import mails_later
from matching.review.members import MEMBERS, stated
from matching.review.patching import Known, Proposed, faults_of
from matching.review.states import may, step
from matching.review.words import patch_words

from .keeping import event_values, event_write, person_name, review_write

ASK, DRAFT, SENT = ReviewPatch.Kind.ASK, ReviewPatch.State.DRAFT, ReviewPatch.State.SENT


@transaction.atomic
def facts_ask(
    *, reviews: Iterable[Review], advisor: AbstractBaseUser, field: str, text: str = "", now: datetime
) -> int:
    """Send the same question to the applicants of many reviews: a sent change each, in a constant number of
    queries. Left out: where it cannot be asked now, is asked already, or the profile says it. Returns how
    many were asked. Raises PatchInvalid."""
    text = text.strip()
    errors = faults_of(Proposed("ask", text=text, field=field), Known({}))
    if errors:
        raise PatchInvalid(errors)
    asked = [review for review in _locked(reviews, field) if _to_ask(review, field)]
    for review in asked:
        review.state = step(review.state, "ask")
        review.revision += 1
        review.changed_at = now
    Review.objects.bulk_update(asked, ["state", "revision", "changed_at"])
    patches = ReviewPatch.objects.bulk_create(
        ReviewPatch(
            review=review, author_id=advisor.pk, author_name=person_name(advisor), kind=ASK, state=SENT,
            text=text, field=field, created_at=now, sent_at=now,
        )
        for review in asked
    )  # fmt: skip
    words = f"Asked. {patch_words(patches[0], {})}" if patches else ""
    events = ReviewEvent.objects.bulk_create(
        ReviewEvent(**event_values(patch.review, "asked", words, advisor, now, patch, visible=True))
        for patch in patches
    )
    mails_later(events)
    return len(asked)


def asks_settle(review: Review, now: datetime) -> int:
    """Close what was asked of a locked review and is said by now in the answers its list is judged by."""
    open_asks = list(review.patches.filter(kind=ASK, state=SENT).exclude(field=""))
    profile = list_of(review).match.run.profile if open_asks else {}
    answered = [patch for patch in open_asks if stated(profile, patch.field)]
    for patch in answered:
        patch.state, patch.settled_at = ReviewPatch.State.ACCEPTED, now
        patch.save(update_fields=["state", "settled_at"])
        review_write(review, now)
        words = f"The profile says it now: {MEMBERS[patch.field]}"
        event_write(review, kind="answered", words=words, actor=None, now=now, patch=patch, visible=True)
    return len(answered)


def _locked(reviews: Iterable[Review], field: str) -> list[Review]:
    """All of them, lists before reviews and each in the order of their ids."""
    ids = {review.pk: review.saved_list_id for review in reviews}
    lists = SavedList.objects.select_for_update().filter(pk__in=list(ids.values())).order_by("pk")
    list(lists.values_list("pk"))
    rows = Review.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")
    rows = rows.select_related("saved_list__match__run").defer(
        "saved_list__match__run__result", "saved_list__match__run__whole"
    )
    asked = ReviewPatch.objects.filter(review__in=list(ids), kind=ASK, state__in=(DRAFT, SENT))
    already = set(asked.filter(field=field).exclude(field="").values_list("review", flat=True))
    return [review for review in rows if review.pk not in already]


def _to_ask(review: Review, field: str) -> bool:
    said = bool(field) and stated(review.saved_list.match.run.profile, field)
    return may(review.state, "ask") and not said
